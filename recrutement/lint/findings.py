"""What the linter reads of an offer, and what it says of it."""

import dataclasses
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bs4 import BeautifulSoup

from site_enys.french import fold

LONGEST_EXCERPT = 120
_AROUND = 36
_END_OF_SENTENCE = re.compile(r"[.;!?] ")
_BLANKS = re.compile(r"\s+")
#: The texts in which forbidden words are looked for, in the order of the page.
TEXTS = (
    "title",
    "introduction",
    "employer_intro",
    "missions",
    "profile",
    "process",
    "accommodation",
    "salary_extra",
)


@dataclass(frozen=True)
class Finding:
    """One remark: the field it belongs beside, the text of law, and the words that call for it."""

    code: str
    field: str
    article: str
    sentence: str
    excerpt: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same warning again: somebody who has set it aside is asked no more."""
        return self.code, self.excerpt


@dataclass(frozen=True)
class Text:
    """A text as it was typed, without its markup, and folded for comparison."""

    field: str
    plain: str
    folded: str
    #: For each character of `folded`, its place in `plain`: folding makes two letters of « œ ».
    places: tuple[int, ...] = dataclasses.field(repr=False)

    def excerpt(self, start: int, end: int) -> str:
        """The words around a match of `folded`, at most `LONGEST_EXCERPT` characters."""
        first, last = self.places[start], self.places[end - 1] + 1
        left = self._word_start(max(0, first - _AROUND))
        right = self._word_end(min(len(self.plain), last + _AROUND))
        # What the next sentence says does not make it another remark.
        for stop in _END_OF_SENTENCE.finditer(self.plain, left, right):
            if stop.end() <= first:
                left = stop.end()
            elif stop.start() >= last:
                right = stop.start() + 1
                break
        whole_before = left == 0 or self.plain[left - 2] in ".;!?"
        whole_after = right == len(self.plain) or self.plain[right - 1] in ".;!?"
        before, after = "" if whole_before else "… ", "" if whole_after else " …"
        return f"{before}{self.plain[left:right].strip()}{after}"[:LONGEST_EXCERPT]

    def _word_start(self, at: int) -> int:
        return at if at == 0 else self.plain.find(" ", at) + 1 or at

    def _word_end(self, at: int) -> int:
        return at if at == len(self.plain) else max(self.plain.rfind(" ", 0, at), at - _AROUND)


def text_of(name: str, value: Any) -> Text:
    """The text of a field, plain or rich."""
    return _read(name, str(value or ""))


# The rules read each field several times, and the panel again at each key that is pressed.
@lru_cache(maxsize=256)
def _read(name: str, typed: str) -> Text:
    if "<" in typed:
        typed = BeautifulSoup(typed, "html.parser").get_text(" ")
    plain = _BLANKS.sub(" ", typed).strip()
    folded, places = [], []
    for place, char in enumerate(plain):
        for letter in fold(char).replace("’", "'"):
            folded.append(letter)
            places.append(place)
    return Text(name, plain, "".join(folded), tuple(places))


@dataclass(frozen=True)
class Said:
    """What an offer says: the values of a form being filled in, or else those of the page."""

    offer: Any
    values: dict[str, Any]

    def get(self, name: str) -> Any:
        return self.values[name] if name in self.values else getattr(self.offer, name)

    def has(self, name: str) -> bool:
        value = self.get(name)
        return bool(text_of(name, value).plain if isinstance(value, str) else value)

    @property
    def texts(self) -> list[Text]:
        return [text_of(name, self.get(name)) for name in TEXTS if self.has(name)]

    @property
    def questions(self) -> list[Any]:
        """Those of the form when it has them, else those of the page, in order."""
        if "questions" in self.values:
            return list(self.values["questions"])
        return list(self.offer.questions.all())
