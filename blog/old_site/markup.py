"""HTML of anybody's making as a small tree that is safe to walk."""

import re

import nh3
from bs4 import BeautifulSoup, NavigableString, Tag

from .lines import INVISIBLE

# What stands in the tree. Scripts, styles and forms are gone with what they hold.
TAGS = {
    *[
        "a",
        "article",
        "aside",
        "b",
        "big",
        "blockquote",
        "body",
        "br",
        "cite",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "figcaption",
    ],
    *[
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "iframe",
        "img",
        "li",
        "link",
        "main",
        "meta",
        "nav",
    ],
    *[
        "ol",
        "p",
        "pre",
        "section",
        "small",
        "source",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
    ],
    *["time", "title", "tr", "u", "ul", "video", "audio", "center", "object"],
}
IN_A_LINE = frozenset(
    [
        "a",
        "b",
        "big",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    ]
)
_GONE = {"form", "noscript", "script", "select", "style", "svg", "template", "textarea", "button"}
_EVERYWHERE = {"id", "class", "style", "align"}
_ATTRIBUTES = {
    "*": _EVERYWHERE,
    "a": {"href", "rel", "title"},
    "img": {"src", "alt", "width", "height", "title"},
    "iframe": {"src", "title"},
    "embed": {"src"},
    "object": {"data"},
    "video": {"src"},
    "audio": {"src"},
    "source": {"src"},
    "font": {"size"},
    "link": {"rel", "href"},
    "meta": {"property", "name", "content"},
    "time": {"datetime"},
    "td": {"colspan"},
}
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=_GONE,
    attributes=_ATTRIBUTES,
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel"},
)
_OPENING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NOT_NESTED = {"br", "hr", "img", "meta", "link", "input", "p", "li", "td", "tr", "th", "dt", "dd"}
DEEPEST_READ = 2000
DEEPEST_KEPT = 120


class TooDeep(ValueError):
    """Tags within tags by the thousands: no page, a trap."""


# Signs that no text shows, and that neither a database nor a feed wants.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def tree(html: str) -> BeautifulSoup:
    """The HTML as an HTML5 parser understands it, allowed tags alone, of bounded depth.

    Raises TooDeep.
    """
    if is_too_deep(html):
        raise TooDeep
    soup = BeautifulSoup(_CLEANER.clean(_CONTROLS.sub("", html)), "html.parser")
    _flatten(soup)
    return soup


def is_too_deep(html: str) -> bool:
    return _depth(html) > DEEPEST_READ


def _depth(html: str) -> int:
    """How deep the tags go at most, by their count alone: the parser's time is its square."""
    now = deepest = 0
    for closing, name in _OPENING.findall(html):
        if name.lower() not in _NOT_NESTED:
            now = max(0, now - 1) if closing else now + 1
            deepest = max(deepest, now)
    return deepest


def _flatten(soup: BeautifulSoup) -> None:
    """Take away the tags that are too deep to be walked; what they hold stays."""
    level: list[Tag] = [soup]
    for _ in range(DEEPEST_KEPT):
        level = [child for tag in level for child in tag.children if isinstance(child, Tag)]
        if not level:
            return
    for tag in level:
        for below in tag.find_all():
            below.unwrap()


def classes(tag: Tag) -> list[str]:
    found: str | list[str] = tag.get("class") or []
    return found.split() if isinstance(found, str) else list(found)


def attribute(tag: Tag | None, name: str) -> str:
    """The value of an attribute as one text; empty when there is no tag or no attribute."""
    value = tag.get(name) if tag is not None else None
    return " ".join(value) if isinstance(value, list) else (value or "")


def words(tag: Tag | None) -> str:
    """The text of a tag on one line; what is not inside a line parts two words."""
    if tag is None:
        return ""
    parts = [
        str(node) if isinstance(node, NavigableString) else " " * (node.name not in IN_A_LINE)
        for node in tag.descendants
        if isinstance(node, NavigableString | Tag)
    ]
    return " ".join(INVISIBLE.sub("", "".join(parts)).split())
