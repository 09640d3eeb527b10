"""Sessions for calendars to follow."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from icalendar import Calendar, Event

from formation.enums import SessionState
from formation.models import Session, TimeSlot

#: How often a calendar that follows the feed should read it again.
REFRESH = timedelta(hours=12)
# A postponed session has no date any more: its half-days are crossed out until it has new ones.
STATUSES = {
    SessionState.PUBLISHED: "TENTATIVE",
    SessionState.CONFIRMED: "CONFIRMED",
    SessionState.COMPLETED: "CONFIRMED",
    SessionState.CANCELLED: "CANCELLED",
    SessionState.POSTPONED: "CANCELLED",
}


def calendar_feed(sessions: Iterable[Session], name: str, now: datetime) -> bytes:
    """The half-days of these sessions, to be followed by any calendar (RFC 5545, RFC 7986).

    Published, not invited: no attendee and no organiser, so that no calendar sends an answer.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//ENYS Conseil//Formation//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for session in sessions:
        for slot in session.slots.all():
            calendar.add_component(_event(session, slot, now))
    return calendar.to_ical()


def _event(session: Session, slot: TimeSlot, now: datetime) -> Event:
    course = session.course
    event = Event()
    # The half-day keeps its identity when it is moved: calendars move it too.
    event.add("uid", f"creneau-{slot.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", slot.starts_at)
    event.add("dtend", slot.ends_at)
    event.add("summary", f"{course.title} ({slot.subject})" if slot.subject else course.title)
    event.add("status", STATUSES[SessionState(session.state)])
    event.add("location", _place(session))
    event.add("url", course.full_url)
    return event


def _place(session: Session) -> str:
    venue = session.venue
    if venue is None:
        return session.get_delivery_mode_display()
    return f"{venue.name}, {venue.address_on_one_line}"
