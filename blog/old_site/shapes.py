"""Small judgements on tags: their style, their place, and what a table is for."""

import re

from bs4 import Tag

from .markup import attribute

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i"}


def style_of(tag: Tag, around: str) -> str:
    css = attribute(tag, "style")
    own = (
        _STYLES.get(tag.name, "") + "b" * bool(_BOLD.search(css)) + "i" * bool(_ITALIC.search(css))
    )
    return "".join(letter for letter in "bi" if letter in around + own)


def style_of_all(tag: Tag, around: str) -> str:
    """The style that the whole text of a tag has, through the tags that hold all of it."""
    inside = [child for child in tag.children if isinstance(child, Tag) or str(child).strip()]
    if len(inside) != 1 or not isinstance(inside[0], Tag):
        return around
    return style_of_all(inside[0], style_of(inside[0], around))


def is_layout(table: Tag) -> bool:
    inside = [
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "img",
        "table",
        "blockquote",
        "iframe",
    ]
    found = table.find(inside)
    return found is not None or len(table.find_all("td")) <= 1


def outermost(found: Tag, within: Tag) -> bool:
    parent = found.find_parent(["ul", "ol"])
    return parent is None or parent is within or not any(up is within for up in parent.parents)


def row_of(heads: list[str], cells: list[str]) -> str:
    if heads and len(heads) == len(cells):
        pairs = zip(heads, cells, strict=True)
        return " ; ".join(f"{head} : {cell}" if head else cell for head, cell in pairs if cell)
    cells = [cell for cell in cells if cell]
    return " : ".join(cells) if len(cells) == 2 else " ; ".join(cells)
