"""From the words that a person types to the pages that have them.

The rule, in this order:

1. pages that have all the words;
2. when some words stand on no page that anybody may read, the nearest known words take their
   place, and pages that have all of those;
3. pages that have the most of the words, the rarest words first.

Among them what is current comes before what is over, then what weighs most, then the latest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When

from wagtail.models import Site

from search.models import KINDS, Kind, SearchStem
from search.vocabulary import asked, stems
from site_enys.french import Word

from .near import Nearest, nearest, replace
from .standing import Standing, standing

MOST_WORDS = 12
#: Below one page in so many mentions, it pays to begin with the pages of the rarest word.
RARE = 10


class Row(NamedTuple):
    """A page that answers."""

    entry: int
    kind: Kind
    late: bool


#: The same before it is shown: (page, rank of its kind, whether it is of the past). Ten thousand
#: of them are made where ten are shown.
Found = tuple[int, int, bool]


def as_rows(found: Iterable[Found]) -> list[Row]:
    return [Row(page, KINDS[rank], late) for page, rank, late in found]


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
    found: Sequence[Found] = ()
    #: The stems to mark in the extracts.
    stems: Sequence[str] = ()
    #: The query with its unknown words replaced, when they were.
    near: str = ""
    #: Whether some of the words as typed stand on pages.
    partly_known: bool = False
    asks: bool = True
    counts: dict[Kind, int] = field(default_factory=dict)

    @property
    def rows(self) -> list[Row]:
        return as_rows(self.found)

    def without(self, pages: Set[int]) -> "Answer":
        """The same, but for pages that are shown elsewhere."""
        if not pages:
            return self
        found = [one for one in self.found if one[0] not in pages]
        return changed(self, found=found, counts=_counts(found))

    def of_kind(self, kind: Kind | None) -> Sequence[Found]:
        if kind is None:
            return self.found
        rank = KINDS.index(kind)
        return [one for one in self.found if one[1] == rank]


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
    return [page for page, _, _ in with_all(wanted, _known(wanted, apart), apart)]


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


def _answer(match: Match, rows: list[Found], wanted: Sequence[str]) -> Answer:
    return Answer(match, rows, wanted, counts=_counts(rows)) if rows else Answer()


def _counts(found: Iterable[Found]) -> dict[Kind, int]:
    counted = Counter(rank for _, rank, _ in found)
    return {kind: counted[rank] for rank, kind in enumerate(KINDS)}


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


def with_all(wanted: Sequence[str], known: dict[str, int], apart: Standing) -> list[Found]:
    """Pages that have all the stems."""
    if not wanted or any(stem not in known for stem in wanted):
        return []
    stems = SearchStem.objects.all()
    if len(wanted) == 1:
        return _ranked(stems.filter(stem=wanted[0]).annotate(score=F("weight")), apart)
    rarest = min(wanted, key=lambda stem: (known[stem], stem))
    asked = stems.filter(stem__in=wanted)
    if known[rarest] * RARE < sum(known[stem] for stem in wanted):
        asked = asked.filter(entry__in=stems.filter(stem=rarest).values("entry"))
    met = asked.values("entry", "kind", "day").annotate(score=Sum("weight"), met=Count("entry"))
    return _ranked(met.filter(met=len(wanted)), apart)


def with_most(known: dict[str, int], apart: Standing) -> list[Found]:
    """Pages that have the greatest number of the stems; a rare word counts more than a common one.

    Rarity is in whole numbers, so that both databases add it up alike.
    """
    if not known:
        return []
    most = max(known.values())
    times = {stem: (most // count).bit_length() for stem, count in known.items()}
    cases = (When(stem=stem, then=Value(rarity)) for stem, rarity in times.items())
    rarity = Case(*cases, output_field=IntegerField())
    met = (
        SearchStem.objects.filter(stem__in=list(known))
        .values("entry", "kind", "day")
        .annotate(score=Sum(F("weight") * rarity), met=Count("entry"))
    )
    reached = met.exclude(entry__in=apart.hidden) if apart.hidden else met
    best = reached.order_by("-met").values_list("met", flat=True).first() or 0
    return _ranked(met.filter(met=best), apart)


def _ranked(rows: "QuerySet[Any, Any]", apart: Standing) -> list[Found]:
    """Current first, then by score, the latest first among equals."""
    ordered = rows.order_by("-score", "-day", "-entry_id").values_list("entry_id", "kind")
    hidden, late = apart.hidden, apart.late
    shown = [row for row in ordered if row[0] not in hidden]
    current = [(page, kind, False) for page, kind in shown if page not in late]
    return current + [(page, kind, True) for page, kind in shown if page in late]
