"""« Maintien des sessions » : which sessions to come are to be held or called off, and by when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from formation.enums import SessionState, Urgency
from formation.models import Session

from .agenda import SessionLine, coming, session_lines

#: For a session without a decision day of its own: the summons leave ten days before the start and
#: people then book their journey, so that the team keeps a few days to tell them and find a date.
DECIDED_BEFORE = timedelta(days=14)
#: How long before the decision day a session under its minimum is put on the desk.
DECISION_NOTICE = timedelta(days=10)


@dataclass(frozen=True)
class BoardLine:
    """A session that awaits its decision, with the other open sessions of its course."""

    session: Session
    today: date
    alternatives: list[SessionLine]

    @property
    def decision_on(self) -> date:
        return decision_day(self.session)

    @property
    def by_default(self) -> bool:
        """Whether the day is ours, nobody having chosen one."""
        return self.session.decision_on is None

    @property
    def days_left(self) -> int:
        """Days until the decision, negative once it is late."""
        return (self.decision_on - self.today).days

    @property
    def days_late(self) -> int:
        return -self.days_left

    @property
    def urgency(self) -> Urgency:
        if self.days_left == 0:
            return Urgency.TODAY
        return Urgency.LATE if self.days_left < 0 else Urgency.TO_COME

    @property
    def missing(self) -> int:
        """How many people it takes to reach the minimum."""
        return max(0, self.session.min_participants - self.session.seats_taken)

    @property
    def people(self) -> int:
        """How many people a decision concerns: those with a seat and those who wait."""
        return self.session.seats_taken + self.session.waiting_count


def decision_day(session: Session) -> date:
    """The day on which the team decides, its own or two weeks before the start."""
    return session.decision_on or session.first_day - DECIDED_BEFORE


def board(now: datetime) -> list[BoardLine]:
    """The sessions to decide, the most pressing first."""
    sessions = _undecided(now)
    courses = {session.course_id for session in sessions}
    open_sessions = [
        line for line in session_lines(coming(now).filter(course__in=courses), now) if line.bookable
    ]
    today = timezone.localdate(now)
    return [
        BoardLine(
            session,
            today,
            [
                line
                for line in open_sessions
                if line.session.course_id == session.course_id and line.session != session
            ],
        )
        for session in sessions
    ]


def under_their_minimum(now: datetime) -> list[Session]:
    """The sessions short of people whose decision is late, due today, or due soon."""
    limit = timezone.localdate(now) + DECISION_NOTICE
    return [
        session
        for session in _undecided(now)
        if session.seats_taken < session.min_participants and decision_day(session) <= limit
    ]


def _undecided(now: datetime) -> list[Session]:
    """Announced sessions to come that are neither held for sure nor called off."""
    rows = Session.objects.filter(state=SessionState.PUBLISHED, starts_at__gt=now)
    rows = rows.select_related("course", "venue").order_by("starts_at", "pk")
    return sorted(rows, key=decision_day)
