"""A remark about a page: advice, which never stands in the way of a publication."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .said import Place, Said

LONGEST_EXCERPT = 90


@dataclass(frozen=True)
class Remark:
    """What a reader would stumble over: the check that found it, a sentence, and the words."""

    code: str
    place: Place
    sentence: str
    excerpt: str = ""


class Hit(NamedTuple):
    """What the function of a check gives: where, the sentence, the words that call for it."""

    place: Place
    sentence: str
    excerpt: str = ""


Found = Iterator[Hit]


@dataclass(frozen=True)
class Check:
    """One thing that is looked at; `label` is what lists call it."""

    code: str
    label: str
    find: Callable[[Said], Found]

    def remarks(self, said: Said) -> list[Remark]:
        """What it finds; the same words in the same place are said once."""
        found = dict.fromkeys(self.find(said))
        return [Remark(self.code, hit.place, hit.sentence, short(hit.excerpt)) for hit in found]


def short(text: str) -> str:
    """The text on one line, cut after a word when it is long."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_EXCERPT:
        return line
    cut = line[:LONGEST_EXCERPT].rpartition(" ")[0] or line[:LONGEST_EXCERPT]
    return f"{cut} …"
