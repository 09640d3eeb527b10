"""From the words that a person types to the pages that have them.

The rule, in this order:

1. pages that have all the words;
2. when some words stand on no page that anybody may read, the nearest known words take their
   place, and pages that have all of those;
3. pages that have the most of the words, the rarest words first.

Among them what is current comes before what is over, then what weighs most, then the latest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Case, Count, F, IntegerField, Q, Sum, Value, When

from wagtail.models import Site

from search.models import KINDS, Kind, SearchStem
from search.vocabulary import asked, stems
from site_enys.french import Word

from .near import Nearest, nearest, replace
from .standing import Standing, standing

MOST_WORDS = 12


class Row(NamedTuple):
    """A page that answers."""

    entry: int
    kind: Kind
    late: bool


class Match(StrEnum):
    """How far the results are what was asked."""

    ALL = "all"
    NEAR = "near"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True)
class Answer:
    """What a search found: every page in its order, and in which sense it answers."""

    match: Match = Match.NONE
    rows: Sequence[Row] = ()
    #: The stems to mark in the extracts.
    stems: Sequence[str] = ()
    #: The query with its unknown words replaced, when they were.
    near: str = ""
    #: Whether some of the words as typed stand on pages.
    partly_known: bool = False
    asks: bool = True
    counts: dict[Kind, int] = field(default_factory=dict)

    def of_kind(self, kind: Kind | None) -> Sequence[Row]:
        return self.rows if kind is None else [row for row in self.rows if row.kind == kind]


def stems_of_query(query: str) -> list[str]:
    """The distinct stems asked for, the first ones when there are very many."""
    return _distinct(asked(query))


def _distinct(words: Iterable[Word]) -> list[str]:
    return list(dict.fromkeys(word.stem for word in words))[:MOST_WORDS]


def search(query: str, site: Site, now: datetime, *, exactly: bool = False) -> Answer:
    """Answer a query; `exactly` takes no other word for one that is misspelt."""
    words = asked(query)
    wanted = _distinct(words)
    if not wanted:
        return Answer(asks=False)
    apart = standing(site, now)
    known = _known(wanted, apart)
    rows = with_all(wanted, known, apart)
    if rows:
        return _answer(Match.ALL, rows, wanted)
    if len(wanted) == 1:
        known = {}  # no page that anybody may read has it
    unknown = [word for word in words if word.stem not in known]
    close = [] if exactly or not unknown else nearest(query, words, unknown, apart.hidden)
    near = _with_near(query, close, known, apart) if close else None
    return near or _answer(Match.PART, with_most(known, apart), wanted)


def find(wanted: Sequence[str], site: Site, now: datetime) -> list[int]:
    """The keys of the pages that have all the stems, the best first."""
    apart = standing(site, now)
    return [row.entry for row in with_all(wanted, _known(wanted, apart), apart)]


def _with_near(
    query: str, close: list[Nearest], known: dict[str, int], apart: Standing
) -> Answer | None:
    """Pages that have all the words once corrected, but for those that nothing resembles."""
    typed = replace(query, close)
    counts = {stem: one.pages for one in close for stem in stems(one.shown)} | known
    wanted = [stem for stem in stems_of_query(typed) if stem in counts]
    rows = with_all(wanted, counts, apart)
    if not rows:
        return None
    return Answer(Match.NEAR, rows, wanted, typed, bool(known), counts=_counts(rows))


def _answer(match: Match, rows: list[Row], wanted: Sequence[str]) -> Answer:
    return Answer(match, rows, wanted, counts=_counts(rows)) if rows else Answer()


def _counts(rows: Iterable[Row]) -> dict[Kind, int]:
    counts = dict.fromkeys(KINDS, 0)
    for row in rows:
        counts[row.kind] += 1
    return counts


def _known(wanted: Sequence[str], apart: Standing) -> dict[str, int]:
    """On how many pages that anybody may read each stem stands; those on none are left out.

    One word alone is not counted: the pages that have it tell.
    """
    if len(wanted) == 1:
        return {wanted[0]: 1}
    reach = ~Q(entry__in=apart.hidden) if apart.hidden else None
    counted = (
        SearchStem.objects.filter(stem__in=wanted)
        .order_by()
        .values_list("stem")
        .annotate(pages=Count("entry", filter=reach))
    )
    return {stem: pages for stem, pages in counted if pages}


def with_all(wanted: Sequence[str], known: dict[str, int], apart: Standing) -> list[Row]:
    """Pages that have all the stems."""
    if not wanted or any(stem not in known for stem in wanted):
        return []
    found = SearchStem.objects.order_by()
    if len(wanted) == 1:
        rows = found.filter(stem=wanted[0]).values_list("entry", "kind", "day", "weight")
        return _ranked(rows, apart)
    rarest = min(wanted, key=lambda stem: (known[stem], stem))
    rows = (
        found.filter(stem__in=wanted, entry__in=found.filter(stem=rarest).values("entry"))
        .values("entry", "kind", "day")
        .annotate(score=Sum("weight"), met=Count("entry"))
        .filter(met=len(wanted))
        .values_list("entry", "kind", "day", "score")
    )
    return _ranked(rows, apart)


def with_most(known: dict[str, int], apart: Standing) -> list[Row]:
    """Pages that have the greatest number of the stems; a rare word counts more than a common one.

    Rarity is in whole numbers, so that both databases add it up alike.
    """
    if not known:
        return []
    most = max(known.values())
    rarity = Case(
        *(
            When(stem=stem, then=Value((most // count).bit_length()))
            for stem, count in known.items()
        ),
        output_field=IntegerField(),
    )
    rows = (
        SearchStem.objects.order_by()
        .filter(stem__in=list(known))
        .values("entry", "kind", "day")
        .annotate(score=Sum(F("weight") * rarity), met=Count("entry"))
        .values_list("entry", "kind", "day", "score", "met")
    )
    shown = [row for row in rows if row[0] not in apart.hidden]
    best = max((row[4] for row in shown), default=0)
    return _ranked([row[:4] for row in shown if row[4] == best], apart)


def _ranked(rows: Iterable[tuple[int, int, int, int]], apart: Standing) -> list[Row]:
    """Current first, then by score, the latest first among equals."""
    hidden, late = apart.hidden, apart.late
    keyed = sorted(
        (entry in late, -score, -day, -entry, kind)
        for entry, kind, day, score in rows
        if entry not in hidden
    )
    return [Row(-entry, KINDS[kind], over) for over, _, _, entry, kind in keyed]
