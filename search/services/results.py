"""What is shown of each page that answers: its kind, one line of facts, an extract."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.safestring import SafeString

from blog.models import PostPage
from formation.models import CoursePage
from formation.words import days, hours
from recrutement.models import JobOfferPage
from recrutement.words import contract, place
from search.models import Kind, SearchEntry
from site_enys.templatetags.typography import long_date

from .extract import extract
from .query import Answer, Row

NO_DATE = "Aucune date n’est programmée pour l’instant."


@dataclass(frozen=True)
class Hit:
    """One result."""

    entry: SearchEntry
    url: str
    facts: str
    #: Why it comes last, when it does.
    past: str
    extract: SafeString


@dataclass(frozen=True)
class Facet:
    """One kind of results, and how many there are."""

    kind: Kind | None
    label: str
    count: int


def facets(answer: Answer, chosen: Kind | None) -> list[Facet]:
    """« Tout », then each kind that has results; the one chosen always shows."""
    shown = [kind for kind in Kind if answer.counts.get(kind) or kind == chosen]
    if len(shown) < 2 and chosen is None:
        return []
    kinds = [Facet(kind, kind.plural, answer.counts.get(kind, 0)) for kind in shown]
    return [Facet(None, "Tout", len(answer.rows)), *kinds]


def hits(
    rows: Sequence[Row], marked: Collection[str], request: HttpRequest, now: datetime
) -> list[Hit]:
    """The results of one page of the list, in the order of `rows`."""
    entries = SearchEntry.objects.select_related("page").filter(page__live=True)
    by_page = entries.in_bulk([row.entry for row in rows])
    told = _told(rows, now)
    return [
        Hit(
            entry=entry,
            url=entry.page.get_url(request),
            facts=told.get(row.entry, ("", ""))[0],
            past=told.get(row.entry, ("", ""))[1] if row.late else "",
            extract=extract(entry.text, marked, otherwise=entry.page.search_description),
        )
        for row in rows
        if (entry := by_page.get(row.entry))
    ]


def _told(rows: Sequence[Row], now: datetime) -> dict[int, tuple[str, str]]:
    """For each page: its line of facts, and what to say if it belongs to the past."""
    told: dict[int, tuple[str, str]] = {}
    for kind, read in _READERS.items():
        ids = [row.entry for row in rows if row.kind == kind]
        if ids:
            told |= read(ids, now)
    return told


def _courses(ids: Iterable[int], now: datetime) -> dict[int, tuple[str, str]]:
    del now
    courses = CoursePage.objects.filter(pk__in=ids).only("duration_days", "duration_hours")
    return {
        course.pk: (_line(days(course.duration_days), hours(course.duration_hours)), NO_DATE)
        for course in courses
    }


def _offers(ids: Iterable[int], now: datetime) -> dict[int, tuple[str, str]]:
    offers = JobOfferPage.objects.filter(pk__in=ids)
    return {
        offer.pk: (_line(contract(offer), place(offer)), _closed(offer, now)) for offer in offers
    }


def _closed(offer: JobOfferPage, now: datetime) -> str:
    since = offer.closed_since(now)
    if since:
        return f"Offre close depuis le {long_date(since)}."
    return offer.why_closed(now) or ""


def _posts(ids: Iterable[int], now: datetime) -> dict[int, tuple[str, str]]:
    del now
    dates = PostPage.objects.filter(pk__in=ids).values_list("pk", "date")
    return {pk: (long_date(date), "") for pk, date in dates}


_READERS: dict[Kind, Callable[[Iterable[int], datetime], dict[int, tuple[str, str]]]] = {
    Kind.COURSE: _courses,
    Kind.OFFER: _offers,
    Kind.POST: _posts,
}


def _line(*facts: str) -> str:
    return " · ".join(filter(None, facts))
