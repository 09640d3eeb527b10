"""A rich text, cut into headings, paragraphs and links."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from wagtail.documents import get_document_model
from wagtail.models import Page

from bs4 import BeautifulSoup, NavigableString, Tag

from .parts import Heading, Link, Paragraph, Part, Place

_BLOCKS = ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"]
_HEADING = re.compile(r"h[1-6]")
_BOLD = {"b", "strong"}
_REMAINS = re.compile(r"\bmso|<o:p\b|\sstyle=|</?font\b", re.IGNORECASE)
_SIDES = "\u00a0\u202f \n\t"


def read_rich_text(source: str, place: Place) -> Iterator[Part]:
    """The parts of a rich text as it is stored."""
    yield from _read(source, place)


# The panel reads the whole page again at each pause of the typing, where little has changed.
@lru_cache(maxsize=512)
def _read(source: str, place: Place) -> tuple[Part, ...]:
    soup = BeautifulSoup(source, "html.parser")
    blocks = [tag for tag in soup.find_all(_BLOCKS) if not tag.find(_BLOCKS)]
    loose = not blocks and soup.get_text().strip()
    parts: list[Part] = [Paragraph(place, soup.get_text())] if loose else []
    for tag, following in zip_longest(blocks, blocks[1:]):
        parts.append(_block(tag, following, place))
    if _REMAINS.search(source):
        parts.append(Paragraph(place, "", remains=True))
    parts.extend(_link(tag, place) for tag in soup.find_all("a"))
    return tuple(parts)


def _block(tag: Tag, following: Tag | None, place: Place) -> Part:
    text = tag.get_text()
    if _HEADING.fullmatch(tag.name):
        return Heading(place, int(tag.name[1]), text.strip(_SIDES))
    return Paragraph(
        place,
        text,
        all_bold=tag.name == "p" and _is_all_bold(tag),
        followed=following is not None and not _HEADING.fullmatch(following.name),
        empty=tag.name == "p" and not text.strip(_SIDES) and following is not None,
    )


def _is_all_bold(tag: Tag) -> bool:
    said = [node for node in tag.descendants if isinstance(node, NavigableString) and node.strip()]
    return bool(said) and all(any(up.name in _BOLD for up in node.parents) for node in said)


def _link(tag: Tag, place: Place) -> Link:
    words, key = tag.get_text().strip(_SIDES), str(tag.get("id") or "")
    match tag.get("linktype"):
        case "page":
            return Link(place, words, model=Page, key=key)
        case "document":
            return Link(place, words, model=get_document_model(), key=key)
    return Link(place, words, address=str(tag.get("href") or ""))
