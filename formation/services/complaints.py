"""Complaints: how they come in, how we answer, and how long it takes (indicators 31 and 32)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from formation import emails
from formation.enums import UNANSWERED, ComplaintChannel, ComplaintState
from formation.models import Complaint, ComplaintEvent, ImprovementAction, Session
from site_enys.states import PERSON, Actor, Lifecycle, Transition, TransitionRefused, states

from .references import next_reference

State = ComplaintState

#: How references begin: « R-2027-0001 ».
PREFIX = "R"
#: In days: what the page, the acknowledgement and the register announce and hold us to.
ANSWERED_WITHIN = 30
#: The measured delay is published from this number of answers on, over the last year.
ENOUGH_ANSWERS = 3
MEASURED_OVER = timedelta(days=365)
#: What the author of a complaint says of it.
ANSWERS = ("author_kind", "author_name", "author_email", "author_phone", "subject", "text")


@dataclass(frozen=True)
class Arrival:
    """By what way a complaint came, and what was read before it was sent."""

    channel: str = ComplaintChannel.FORM
    notice_version: str = ""
    notice_shown_at: datetime | None = None
    quarantined: bool = False
    by: Actor = PERSON
    #: The day on which a letter or a call came, when it is written down later.
    received_at: datetime | None = None


@transaction.atomic
def receive(
    answers: Mapping[str, str],
    now: datetime,
    *,
    session: Session | None = None,
    arrival: Arrival = Arrival(),
) -> Complaint:
    """Write a complaint in the register, acknowledge it and tell the team.

    `answers` are those of ANSWERS. A quarantined one is kept, and no e-mail leaves before a
    person has read it.
    """
    state = State.SET_ASIDE if arrival.quarantined else State.RECEIVED
    complaint = Complaint.objects.create(
        **{name: answers[name] for name in ANSWERS},
        reference=next_reference(now, PREFIX),
        channel=arrival.channel,
        session=session,
        notice_version=arrival.notice_version,
        notice_shown_at=arrival.notice_shown_at,
        state=state,
        state_changed_at=now,
        received_at=arrival.received_at or now,
    )
    COMPLAINT_LIFECYCLE.record(complaint, state, name="receive", by=arrival.by, now=now)
    if not arrival.quarantined:
        if complaint.author_email:
            complaint.acknowledged_at = now
            complaint.save(update_fields=["acknowledged_at"])
        announce(complaint)
    return complaint


def announce(complaint: Complaint) -> None:
    """Queue what a genuine complaint sets off."""
    emails.complaint_received(complaint, ANSWERED_WITHIN)
    emails.complaint_for_staff(complaint)


@transaction.atomic
def answer(complaint: Complaint, text: str, *, root_cause: str, by: Actor, now: datetime) -> None:
    """Send our answer and keep it, with the cause that was found.

    Raises TransitionRefused when the complaint does not wait for an answer, or when it is empty.
    """
    if not text.strip():
        raise TransitionRefused("Écrivez d’abord la réponse.", field="answer")
    Complaint.objects.filter(pk=complaint.pk).update(answer=text, root_cause=root_cause)
    # Locks the row; refused, it takes the text back with it.
    COMPLAINT_LIFECYCLE.apply(complaint, "answer", by=by, now=now)


def acknowledged(complaint: Complaint, now: datetime) -> dict[str, Any]:
    return {"acknowledged_at": complaint.acknowledged_at or now}


def acknowledged_by_mail(complaint: Complaint, now: datetime) -> dict[str, Any]:
    return acknowledged(complaint, now) if complaint.author_email else {}


COMPLAINT_LIFECYCLE = Lifecycle(
    event_model=ComplaintEvent,
    transitions=(
        Transition(
            "recover",
            "Ce n’est pas un robot\u00a0: recevoir la réclamation",
            states(State.SET_ASIDE),
            State.RECEIVED,
            sets=acknowledged_by_mail,
            message=announce,
        ),
        Transition(
            "discard",
            "Écarter sans répondre",
            states(State.SET_ASIDE),
            State.DISCARDED,
        ),
        Transition(
            "acknowledge",
            "Prendre en charge",
            states(State.RECEIVED),
            State.ACKNOWLEDGED,
            sets=acknowledged,
        ),
        Transition(
            "answer",
            "Répondre",
            UNANSWERED,
            State.ANSWERED,
            sets=lambda complaint, now: acknowledged(complaint, now) | {"answered_at": now},
            message=emails.complaint_answered,
            own_screen=True,
        ),
        Transition(
            "close",
            "Clore",
            states(State.ANSWERED),
            State.CLOSED,
        ),
        # The answer did not settle it: the delay runs again from the first day.
        Transition(
            "reopen",
            "Reprendre l’examen",
            states(State.ANSWERED, State.CLOSED),
            State.ACKNOWLEDGED,
            needs_reason=True,
            sets=lambda complaint, now: {"answered_at": None},
        ),
    ),
)


# -- Delays -------------------------------------------------------------------------------------


def due_on(complaint: Complaint) -> date:
    """The last day on which we said that we would answer."""
    return timezone.localdate(complaint.received_at) + timedelta(days=ANSWERED_WITHIN)


def delay_days(complaint: Complaint, now: datetime) -> int:
    """Whole days, by the calendar, from the complaint to our answer, or until now."""
    until = complaint.answered_at or now
    return (timezone.localdate(until) - timezone.localdate(complaint.received_at)).days


def is_late(complaint: Complaint, now: datetime) -> bool:
    return complaint.state in UNANSWERED and timezone.localdate(now) > due_on(complaint)


def unanswered() -> QuerySet[Complaint]:
    """Those that wait for our answer, the oldest first."""
    return Complaint.objects.filter(state__in=UNANSWERED).order_by("received_at", "pk")


def late(now: datetime) -> list[Complaint]:
    return [complaint for complaint in unanswered() if is_late(complaint, now)]


def median_delay(now: datetime) -> int | None:
    """In days, over the answers of the last year; None when they are too few to say anything."""
    answered = Complaint.objects.filter(answered_at__gt=now - MEASURED_OVER, answered_at__lte=now)
    delays = [delay_days(complaint, now) for complaint in answered]
    # Half a day more is announced as a day more.
    return -int(-median(delays) // 1) if len(delays) >= ENOUGH_ANSWERS else None


def late_actions(now: datetime) -> QuerySet[ImprovementAction]:
    """Improvement actions whose day has passed and that are not done."""
    return ImprovementAction.objects.filter(
        due_on__lt=timezone.localdate(now), done_on=None
    ).order_by("due_on", "pk")
