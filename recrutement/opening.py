"""When an offer takes applications: the one rule that pages, lists, forms and sitemap ask."""

from datetime import date, datetime

from django.utils import timezone

from .enums import OfferStatus

NOT_PUBLISHED = "Cette offre n’est pas publiée."
BY_STATUS = {
    OfferStatus.SUSPENDED: "Ce recrutement est suspendu pour le moment.",
    OfferStatus.FILLED: "Ce poste est pourvu.",
    OfferStatus.CANCELLED: "Cette offre a été annulée.",
}
TOO_LATE = "La date limite de candidature est passée."


def day_in_paris(now: datetime) -> date:
    """The calendar day of the site's own time zone, whoever is asking and from where."""
    return timezone.localdate(now, timezone.get_default_timezone())


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
