"""What the team advises for a search."""

from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Site

from search.models import Promotion, SearchEntry

from .query import stems_of_query
from .standing import standing

MOST_SHOWN = 3


@dataclass(frozen=True)
class Advised:
    """A page that comes first, and why."""

    entry: SearchEntry
    sentence: str


def promoted(query: str, site: Site, now: datetime) -> list[Advised]:
    """The pages advised for a search: the closest phrase first, three at most.

    Only what anybody may read on this site now, and is current. One query, and three more when a
    phrase matches: the team writes dozens of phrases, which are compared here.
    """
    asked = frozenset(stems_of_query(query))
    matching = _matching(asked) if asked else []
    if not matching:
        return []
    apart = standing(site, now)
    entries = SearchEntry.objects.select_related("page").filter(page__live=True)
    found = entries.in_bulk([promotion.page_id for promotion in matching])
    shown = [
        Advised(found[page], promotion.sentence)
        for promotion in matching
        if (page := promotion.page_id) in found and page not in apart.hidden | apart.late
    ]
    return shown[:MOST_SHOWN]


def _matching(asked: frozenset[str]) -> list[Promotion]:
    """Those with a phrase whose words are all asked for; the longest phrase is the closest."""
    closest = []
    for promotion in Promotion.objects.exclude(page=None):
        lengths = [len(phrase) for phrase in promotion.wanted if phrase and phrase <= asked]
        if lengths:
            closest.append((-max(lengths), promotion.rank, promotion.pk, promotion))
    return [promotion for *_order, promotion in sorted(closest, key=lambda line: line[:3])]
