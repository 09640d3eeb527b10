"""The day before which we have said that we would answer, and how well we keep our word."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median_high

from django.db import transaction

from recrutement import emails
from recrutement.enums import ONGOING
from recrutement.exceptions import PastDate, PromiseAlreadyExtended
from recrutement.models import (
    AnonymizedApplication,
    Application,
    ApplicationEvent,
    JobOfferPage,
    RecruitmentIndexPage,
)
from recrutement.opening import day_in_paris
from site_enys.months import bounds_of_day
from site_enys.states import Actor, TransitionRefused

Door = JobOfferPage | RecruitmentIndexPage
#: The name of the event of a promise that is extended.
EXTENSION = "extend_promise"
LONGEST_EXTENSION = timedelta(days=60)
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


def refuse_extension(application: Application) -> None:
    """Raise when there is no promise to extend, or when it has been extended already."""
    if application.state not in ONGOING:
        raise TransitionRefused("Cette candidature n’attend plus de réponse.")
    if ApplicationEvent.objects.filter(subject=application, transition=EXTENSION).exists():
        raise PromiseAlreadyExtended


def extend(
    application: Application, until: date, words: str, *, by: Actor, now: datetime, reason: str = ""
) -> None:
    """Promise a later day, once, and say so to the person with some words.

    Raises PromiseAlreadyExtended, PastDate, TransitionRefused.
    """
    today = day_in_paris(now)
    with transaction.atomic():
        locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        refuse_extension(locked)
        if until <= max(today, locked.answer_by):
            raise PastDate("Choisissez un jour plus éloigné que celui promis.", field="until")
        if until > today + LONGEST_EXTENSION:
            raise PastDate("Soixante jours au plus\u00a0: une personne attend.", field="until")
        before, locked.answer_by = locked.answer_by, until
        locked.save(update_fields=["answer_by"])
        journal = f"Réponse promise avant le {until:%d/%m/%Y} au lieu du {before:%d/%m/%Y}."
        ApplicationEvent.objects.create(
            subject=locked,
            at=now,
            transition=EXTENSION,
            from_state=locked.state,
            to_state=locked.state,
            role=by.role.value,
            user=by.user,
            reason=f"{journal} {reason}".strip(),
        )
        emails.delayed(locked, before=before, words=words.strip())
    application.refresh_from_db()


@dataclass(frozen=True)
class AnswerFigures:
    """Half of `count` answers to what was sent since `since` took `days` days or less."""

    days: int
    count: int
    since: date


def median_answer_days(now: datetime) -> int | None:
    """The days from sending to first answer that half of the answers did not exceed.

    Over twelve months, those erased since included; None with fewer than five answers. What the
    site answers by itself as a last resort is no answer.
    """
    figures = answer_figures(now)
    return figures.days if figures else None


def answer_figures(now: datetime) -> AnswerFigures | None:
    """The same with the number of answers and the first day of the period, in two queries."""
    today = day_in_paris(now)
    since = today.replace(year=today.year - 1, day=1)
    begins, _ = bounds_of_day(since)
    kept = Application.objects.filter(
        submitted_at__gte=begins, first_answer_at__gte=begins, synthetic=False
    ).values_list("submitted_at", "first_answer_at")
    erased = AnonymizedApplication.objects.filter(
        submitted_month__gte=since, days_to_answer__isnull=False
    ).values_list("days_to_answer", flat=True)
    days = [(day_in_paris(answer) - day_in_paris(sent)).days for sent, answer in kept if answer]
    days += [count for count in erased if count is not None]
    if len(days) < FEWEST_ANSWERS:
        return None
    return AnswerFigures(days=median_high(days), count=len(days), since=since)
