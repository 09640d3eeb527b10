"""Sessions for calendars: to follow, and as invitations to those who are expected."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from icalendar import Calendar, Event

from formation.enums import LIVE, SessionState
from formation.models import Enrolment, Session, TimeSlot
from site_enys.calendars import Method, invite, new_calendar, new_event, organise

#: Half-days with their place in the session, from 1.
NumberedSlots = Sequence[tuple[int, TimeSlot]]

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
#: What a person may rely on in the half-days that are hers.
_STATUS_OF_PERSON: dict[Method, str] = {
    "PUBLISH": "TENTATIVE",
    "REQUEST": "CONFIRMED",
    "CANCEL": "CANCELLED",
}


def calendar_feed(sessions: Iterable[Session], name: str, now: datetime) -> bytes:
    """The half-days of these sessions, to be followed by any calendar (RFC 5545, RFC 7986).

    Published, not invited: no attendee and no organiser, so that no calendar sends an answer.
    """
    calendar = _feed(name)
    for session in sessions:
        for slot in session.slots.all():
            calendar.add_component(_published(session, slot, now))
    return calendar.to_ical()


def trainer_feed(slots: Iterable[TimeSlot], now: datetime) -> bytes:
    """The half-days of one trainer, to be followed by her calendar, those called off crossed out.

    They keep the identity that they have in the public feed: whoever follows both sees them once.
    """
    calendar = _feed("Mes sessions ENYS Conseil")
    for slot in slots:
        calendar.add_component(_published(slot.session, slot, now))
    return calendar.to_ical()


def invitation(enrolment: Enrolment, method: Method, slots: NumberedSlots = ()) -> bytes:
    """The half-days of one person, with the identity under which her calendar knows them.

    All those of the session, unless some are given with their numbers. A half-day is known by its
    place in the session: new dates move the entries that are there. The sequence follows the
    session's, and a person who leaves has a last one (RFC 5546, 3.2.5).
    """
    session = enrolment.session
    calendar = new_calendar(method, "Formation")
    for number, slot in slots or enumerate(session.slots.order_by("starts_at"), start=1):
        event = _event(
            f"inscription-{enrolment.public_id}-{number}",
            session,
            slot,
            timezone.now(),
        )
        leaves = method == "CANCEL" and enrolment.state not in LIVE
        event.add("sequence", session.calendar_sequence + leaves)
        event.add("status", _STATUS_OF_PERSON[method])
        organise(event)
        if method != "PUBLISH":
            invite(event, enrolment.email, enrolment.full_name)
        calendar.add_component(event)
    return calendar.to_ical()


def _feed(name: str) -> Calendar:
    calendar = new_calendar("PUBLISH", "Formation")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    return calendar


def _published(session: Session, slot: TimeSlot, now: datetime) -> Event:
    # The half-day keeps its identity when it is moved: calendars move it too.
    event = _event(f"creneau-{slot.pk}", session, slot, now)
    event.add("sequence", session.calendar_sequence)
    event.add("status", STATUSES[SessionState(session.state)])
    return event


def _event(identity: str, session: Session, slot: TimeSlot, stamp: datetime) -> Event:
    course = session.course
    event = new_event(identity, slot.starts_at, slot.ends_at, stamp)
    event.add("summary", f"{course.title} ({slot.subject})" if slot.subject else course.title)
    event.add("location", _place(session))
    event.add("url", course.full_url)
    return event


def _place(session: Session) -> str:
    venue = session.venue
    if venue is None:
        return session.get_delivery_mode_display()
    return f"{venue.name}, {venue.address_on_one_line}"
