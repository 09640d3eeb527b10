"""Whoever does not answer is reminded twice, then left in peace."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from formation import emails
from formation.exceptions import AlreadyAnswered, NoMoreReminders, SurveyClosed
from formation.models import Survey
from site_enys.exceptions import Refused

from .windows import closes_at, is_open

#: After the sending, whoever has not answered is reminded: twice, never more.
REMINDED_AFTER = (timedelta(days=4), timedelta(days=10))
#: A clock that was stopped for days does not send both reminders at once.
BETWEEN_REMINDERS = REMINDED_AFTER[1] - REMINDED_AFTER[0]


def remind_due(now: datetime) -> int:
    """Remind those who have not answered, when the day has come; return how many."""
    silent = Survey.objects.filter(
        answered_at=None,
        anonymised_at=None,
        reminders__lt=len(REMINDED_AFTER),
        sent_at__lte=now - REMINDED_AFTER[0],
    ).select_related("session", "enrolment", "request", "trainer")
    ready = [survey for survey in silent if reminder_is_due(survey, now) and is_open(survey, now)]
    return sum(remind_once(survey, now) for survey in ready)


def reminder_is_due(survey: Survey, now: datetime) -> bool:
    """Whether the next reminder of an unanswered survey may leave at `now`."""
    if survey.answered_at or survey.reminders >= len(REMINDED_AFTER):
        return False
    rested = survey.reminded_at is None or now >= survey.reminded_at + BETWEEN_REMINDERS
    return rested and now >= survey.sent_at + REMINDED_AFTER[survey.reminders]


def remind(survey: Survey, *, now: datetime) -> None:
    """Remind at once, because staff asks; it counts among the two.

    Raises AlreadyAnswered, SurveyClosed or NoMoreReminders.
    """
    if refusal := reminder_refusal(survey, now):
        raise refusal
    if not remind_once(survey, now):
        raise AlreadyAnswered


def reminder_refusal(survey: Survey, now: datetime) -> Refused | None:
    """Why staff cannot remind this respondent."""
    if survey.answered_at:
        return AlreadyAnswered()
    if not is_open(survey, now):
        return SurveyClosed("Ce questionnaire est clos, ou la personne n’a plus à y répondre.")
    return NoMoreReminders() if survey.reminders >= len(REMINDED_AFTER) else None


@transaction.atomic
def remind_once(survey: Survey, now: datetime) -> bool:
    """Once, whoever else is doing the same."""
    unmoved = Survey.objects.filter(pk=survey.pk, reminders=survey.reminders, answered_at=None)
    if not unmoved.update(reminders=F("reminders") + 1, reminded_at=now):
        return False
    survey.refresh_from_db()
    emails.survey_reminder(survey, closes_at(survey))
    return True
