"""What is shown of each page that answers: its kind, one line of facts, an extract."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.safestring import SafeString

from recrutement.models import JobOfferPage
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
    #: Why it comes last, when it does.
    past: str
    extract: SafeString


@dataclass(frozen=True)
class Facet:
    """One kind of results, and how many there are."""

    nature: str | None
    label: str
    count: int


def facets(answer: Answer, chosen: Kind | None) -> list[Facet]:
    """« Tout », then each kind that has results; the one chosen always shows."""
    shown = [kind for kind in Kind if answer.counts.get(kind) or kind == chosen]
    if len(shown) < 2 and chosen is None:
        return []
    kinds = [Facet(kind.value, kind.plural, answer.counts.get(kind, 0)) for kind in shown]
    return [Facet(None, "Tout", len(answer.found)), *kinds]


def hits(
    rows: Sequence[Row], marked: Collection[str], request: HttpRequest, now: datetime
) -> list[Hit]:
    """The results of one page of the list, in the order of `rows`."""
    entries = SearchEntry.objects.select_related("page").filter(page__live=True)
    by_page = entries.in_bulk([row.entry for row in rows])
    past = _past(rows, now)
    return [
        Hit(
            entry=entry,
            url=entry.page.get_url(request),
            past=past.get(row.entry, ""),
            extract=extract(entry.text, marked, otherwise=entry.page.search_description),
        )
        for row in rows
        if (entry := by_page.get(row.entry))
    ]


def _past(rows: Sequence[Row], now: datetime) -> dict[int, str]:
    """What to say of each page that belongs to the past."""
    late = {row.entry: row.kind for row in rows if row.late}
    said = dict.fromkeys(late, NO_DATE)
    offers = [page for page, kind in late.items() if kind == Kind.OFFER]
    if offers:
        closed = JobOfferPage.objects.filter(pk__in=offers)
        said |= {offer.pk: _closed(offer, now) for offer in closed}
    return said


def _closed(offer: JobOfferPage, now: datetime) -> str:
    since = offer.closed_since(now)
    if since:
        return f"Offre close depuis le {long_date(since)}."
    return offer.why_closed(now) or ""
