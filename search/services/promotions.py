"""What the team advises for a search."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from wagtail.models import Site

from home.services.visibility import behind_a_door
from recrutement.models import JobOfferPage
from search.models import Promotion, SearchEntry

MOST_SHOWN = 3


@dataclass(frozen=True)
class Advised:
    """A page that comes first, and why."""

    entry: SearchEntry
    sentence: str


def promoted(wanted: Collection[str], site: Site, now: datetime) -> list[Advised]:
    """The pages advised for a search of these stems: the closest phrase first, three at most.

    Only what anybody may read on this site now. One query, and one more when a phrase matches:
    the team writes dozens of phrases, which are compared here.
    """
    asked = frozenset(wanted)
    matching = _matching(asked) if asked else []
    if not matching:
        return []
    entries = SearchEntry.objects.select_related("page").filter(
        ~behind_a_door("page__path"),
        ~Q(page__in=JobOfferPage.objects.closed(now).order_by().values("pk")),
        Q(visible_from=None) | Q(visible_from__lte=now),
        page__live=True,
        page__path__startswith=site.root_page.path,
    )
    found = entries.in_bulk([promotion.page_id for promotion in matching])
    shown = [
        Advised(found[promotion.page_id], promotion.sentence)
        for promotion in matching
        if promotion.page_id in found
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
