"""The text of an article as it is read: its length, its parts, and the links that lead to them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from wagtail.blocks import StreamValue

from site_enys.french import address_of

WORDS_A_MINUTE = 200
#: A table of contents helps from so many headings on, in a text longer than so many words.
FEWEST_HEADINGS, FEWEST_WORDS = 3, 600

_HEADING = re.compile(r"<h([23])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
_OWN_ID = re.compile(r'\sid="[^"]*"')
_MARKUP = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
#: Blocks with headings of the text; those of the others are titles of what they show.
_WITH_HEADINGS = {"paragraph", "heading"}
#: Blocks that show other pages, which are not read here.
_ELSEWHERE = {"pages", "teaser"}
#: Ids that the page of an article has already.
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


@dataclass(frozen=True)
class Reading:
    """A text ready to be shown."""

    html: SafeString
    words: int
    headings: list[Heading]

    @property
    def minutes(self) -> int:
        """How long it takes, at 200 words a minute; never less than one."""
        return max(1, (self.words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE)

    @property
    def contents(self) -> list[Heading]:
        """The table of contents: the h3 under their h2; none for a text that does without."""
        if len(self.headings) < FEWEST_HEADINGS or self.words <= FEWEST_WORDS:
            return []
        return _nested(self.headings)


def read(body: StreamValue, context: dict[str, Any]) -> Reading:
    """Draw the blocks of a body, each heading of its text with an anchor of its own.

    Words are counted as they are shown, captions included.
    """
    headings: list[Heading] = []
    parts: list[str] = []
    words = 0
    for block in body:
        html = block.render_as_block(context)
        words += 0 if block.block_type in _ELSEWHERE else len(_WORD.findall(plain(html)))
        parts.append(_anchored(html, headings) if block.block_type in _WITH_HEADINGS else html)
    return Reading(mark_safe("".join(parts)), words, headings)  # noqa: S308 - blocks escape


def plain(html: str) -> str:
    """What is read of a piece of HTML."""
    return unescape(_MARKUP.sub(" ", html))


def _anchored(html: str, headings: list[Heading]) -> str:
    """The HTML of a block with an id on each heading; the headings are added to the list."""

    def anchored(match: re.Match[str]) -> str:
        level, attributes, inner = match.groups()
        text = " ".join(plain(inner).split())
        if not text:
            return match.group()
        anchor = _free(address_of(text), {heading.anchor for heading in headings})
        headings.append(Heading(text, anchor, int(level)))
        return f'<h{level} id="{anchor}"{_OWN_ID.sub("", attributes)}>{inner}</h{level}>'

    # The anchor that a block gives itself may be that of another block.
    start = _OWN_ID.sub("", html, count=1) if html.lstrip().startswith("<header") else html
    return _HEADING.sub(anchored, start)


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


def _nested(headings: Iterable[Heading]) -> list[Heading]:
    top: list[Heading] = []
    for heading in headings:
        own = Heading(heading.text, heading.anchor, heading.level)
        below = top and heading.level > top[-1].level
        (top[-1].parts if below else top).append(own)
    return top
