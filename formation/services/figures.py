"""The figures of a year: how full the sessions are, who gives up, and who is satisfied."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q
from django.template.defaultfilters import date as date_filter

from formation.enums import HELD, EnrolmentState, SessionState, SurveyKind
from formation.models import Enrolment, Session, Survey
from formation.models.results import share
from formation.models.survey import SATISFIED
from site_enys.months import bounds_of_year

State = EnrolmentState
#: Those who had asked for a seat and did not come, by their own doing.
GAVE_UP = frozenset({State.WITHDRAWN, State.RETRACTED, State.NO_SHOW})


@dataclass(frozen=True)
class Figures:
    """What some sessions add up to; a rate is in per cent, None when there is nothing to divide."""

    label: str
    held: int = 0
    cancelled: int = 0
    capacity: int = 0
    seats: int = 0
    gave_up: int = 0
    answers: int = 0
    satisfied: int = 0

    @property
    def fill_rate(self) -> Decimal | None:
        """Seats taken among those of the sessions that were held."""
        return share(self.seats, self.capacity)

    @property
    def cancellation_rate(self) -> Decimal | None:
        """Sessions called off among those that were announced."""
        return share(self.cancelled, self.held + self.cancelled)

    @property
    def satisfaction_rate(self) -> Decimal | None:
        """Satisfied answers to the hot survey among those that say it."""
        return share(self.satisfied, self.answers)


@dataclass(frozen=True)
class Year:
    months: Sequence[Figures]
    courses: Sequence[Figures]
    total: Figures


def figures_of(year: int) -> Year:
    """The sessions that begin in the year, by month and by course; four queries."""
    begins, ends = bounds_of_year(year)
    announced = Session.objects.filter(
        starts_at__gte=begins, starts_at__lt=ends, state__in=HELD | {SessionState.CANCELLED}
    )
    sessions = list(announced.select_related("course").order_by("course__title_key", "starts_at"))
    known = _Counted(sessions)
    by_month: dict[int, list[Session]] = defaultdict(list)
    by_course: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        by_month[session.first_day.month].append(session)
        by_course[session.course.title].append(session)
    return Year(
        [
            known.add_up(date_filter(date(year, month, 1), "F"), by_month[month])
            for month in range(1, 13)
        ],
        [known.add_up(title, some) for title, some in by_course.items()],
        known.add_up("Année", sessions),
    )


class _Counted:
    """People and answers of each session, counted once for all the sums."""

    def __init__(self, sessions: Iterable[Session]) -> None:
        keys = [session.pk for session in sessions]
        gone = Enrolment.objects.filter(session__in=keys, state__in=GAVE_UP).order_by()
        self.gave_up = dict(gone.values_list("session").annotate(Count("pk")))
        hot = Survey.objects.answered().filter(kind=SurveyKind.HOT, session__in=keys).order_by()
        rows = hot.values_list("session").annotate(
            answers=Count("rating"), satisfied=Count("pk", filter=Q(rating__gte=SATISFIED))
        )
        self.opinions = {session: (answers, satisfied) for session, answers, satisfied in rows}

    def add_up(self, label: str, sessions: Sequence[Session]) -> Figures:
        held = [session for session in sessions if session.state in HELD]
        opinions = [self.opinions.get(session.pk, (0, 0)) for session in held]
        return Figures(
            label,
            held=len(held),
            cancelled=len(sessions) - len(held),
            capacity=sum(session.capacity for session in held),
            seats=sum(session.seats_taken for session in held),
            gave_up=sum(self.gave_up.get(session.pk, 0) for session in held),
            answers=sum(answers for answers, _ in opinions),
            satisfied=sum(satisfied for _, satisfied in opinions),
        )
