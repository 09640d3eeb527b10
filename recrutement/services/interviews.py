"""Inviting somebody, changing what was planned, calling it off; each with its calendar file."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from recrutement import emails
from recrutement.enums import ApplicationState, InterviewKind
from recrutement.exceptions import InterviewClash, InterviewOver, PastDate
from recrutement.models import Application, Interview
from site_enys.exceptions import Refused
from site_enys.states import Actor
from site_enys.templatetags.typography import moment

from .agenda import refuse_clash, upcoming
from .lifecycle import LIFECYCLE


@dataclass(frozen=True)
class Plan:
    """When, how and where; `details` tells the methods beforehand (Code du travail, L1221-8)."""

    kind: InterviewKind
    starts_at: datetime
    minutes: int
    place: str
    details: str = ""

    def refuse_past(self, now: datetime) -> None:
        if self.starts_at <= now:
            raise PastDate(field="starts_at")


def invite(
    application: Application, plan: Plan, *, by: Actor, now: datetime, reason: str = ""
) -> Interview:
    """Plan an interview and write to the person; the first one changes the state.

    Two interviews at the same time for who receives, or for who comes, need a reason. Raises
    PastDate, InterviewClash, TransitionRefused.
    """
    plan.refuse_past(now)
    with transaction.atomic():
        locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        # A double click comes second, and finds what the first one has planned.
        if upcoming(locked, now).filter(starts_at=plan.starts_at).exists():
            raise InterviewClash("Cette personne a déjà un entretien à cette heure-là.")
        interview = Interview.objects.create(
            application=locked, created_at=now, created_by=by.user, **asdict(plan)
        )
        further = locked.state == ApplicationState.INTERVIEW
        journal = _journal("Entretien fixé", interview, reason)
        if further:
            forced = _is_forced(interview, reason)
            _record(interview, "interview_added", journal, by=by, now=now, forced=forced)
        else:
            forced = bool(reason.strip())
            LIFECYCLE.apply(locked, "invite", by=by, now=now, reason=journal, forced=forced)
        emails.invited(interview, further=further, now=now)
    application.refresh_from_db()
    return interview


def change(interview: Interview, plan: Plan, *, by: Actor, now: datetime, reason: str = "") -> None:
    """Give it other facts; the calendar of the person follows (RFC 5546, 3.2.2.1).

    Raises PastDate, InterviewClash, InterviewOver, or Refused when nothing would change.
    """
    plan.refuse_past(now)
    with transaction.atomic():
        locked = _locked(interview, now)
        if plan == plan_of(locked):
            raise Refused("Rien n’a changé\u00a0: aucun courriel n’est parti.")
        for name, value in asdict(plan).items():
            setattr(locked, name, value)
        locked.sequence += 1
        locked.save()
        journal = _journal("Entretien changé", locked, reason)
        forced = _is_forced(locked, reason)
        _record(locked, "interview_changed", journal, by=by, now=now, forced=forced)
        emails.interview_moved(locked, now=now)
    interview.refresh_from_db()


def call_off(
    interview: Interview, *, words: str, by: Actor, now: datetime, reason: str = ""
) -> None:
    """Cancel it and say so, with some words for the person; her application goes on.

    Raises InterviewOver.
    """
    with transaction.atomic():
        locked = _locked(interview, now)
        locked.cancelled_at = now
        locked.sequence += 1
        locked.save(update_fields=["cancelled_at", "sequence"])
        journal = _journal("Entretien annulé", locked, reason)
        _record(locked, "interview_cancelled", journal, by=by, now=now)
        emails.interview_called_off(locked, words=words.strip(), now=now)
    interview.refresh_from_db()


def refuse_over(interview: Interview, now: datetime) -> None:
    """Raise InterviewOver when it is past or called off."""
    if interview.cancelled_at or interview.starts_at <= now:
        raise InterviewOver


def plan_of(interview: Interview) -> Plan:
    return Plan(
        kind=InterviewKind(interview.kind),
        starts_at=interview.starts_at,
        minutes=interview.minutes,
        place=interview.place,
        details=interview.details,
    )


def _locked(interview: Interview, now: datetime) -> Interview:
    # The application first, as every decision does: two locks taken in turn never cross.
    Application.objects.select_for_update(of=("self",)).get(pk=interview.application_id)
    rows = Interview.objects.select_for_update(of=("self",)).select_related("application")
    locked = rows.get(pk=interview.pk)
    refuse_over(locked, now)
    return locked


def _is_forced(interview: Interview, reason: str) -> bool:
    """Whether it meets another one; raises InterviewClash when no reason sets that aside."""
    try:
        refuse_clash(interview)
    except InterviewClash:
        if not reason.strip():
            raise
        return True
    return False


def _record(
    interview: Interview, name: str, journal: str, *, by: Actor, now: datetime, forced: bool = False
) -> None:
    application = interview.application
    LIFECYCLE.record(
        application, application.state, name=name, by=by, now=now, reason=journal, forced=forced
    )


def _journal(what: str, interview: Interview, reason: str) -> str:
    return f"{what}\u00a0: {moment(interview.starts_at)}. {reason.strip()}".strip()
