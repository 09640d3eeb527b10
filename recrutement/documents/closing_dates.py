"""The closing days of the open offers, for a calendar to follow (RFC 5545)."""

from datetime import datetime, timedelta

from recrutement.models import JobOfferPage
from site_enys.calendars import new_calendar, new_event


def closing_dates(now: datetime) -> bytes:
    """One whole day for each open offer; it says nothing of who would be busy."""
    calendar = new_calendar("PUBLISH", "Recrutement")
    calendar.add("name", "Offres d’emploi ENYS Conseil")
    calendar.add("x-wr-calname", "Offres d’emploi ENYS Conseil")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    for offer in JobOfferPage.objects.to_show(now):
        day = offer.closing_date
        stamp = offer.last_published_at or offer.first_published_at or now
        event = new_event(f"offre-{offer.reference}", day, day + timedelta(days=1), stamp)
        event.add("summary", f"Dernier jour pour postuler\u00a0: {offer.title}")
        event.add("location", offer.place)
        event.add("url", offer.full_url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()
