"""Rich text for documents that are not web pages."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from bs4 import BeautifulSoup, Comment, NavigableString, PageElement, Tag

_LISTS = {"ul", "ol"}
_HEADINGS = {"h2", "h3", "h4"}
_BOLD = {"b", "strong"}
_ITALIC = {"i", "em"}
_INLINE = _BOLD | _ITALIC | {"a", "br", "span", "sup", "sub"}

_ENDS = re.compile(r"</(?:p|h\d|li|blockquote)>|<(?:br|hr)\s*/?>", re.IGNORECASE)

Block = dict[str, Any]


def texts_of(html: str) -> list[str]:
    """The plain text of each paragraph, heading and line of a list, for whom reads no markup."""
    texts = (unescape(strip_tags(part)).strip() for part in _ENDS.split(html))
    return [text for text in texts if text]


def blocks_of(html: str) -> list[Block]:
    """Return the paragraphs, headings and lists of a rich text, for a document template to draw.

    A paragraph is `{"kind": "p", "runs": [{"text", "bold", "italic"}]}`, a heading the same with
    `"kind": "h"`; a list is `{"kind": "ul" or "ol", "items": [blocks]}`. What is neither text,
    bold nor italic is left out.
    """
    return _blocks(BeautifulSoup(html, "html.parser").children)


def _blocks(nodes: Iterable[PageElement]) -> list[Block]:
    blocks: list[Block] = []
    runs: list[dict[str, Any]] = []

    def end_of_paragraph(kind: str = "p") -> None:
        if any(run["text"].strip() for run in runs):
            blocks.append({"kind": kind, "runs": list(runs)})
        runs.clear()

    for node in nodes:
        if isinstance(node, Tag) and node.name not in _INLINE:
            end_of_paragraph()
            if node.name in _HEADINGS:
                runs.extend(_runs(node, bold=False, italic=False))
                end_of_paragraph("h")
            else:
                blocks.extend([_list(node)] if node.name in _LISTS else _blocks(node.children))
        else:
            runs.extend(_runs(node, bold=False, italic=False))
    end_of_paragraph()
    return blocks


def _list(node: Tag) -> Block:
    lines = node.find_all("li", recursive=False)
    return {"kind": node.name, "items": [_blocks(line.children) for line in lines]}


def _runs(node: PageElement, *, bold: bool, italic: bool) -> Iterator[dict[str, Any]]:
    if isinstance(node, Tag):
        if node.name == "br":
            yield {"text": "\n", "bold": bold, "italic": italic}
        for child in node.children:
            yield from _runs(
                child, bold=bold or node.name in _BOLD, italic=italic or node.name in _ITALIC
            )
    elif isinstance(node, NavigableString) and not isinstance(node, Comment):
        yield {"text": str(node), "bold": bold, "italic": italic}
