"""The nearest word that pages write, for one that they do not.

Distance is that of Damerau and Levenshtein (optimal string alignment) between written words without
accents: a letter too many, missing, other, or two neighbours in the wrong order, each counts one.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Count, Q

from rapidfuzz.distance import OSA

from search.models import SearchMention, SearchWord
from search.models.words import END
from site_enys.french import Word, fold

MOST_UNKNOWN = 4
MOST_CANDIDATES = 40
SHORTEST = 4


class Nearest(NamedTuple):
    """What to read instead of a word of the query."""

    word: Word
    shown: str
    pages: int


class _Known(NamedTuple):
    pk: int
    folded: str
    shown: str
    length: int


def furthest(length: int) -> int:
    """How many slips a word of so many letters may have and still be recognised."""
    if length < SHORTEST:
        return 0
    return 1 if length < 7 else 2 if length < 12 else 3


def nearest(
    query: str, words: Sequence[Word], unknown: Sequence[Word], hidden: Collection[int]
) -> list[Nearest]:
    """The replacement of each unknown word that has one, among words that anybody may read."""
    joined = _joined(query, words, unknown)
    typed = _typed(query, unknown)
    if not typed and not joined:
        return []
    known = _candidates(typed.values(), joined)
    close = {word: _close(text, known) for word, text in typed.items()}
    halves = {word: _halves(text, known) for word, text in typed.items()}
    wanted = {one.pk for found in close.values() for _, one in found}
    wanted |= {one.pk for pairs in halves.values() for pair in pairs for one in pair}
    wanted |= {one.pk for one in known if one.folded in joined}
    mentions = _mentions(wanted, hidden)
    whole = [one for one in known if one.folded in joined and mentions.get(one.pk)]
    chosen = [Nearest(joined[one.folded], one.shown, mentions[one.pk]) for one in whole[:1]]
    for word, text in typed.items():
        shown, pages = _best(text, close[word], mentions) or _split(halves[word], mentions)
        apart = all(word.end <= one.word.start or one.word.end <= word.start for one in chosen)
        if shown and apart:
            chosen.append(Nearest(word, shown, pages))
    return chosen


def _typed(query: str, unknown: Sequence[Word]) -> dict[Word, str]:
    """The first unknown words with their letters; « médicosocial » is two words in one place."""
    places = {(word.start, word.end): word for word in unknown}
    letters = {word: fold(query[word.start : word.end]) for word in places.values()}
    long_enough = [(word, text) for word, text in letters.items() if len(text) >= SHORTEST]
    return dict(long_enough[:MOST_UNKNOWN])


def _joined(query: str, words: Sequence[Word], unknown: Sequence[Word]) -> dict[str, Word]:
    """Neighbours as one word: « bien-traitance » may be « bientraitance »."""
    return {
        fold(query[one.start : one.end] + query[other.start : other.end]): Word(
            "", one.start, other.end
        )
        for one, other in pairwise(words)
        if (one in unknown or other in unknown) and query[one.end : other.start] in {" ", "-"}
    }


def replace(query: str, close: Iterable[Nearest]) -> str:
    """The query with each unknown word replaced where it stands."""
    for word, shown, _ in sorted(close, reverse=True, key=lambda one: one.word.start):
        query = f"{query[: word.start]}{shown}{query[word.end :]}"
    return query


def _candidates(texts: Iterable[str], joined: Iterable[str]) -> list[_Known]:
    """Words of about that length with the same beginning or end, and the two halves of one."""
    like = Q(folded__in=list(joined))
    for text in texts:
        reach = furthest(len(text))
        ends = Q(head=text[:END]) | Q(tail=text[-END:])
        like |= ends & Q(length__range=(len(text) - reach, len(text) + reach))
        cuts = range(END, len(text) - END + 1)
        like |= Q(folded__in=[half for cut in cuts for half in (text[:cut], text[cut:])])
    rows = SearchWord.objects.filter(like).values_list("pk", "folded", "shown", "length")
    return [_Known(*row) for row in rows]


def _close(text: str, known: Iterable[_Known]) -> list[tuple[int, _Known]]:
    reach = furthest(len(text))
    found = []
    for one in known:
        if abs(one.length - len(text)) <= reach:
            distance = OSA.distance(text, one.folded, score_cutoff=reach)
            if 0 < distance <= reach:
                found.append((distance, one))
    return sorted(found, key=lambda pair: (pair[0], pair[1].folded))[:MOST_CANDIDATES]


def _halves(text: str, known: Iterable[_Known]) -> list[tuple[_Known, _Known]]:
    """« ingenieriesociale » is two words without their space."""
    by_form = {one.folded: one for one in known}
    cuts = range(END, len(text) - END + 1)
    return [
        (by_form[text[:cut]], by_form[text[cut:]])
        for cut in cuts
        if text[:cut] in by_form and text[cut:] in by_form
    ]


def _mentions(words: Collection[int], hidden: Collection[int]) -> dict[int, int]:
    """On how many pages that anybody may read each word stands."""
    if not words:
        return {}
    rows = SearchMention.objects.filter(word__in=words).order_by()
    if hidden:
        rows = rows.exclude(entry__in=hidden)
    return dict(rows.values_list("word").annotate(pages=Count("pk")))


def _best(
    text: str, close: list[tuple[int, _Known]], mentions: dict[int, int]
) -> tuple[str, int] | None:
    """The closest, rather with the same first letter, then the most frequent."""
    ranked = sorted(
        (distance, one.folded[0] != text[0], -mentions[one.pk], one.folded, one.shown)
        for distance, one in close
        if mentions.get(one.pk)
    )
    return (ranked[0][-1], -ranked[0][2]) if ranked else None


def _split(pairs: list[tuple[_Known, _Known]], mentions: dict[int, int]) -> tuple[str, int]:
    """Of the ways to cut a word in two, the one whose rarer half is the most frequent."""
    ranked = sorted(
        (-min(mentions[one.pk], mentions[other.pk]), one.folded, f"{one.shown} {other.shown}")
        for one, other in pairs
        if mentions.get(one.pk) and mentions.get(other.pk)
    )
    return (ranked[0][-1], -ranked[0][0]) if ranked else ("", 0)
