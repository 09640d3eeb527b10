"""The headings of a page: an anchor on each, and the table of contents that leads to them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

from site_enys.french import address_of

#: No heading holds another: what is never closed is left as soon as the next one begins.
_HEADING = re.compile(r"<h([23])((?:\s[^<>]*)?)>((?:(?!<h[23]).)*?)</h\1>", re.DOTALL)
_OWN_ID = re.compile(r'\sid="([^"]*)"')
_MARKUP = re.compile(r"<[^>]*>")
#: Ids that a page has already.
_TAKEN = re.compile(
    r"(?:auteur|commentaire)-\d+|commentaires|contenu|footer-.*|menu|site-search|sommaire.*"
    r"|a-lire-aussi|titre-.*"
)


@dataclass(frozen=True)
class Heading:
    """A heading of the text, the fragment that leads to it, and the headings below it."""

    text: str
    anchor: str
    level: int
    parts: list["Heading"] = field(default_factory=list)


def plain(html: str) -> str:
    """What is read of a piece of HTML."""
    return unescape(_MARKUP.sub(" ", html))


def anchored(html: str, headings: list[Heading]) -> str:
    """The HTML with an id on each h2 and h3; the headings are added to the list."""

    def with_id(match: re.Match[str]) -> str:
        level, attributes, inner = match.groups()
        text = " ".join(plain(inner).split())
        if not text:
            return match.group()
        own = _OWN_ID.search(attributes)
        # Another element may be named by it.
        anchor = own[1] if own else _free(address_of(text), taken)
        taken.add(anchor)
        headings.append(Heading(text, anchor, int(level)))
        return f'<h{level} id="{anchor}"{_OWN_ID.sub("", attributes)}>{inner}</h{level}>'

    # The anchor that a block gives itself may be that of another block.
    start = _OWN_ID.sub("", html, count=1) if html.lstrip().startswith("<header") else html
    taken = {heading.anchor for heading in headings}
    taken.update(_OWN_ID.findall(_HEADING.sub("", start)))
    return _HEADING.sub(with_id, start)


def nested(headings: Iterable[Heading]) -> list[Heading]:
    """The table of contents: each h3 under its h2."""
    top: list[Heading] = []
    for heading in headings:
        own = Heading(heading.text, heading.anchor, heading.level)
        below = top and heading.level > top[-1].level
        (top[-1].parts if below else top).append(own)
    return top


def _free(wanted: str, taken: set[str]) -> str:
    """The anchor asked for, or the first free one after it."""
    return next(anchor for anchor in _numbered(wanted or "partie") if anchor not in taken)


def _numbered(anchor: str) -> Iterator[str]:
    if not _TAKEN.fullmatch(anchor):
        yield anchor
    number = 2
    while True:
        yield f"{anchor}-{number}"
        number += 1
