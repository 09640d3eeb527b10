"""Which pages a search may show now, and which of them belong to the past.

All of it is asked when somebody searches: no clock has to pass first. What is out of reach or of
the past is the small part of a site, so that it is read once, and not again for each result.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BooleanField, Q, QuerySet, Value

from wagtail.models import Page, PageViewRestriction, Site

from formation.models import Session
from recrutement.models import JobOfferPage
from search.models import SearchEntry


class Standing(NamedTuple):
    """Pages by their keys: those that nobody is shown, and those that come last."""

    hidden: frozenset[int]
    late: frozenset[int]


def standing(site: Site, now: datetime) -> Standing:
    """What stands apart on this site at this instant, in two queries."""
    rows = _rows(_outside(site.root_page.path), late=False).union(
        _rows(SearchEntry.objects.filter(visible_from__gt=now), late=False),
        _rows(JobOfferPage.objects.gone(now), late=False),
        _rows(JobOfferPage.objects.live().closed(now), late=True),
        _rows(Session.objects.courses_left_behind(now), late=True, key="course"),
        all=True,
    )
    hidden: set[int] = set()
    late: set[int] = set()
    for key, over in rows:
        (late if over else hidden).add(key)
    return Standing(frozenset(hidden), frozenset(late))


def _outside(root: str) -> "QuerySet[Page]":
    """Pages of another tree, or behind a password or an account; found by their paths.

    A withdrawn page has left the index by then, and what is shown is checked once more.
    """
    doors = PageViewRestriction.objects.values_list("page__path", flat=True)
    apart = Q(path__lt=root) | Q(path__gte=_next(root))
    for door in doors:
        apart |= Q(path__startswith=door)
    return Page.objects.filter(apart)


def _next(path: str) -> str:
    """A path above all those that begin with this one; tree paths are capitals and figures."""
    return path[:-1] + chr(ord(path[-1]) + 1)


def _rows(found: "QuerySet[Any]", *, late: bool, key: str = "pk") -> "QuerySet[Any]":
    over = Value(late, output_field=BooleanField())
    return found.order_by().annotate(over=over).values_list(key, "over")
