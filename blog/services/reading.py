"""The text of an article as it is read: its length, its parts, and the links that lead to them."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from wagtail.blocks import StreamValue

from home.services.headings import Heading, anchored, nested, plain

WORDS_A_MINUTE = 200
#: A table of contents helps from so many headings on, in a text longer than so many words.
FEWEST_HEADINGS, FEWEST_WORDS = 3, 600

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
#: Blocks with headings of the text; those of the others are titles of what they show.
_WITH_HEADINGS = {"paragraph", "heading"}
#: Blocks that show other pages, which are not read here.
_ELSEWHERE = {"pages", "teaser"}


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
        return nested(self.headings)


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
        parts.append(anchored(html, headings) if block.block_type in _WITH_HEADINGS else html)
    return Reading(mark_safe("".join(parts)), words, headings)  # noqa: S308 - blocks escape
