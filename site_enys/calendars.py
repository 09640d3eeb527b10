"""What every calendar that we give has in common (RFC 5545, RFC 5546)."""

from datetime import date, datetime
from email.utils import parseaddr
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings

from icalendar import Calendar, Event, vCalAddress

#: RFC 5546: entries to follow, an invitation or its update, a cancellation.
Method = Literal["PUBLISH", "REQUEST", "CANCEL"]


def new_calendar(method: Method, room: str) -> Calendar:
    """An empty calendar of a room of the site, « Formation » for instance."""
    calendar = Calendar()
    calendar.add("prodid", f"-//ENYS Conseil//{room}//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def new_event(identity: str, starts_at: date, ends_at: date, stamp: datetime) -> Event:
    """An entry that calendars know again by its identity; between instants, or whole days."""
    event = Event()
    event.add("uid", f"{identity}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", stamp)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    return event


def invite(event: Event, email: str, name: str) -> None:
    """Name the one person who is expected; no answer is asked."""
    attendee = _address(email, name)
    attendee.params["RSVP"] = "FALSE"
    attendee.params["PARTSTAT"] = "ACCEPTED"
    event.add("attendee", attendee)


def organise(event: Event) -> None:
    """Name the firm as the organiser."""
    event.add("organizer", _address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], "ENYS Conseil"))


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = name
    return address
