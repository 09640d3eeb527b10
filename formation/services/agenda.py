"""The sessions that concern a visitor: lists of dates, calendars, and the one an address names."""

import uuid
from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Value
from django.utils import timezone

from formation.enums import BOOKABLE, HELD, Availability, SessionState, Visibility
from formation.models import CoursePage, Session, TimeSlot, Venue
from site_enys.french import fold
from site_enys.memory import kept_for_now
from site_enys.months import bounds_of_month

from .availability import availability

#: A calendar that follows the sessions keeps what has just ended, or been cancelled, this long.
FOLLOWED_AFTERWARDS = timedelta(days=31)
#: To announce some, so many times more are looked at: the nearest may be closed already.
LOOKED_AT = 4
_AHEAD = BOOKABLE | {Availability.NOT_OPEN, Availability.FULL, Availability.CLOSED}


@dataclass(frozen=True)
class SessionLine:
    """A session with what a visitor may do about it now."""

    session: Session
    availability: Availability

    @property
    def bookable(self) -> bool:
        return self.availability in BOOKABLE

    @property
    def shows_seats(self) -> bool:
        return self.availability in {Availability.OPEN, Availability.ALMOST_FULL}


def session_lines(sessions: Iterable[Session], now: datetime) -> list[SessionLine]:
    return [SessionLine(session, availability(session, now)) for session in sessions]


def foremost(lines: Iterable[SessionLine]) -> SessionLine | None:
    """The session a visitor would look at first: one that takes people, else one still to come."""
    ahead = [line for line in lines if line.availability in _AHEAD]
    return next((line for line in ahead if line.bookable), ahead[0] if ahead else None)


def upcoming(now: datetime, limit: int) -> list[SessionLine]:
    """The next `limit` sessions, in order: those that take people before those that do not."""
    lines = session_lines(coming(now)[: limit * LOOKED_AT], now)
    first = sorted(lines, key=lambda line: not line.bookable)[:limit]
    return [line for line in lines if line in first]


def coming(now: datetime) -> QuerySet[Session]:
    """All the sessions to come, soonest first, ready to be shown."""
    return Session.objects.upcoming(now).select_related("course", "venue")


def to_follow(now: datetime) -> QuerySet[Session]:
    """What a calendar that follows the catalogue shows: cancelled sessions too, for a month."""
    return (
        Session.objects.listed()
        .filter(ends_at__gte=now - FOLLOWED_AFTERWARDS)
        .select_related("course", "venue")
        .prefetch_related("slots")
        .order_by("starts_at", "pk")
    )


@dataclass(frozen=True)
class Day:
    """A day of a month's calendar, with the sessions that are held on it."""

    date: date
    in_month: bool
    sessions: list[Session]


def weeks_of(month: date) -> list[list[Day]]:
    """The calendar of a month, in weeks from Monday, with every session that shows in it."""
    begins, ends = bounds_of_month(month)
    slots = _held_slots().filter(starts_at__gte=begins, starts_at__lt=ends)
    held: dict[date, dict[int, Session]] = {}
    for slot in slots.select_related("session__course", "session__venue"):
        held.setdefault(timezone.localdate(slot.starts_at), {})[slot.session_id] = slot.session
    return [
        [Day(day, day.month == month.month, list(held.get(day, {}).values())) for day in week]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]


def months_around(month: date) -> tuple[date | None, date | None]:
    """The nearest months before and after that hold a session: a calendar leads to no empty one."""
    begins, ends = bounds_of_month(month)
    starts = _held_slots().values_list("starts_at", flat=True)
    before = starts.filter(starts_at__lt=begins).last()
    after = starts.filter(starts_at__gte=ends).first()
    return (
        timezone.localdate(before) if before else None,
        timezone.localdate(after) if after else None,
    )


def _held_slots() -> QuerySet[TimeSlot]:
    held = Session.objects.listed().filter(state__in=HELD)
    return TimeSlot.objects.filter(session__in=held).order_by("starts_at", "pk")


def sessions_of(course: CoursePage, now: datetime) -> list[SessionLine]:
    """The sessions shown on the page of a course: to come or in progress, cancelled ones too."""
    sessions = (
        Session.objects.listed()
        .filter(course=course, ends_at__gt=now)
        .exclude(state=SessionState.COMPLETED)
        .select_related("venue")
        .prefetch_related("slots")
        .order_by("starts_at", "pk")
    )
    return session_lines(sessions, now)


def upcoming_of(course: CoursePage, now: datetime) -> QuerySet[Session]:
    """The sessions of a course that people may look forward to, with their half-days."""
    sessions = Session.objects.upcoming(now).filter(course=course)
    return sessions.select_related("venue").prefetch_related("slots")


def coming_cities_and_months(now: datetime) -> tuple[list[str], list[date]]:
    """Where, and in which months (their first day), sessions are to come."""
    return kept_for_now("cities and months", lambda: _cities_and_months(now))


def count_of_coming(now: datetime) -> int:
    """How many sessions are to come: counting them is most of the work of a page of dates."""
    return kept_for_now("coming sessions", coming(now).count)


def _cities_and_months(now: datetime) -> tuple[list[str], list[date]]:
    upcoming = Session.objects.upcoming(now)
    in_use = Venue.objects.order_by().filter(Exists(upcoming.filter(venue=OuterRef("pk"))))
    no_start = Value(None, output_field=DateTimeField())
    starts = upcoming.order_by().values_list(Value(""), "starts_at")
    # Few instants for many sessions. Their months are found here: SQLite, which knows no time
    # zone, would call Python for each session. A union takes back the order of its first half,
    # which the second does not have.
    rows = in_use.values_list("city", no_start).union(starts).order_by()
    cities = {city for city, _ in rows if city}
    months = {timezone.localdate(start).replace(day=1) for _, start in rows if start}
    return sorted(cities, key=fold), sorted(months)


def find_by_address(key: str) -> Session | None:
    """The session that an address names: by its code when public, by its secret link otherwise."""
    rows = (
        Session.objects.filter(course__live=True)
        .exclude(state=SessionState.DRAFT)
        .select_related("course", "venue")
        .prefetch_related("slots")
    )
    try:
        secret = uuid.UUID(key)
    except ValueError:
        return rows.filter(code=key, visibility=Visibility.PUBLIC).first()
    return rows.filter(public_id=secret).exclude(visibility=Visibility.HIDDEN).first()
