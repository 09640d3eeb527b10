"""What the module gives to other programs to read."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from icalendar import Calendar, Event

from formation.enums import HELD, DeliveryMode, SessionState
from formation.models import CoursePage, Session, TimeSlot

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
#: The words of schema.org.
MODES = {
    DeliveryMode.ONSITE: "Onsite",
    DeliveryMode.ONLINE: "Online",
    DeliveryMode.BLENDED: "Blended",
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


def course_data(course: CoursePage, sessions: Iterable[Session]) -> dict[str, Any]:
    """What a search engine reads of a course and of its sessions, from typed fields only."""
    data = {
        "@type": "Course",
        "name": course.title,
        "courseCode": course.code,
        "description": course.summary,
        "url": course.full_url,
        "inLanguage": "fr",
        "teaches": [str(block.value) for block in course.objectives],
        "coursePrerequisites": course.prerequisites,
        "provider": {"@type": "Organization", "name": "ENYS Conseil", "url": settings.SITE_URL},
        "offers": _offer(course, course.price_excl_tax),
        "hasCourseInstance": [
            _instance(course, session) for session in sessions if session.state in HELD
        ],
    }
    return {name: value for name, value in data.items() if value}


def _offer(course: CoursePage, price: Decimal | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return {
        "@type": "Offer",
        "category": "Paid",
        "price": str(course.with_tax(price)),
        "priceCurrency": "EUR",
        "url": course.full_url,
    }


def _instance(course: CoursePage, session: Session) -> dict[str, Any]:
    data = {
        "@type": "CourseInstance",
        "name": f"{course.title} ({session.code})",
        "courseMode": MODES[DeliveryMode(session.delivery_mode)],
        "courseWorkload": _workload(course.duration_hours),
        "startDate": timezone.localtime(session.starts_at).isoformat(),
        "endDate": timezone.localtime(session.ends_at).isoformat(),
        "location": _location(session),
        "offers": _offer(course, session.price_override),
    }
    return {name: value for name, value in data.items() if value}


def _workload(hours: Decimal | None) -> str:
    """A duration of ISO 8601: « PT14H », « PT3H30M »."""
    if not hours:
        return ""
    whole, minutes = divmod(int(hours * 60), 60)
    return f"PT{whole}H{minutes}M" if minutes else f"PT{whole}H"


def _location(session: Session) -> dict[str, Any]:
    venue = session.venue
    if venue is None:
        return {"@type": "VirtualLocation", "url": session.course.full_url}
    return {
        "@type": "Place",
        "name": venue.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.address_on_one_line,
            "addressLocality": venue.city,
            "addressCountry": "FR",
        },
    }
