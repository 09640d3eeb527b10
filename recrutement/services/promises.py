"""The day before which we have said that we would answer, and how well we keep our word."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median_high

from recrutement.models import (
    AnonymizedApplication,
    Application,
    JobOfferPage,
    RecruitmentIndexPage,
)
from recrutement.opening import day_in_paris, days_between
from site_enys.months import bounds_of_day

Door = JobOfferPage | RecruitmentIndexPage
#: Below, the median would say more about people than about us.
FEWEST_ANSWERS = 5


def promised_day(door: Door, now: datetime) -> date:
    """The last day of the delay that the page one applies through promises."""
    return day_in_paris(now) + timedelta(days=door.answer_by_days)


def renew_promise(application: Application, now: datetime) -> None:
    """Count the delay from now: the person hears of us only now."""
    door = application.offer or RecruitmentIndexPage.objects.first()
    if door:
        application.answer_by = promised_day(door, now)
        application.save(update_fields=["answer_by"])


@dataclass(frozen=True)
class AnswerFigures:
    """Half of `count` answers to what was sent since `since` took `days` days or less."""

    days: int
    count: int
    since: date


def answer_figures(now: datetime) -> AnswerFigures | None:
    """The days from sending to first answer that half of the answers did not exceed.

    Over twelve months, those erased since included, in two queries; None with fewer than five
    answers. What the site answers by itself as a last resort is no answer.
    """
    today = day_in_paris(now)
    since = today.replace(year=today.year - 1, day=1)
    begins, _ = bounds_of_day(since)
    kept = Application.objects.filter(
        submitted_at__gte=begins, first_answer_at__gte=begins, synthetic=False
    ).values_list("submitted_at", "first_answer_at")
    erased = AnonymizedApplication.objects.filter(
        submitted_month__gte=since, days_to_answer__isnull=False
    ).values_list("days_to_answer", flat=True)
    days = [days_between(sent, answer) for sent, answer in kept if answer]
    days += [count for count in erased if count is not None]
    if len(days) < FEWEST_ANSWERS:
        return None
    return AnswerFigures(days=median_high(days), count=len(days), since=since)
