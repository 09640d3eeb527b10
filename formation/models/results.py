"""What trainees have answered of a course: counted each time, never typed (indicator 2)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from formation.enums import SurveyKind

from .survey import SATISFIED, Survey

#: Under this number of answers, a rate says little, and might tell who said what.
FEW_ANSWERS = 5
#: One cycle of the quality certification: older answers speak of a course that has changed since.
COUNTED_OVER = timedelta(days=3 * 365 + 1)
#: Beyond, the page is no longer « actualisée » in the sense of indicator 2.
FRESH_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Results:
    """The figures of a course at an instant."""

    #: Questionnaires sent after its last half-day, and those that came back.
    asked: int = 0
    answers: int = 0
    satisfied: int = 0
    #: The sessions of those answers, and the days between which they were held.
    sessions: int = 0
    first_day: date | None = None
    last_day: date | None = None
    latest: datetime | None = None

    @property
    def are_enough(self) -> bool:
        return self.answers >= FEW_ANSWERS

    @property
    def rate(self) -> Decimal | None:
        """The share of satisfied answers, in percent to one decimal; None when too few."""
        return share(self.satisfied, self.answers) if self.are_enough else None

    @property
    def response_rate(self) -> Decimal | None:
        """The share of questionnaires that came back, in percent to one decimal."""
        return share(self.answers, self.asked)

    def are_old(self, now: datetime) -> bool:
        return self.latest is None or self.latest < now - FRESH_FOR


def share(part: int, whole: int) -> Decimal | None:
    """A percentage to one decimal; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def results_of(course: Any, now: datetime) -> Results:
    """The results of a course at `now`, by one query."""
    own = results_by_course(now, Q(session__course=course.pk))
    return own.get(course.pk, Results())


def results_by_course(now: datetime, only: Q | None = None) -> dict[int, Results]:
    """The results of each course that was asked about, by its key.

    Counted over the sessions that ended in the last three years, from the general question of the
    « à chaud » questionnaire: from 3 out of 4, somebody is satisfied.
    """
    answered = Q(rating__isnull=False, answered_at__lte=now)
    asked = Survey.objects.filter(
        only or Q(), kind=SurveyKind.HOT, session__ends_at__gt=now - COUNTED_OVER, sent_at__lte=now
    )
    rows = (
        asked.order_by()
        .values("session__course")
        .annotate(
            asked=Count("pk"),
            came_back=Count("pk", filter=answered),
            satisfied=Count("pk", filter=answered & Q(rating__gte=SATISFIED)),
            sessions=Count("session", distinct=True, filter=answered),
            starts=Min("session__starts_at", filter=answered),
            ends=Max("session__ends_at", filter=answered),
            latest=Max("answered_at", filter=answered),
        )
    )
    return {
        row["session__course"]: Results(
            asked=row["asked"],
            answers=row["came_back"],
            satisfied=row["satisfied"],
            sessions=row["sessions"],
            first_day=_day(row["starts"]),
            last_day=_day(row["ends"]),
            latest=row["latest"],
        )
        for row in rows
    }


def _day(instant: datetime | None) -> date | None:
    return timezone.localdate(instant) if instant else None
