"""Which pages a search may show now, and which of them belong to the past.

All of it is asked when somebody searches: no clock has to pass first. What is out of reach or of
the past is the small part of a site, so that it is read once, and not again for each result.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from wagtail.models import Page, PageViewRestriction, Site

from formation.models import Session
from recrutement.models import JobOfferPage
from search.models import SearchEntry


class Standing(NamedTuple):
    """Pages by their keys: those that nobody is shown, and those that come last."""

    hidden: frozenset[int]
    late: frozenset[int]


def standing(site: Site, now: datetime) -> Standing:
    """What stands apart on this site at this instant, in three queries."""
    outside = _ids(Page.objects.filter(_outside(site.root_page.path))).union(
        _ids(SearchEntry.objects.filter(visible_from__gt=now)),
        _ids(JobOfferPage.objects.gone(now)),
        all=True,
    )
    late = _ids(JobOfferPage.objects.live().closed(now)).union(
        Session.objects.courses_left_behind(now).values_list("course"), all=True
    )
    return Standing(
        hidden=frozenset(row[0] for row in outside), late=frozenset(row[0] for row in late)
    )


def _outside(root: str) -> Q:
    """Pages of another tree, withdrawn, or behind a password or an account."""
    doors = PageViewRestriction.objects.values_list("page__path", flat=True)
    apart = Q(path__lt=root) | Q(path__gte=_next(root)) | Q(live=False)
    for door in doors:
        apart |= Q(path__startswith=door)
    return Q(search_entry__isnull=False) & apart


def _next(path: str) -> str:
    """A path above all those that begin with this one; tree paths are capitals and figures."""
    return path[:-1] + chr(ord(path[-1]) + 1)


def _ids(rows: "QuerySet[Any]") -> "QuerySet[Any, tuple[int]]":
    return rows.order_by().values_list("pk")
