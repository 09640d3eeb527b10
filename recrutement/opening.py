"""When an offer takes applications, and until when it is shown: pages, lists, forms, feeds ask."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.utils import timezone

from .enums import OfferStatus

NOT_PUBLISHED = "Cette offre n’est pas publiée."
BY_STATUS = {
    OfferStatus.SUSPENDED: "Ce recrutement est suspendu pour le moment.",
    OfferStatus.FILLED: "Ce poste est pourvu.",
    OfferStatus.CANCELLED: "Cette offre a été annulée.",
}
TOO_LATE = "La date limite de candidature est passée."
#: Said to be over by somebody; a suspended offer is not.
OVER = (OfferStatus.FILLED, OfferStatus.CANCELLED)
#: How long the page of a closed offer still answers, for those who have its address.
SHOWN_MONTHS = 6


def day_in_paris(now: datetime) -> date:
    """The calendar day of the site's own time zone, whoever is asking and from where."""
    return timezone.localdate(now, timezone.get_default_timezone())


def days_between(start: datetime, end: datetime) -> int:
    """How many days of the calendar, in Paris, from one instant to the other."""
    return (day_in_paris(end) - day_in_paris(start)).days


def why_closed(*, status: str, published: bool, closing_date: date, now: datetime) -> str | None:
    """Say in French why no application is taken now; None when the offer is open.

    The closing day itself is still open, until midnight in Paris.
    """
    if not published:
        return NOT_PUBLISHED
    if status != OfferStatus.OPEN:
        return BY_STATUS[OfferStatus(status)]
    if day_in_paris(now) > closing_date:
        return TOO_LATE
    return None


def closed_since(
    *, status: str, closing_date: date, closed_on: date | None, now: datetime
) -> date | None:
    """The first whole day, in Paris, on which the offer was closed; None when it is not.

    Its closing day has passed, or somebody said that it was filled or cancelled: whichever came
    first. A suspended offer waits: it is not closed.
    """
    days = [closing_date + timedelta(days=1)] if day_in_paris(now) > closing_date else []
    if status in OVER and closed_on:
        days.append(closed_on)
    return min(days, default=None)


def gone_from(since: date) -> date:
    """The day from which the page of an offer closed `since` that day answers 410 (Gone)."""
    years, month = divmod(since.month - 1 + SHOWN_MONTHS, 12)
    year, month = since.year + years, month + 1
    return date(year, month, min(since.day, monthrange(year, month)[1]))


def last_gone(today: date) -> date:
    """The latest day such that an offer closed since then is gone `today`: for a query."""
    day = today - timedelta(days=31 * SHOWN_MONTHS)  # surely gone, or nearly
    while gone_from(day + timedelta(days=1)) <= today:
        day += timedelta(days=1)
    return day


def takes_spontaneous(*, is_open: bool, until: date | None, now: datetime) -> bool:
    """Whether spontaneous applications are taken now; the last day is still open."""
    return is_open and (until is None or day_in_paris(now) <= until)
