"""What the public pages show: courses, and the sessions that concern a visitor now."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from formation.enums import BOOKABLE, Availability, SessionState, Visibility
from formation.models import CatalogueIndexPage, CoursePage, CourseTheme, Session
from site_enys.french import stems

from .availability import availability


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


@dataclass(frozen=True)
class CourseLine:
    course: CoursePage
    next_session: SessionLine | None


def session_lines(sessions: Iterable[Session], now: datetime) -> list[SessionLine]:
    return [SessionLine(session, availability(session, now)) for session in sessions]


def upcoming(now: datetime, limit: int) -> list[SessionLine]:
    """The next `limit` sessions that visitors may look forward to."""
    sessions = Session.objects.upcoming(now).select_related("course", "venue")[:limit]
    return session_lines(sessions, now)


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


def courses(
    catalogue: CatalogueIndexPage, *, theme: CourseTheme | None = None, words: str = ""
) -> QuerySet[CoursePage]:
    """The published courses in alphabetical order, of a theme and matching all the words."""
    found = CoursePage.objects.live().child_of(catalogue).select_related("theme")
    if theme:
        found = found.filter(theme=theme)
    for stem in stems(words):
        found = found.filter(word_stems__contains=f" {stem} ")
    return found.order_by("title")


def with_next_sessions(found: QuerySet[CoursePage], now: datetime) -> QuerySet[CoursePage]:
    """The same courses, each with its `coming` sessions, in one more query for all."""
    coming = Session.objects.upcoming(now).select_related("venue")
    return found.prefetch_related(Prefetch("sessions", queryset=coming, to_attr="coming"))


def course_lines(found: Iterable[CoursePage], now: datetime) -> list[CourseLine]:
    """For courses given by `with_next_sessions`: each with its next session, if there is one."""
    lines = []
    for course in found:
        coming = session_lines(course.coming[:1], now)
        lines.append(CourseLine(course, coming[0] if coming else None))
    return lines


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
