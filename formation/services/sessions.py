"""What staff may decide about a session, with what each decision does to the people in it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import F

from formation import emails
from formation.enums import ENROLLING, DeliveryMode, SessionState
from formation.exceptions import HalfDaysSigned
from formation.models import Enrolment, Session, SessionEvent, TimeSlot
from site_enys.states import SYSTEM, Actor, Lifecycle, Transition, TransitionRefused, states

from . import closing, outdated, seats, trainers
from .attendance import OPENS_BEFORE, has_proofs
from .lifecycle import ENROLMENT_LIFECYCLE

State = SessionState


def can_be_published(session: Session, now: datetime) -> None:
    """Raise TransitionRefused unless people could be told where and when to come."""
    if session.starts_at is None:
        raise TransitionRefused("Indiquez d’abord au moins une demi-journée.")
    if session.starts_at <= now:
        raise TransitionRefused("Les dates de cette session sont passées.")
    if session.delivery_mode != DeliveryMode.ONLINE and session.venue_id is None:
        raise TransitionRefused("Indiquez d’abord le lieu.")
    if not session.course.live:
        raise TransitionRefused("Publiez d’abord la page de la formation.")


def has_nobody(session: Session, now: datetime) -> None:
    del now
    if session.seats_taken or session.waiting_count:
        raise TransitionRefused(
            "Des personnes sont inscrites\u00a0: annulez ou reportez la session."
        )


def has_ended(session: Session, now: datetime) -> None:
    if session.ends_at is None or session.ends_at > now:
        raise TransitionRefused("La session n’est pas encore finie.")


def has_not_ended(session: Session, now: datetime) -> None:
    # The dates of a postponed session are no longer dates.
    if session.state != State.POSTPONED and session.ends_at and session.ends_at <= now:
        raise TransitionRefused("La session est déjà finie.")


def can_be_called_off(session: Session, now: datetime) -> None:
    """Raise a refusal once it is over, or once somebody has a proof of having been there."""
    has_not_ended(session, now)
    # Nothing is signed before: the lists of what is to come need not look.
    begun = session.starts_at is not None and session.starts_at - OPENS_BEFORE <= now
    if begun and has_proofs(session.slots.all()):
        raise HalfDaysSigned(
            "Des demi-journées sont déjà émargées\u00a0: à la fin de la session, marquez-la "
            "terminée, et les heures suivies restent prouvées."
        )


def cancel_everybody(session: Session, now: datetime) -> None:
    """End every live enrolment, in the transaction of the session and under its lock."""
    outdated.not_held(session, now)
    ENROLMENT_LIFECYCLE.apply_all(_people_of(session), "cancel", by=SYSTEM, now=now)


def overlap(hours: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether somebody would have to be at two half-days at once; one may end as another begins."""
    return any(later[0] < earlier[1] for earlier, later in pairwise(sorted(hours)))


def refuse_unless_dates_may_change(session: Session) -> None:
    """Whatever the new dates. Raises HalfDaysSigned, or TransitionRefused in a state without."""
    if has_proofs(session.slots.all()):
        raise HalfDaysSigned
    SESSION_LIFECYCLE.refuse_unless_starts_from(session, "reschedule")


@transaction.atomic
def reschedule(
    session: Session, slots: Sequence[TimeSlot], *, by: Actor, now: datetime, reason: str = ""
) -> None:
    """Give the session other half-days, and tell everybody who is in it, with their calendars.

    `slots` are all the half-days of the session from now on. Raises TransitionRefused when they
    are those that it has, or when the session cannot be announced at these dates, and
    HalfDaysSigned when the former ones are proofs already.
    """
    locked = seats.lock(session.pk)
    former = list(locked.slots.order_by("starts_at"))
    refuse_unless_dates_may_change(locked)
    if not slots:
        raise TransitionRefused("Indiquez au moins une demi-journée.")
    if overlap(slot.hours for slot in slots):
        raise TransitionRefused("Deux demi-journées se chevauchent.")
    same = [slot.hours for slot in former] == sorted(slot.hours for slot in slots)
    if same and locked.state != State.POSTPONED:
        raise TransitionRefused(
            "Ce sont les dates actuelles\u00a0: changez au moins une demi-journée."
        )
    was_announced = locked.state in ENROLLING
    locked.slots = list(slots)
    locked.save()
    locked.refresh_from_db()
    SESSION_LIFECYCLE.apply(locked, "reschedule", by=by, now=now, reason=reason)
    # Calendars keep what nobody takes back: those of a postponed session have let all go already.
    dropped = list(enumerate(former, start=1))[len(slots) :] if was_announced else []
    for enrolment in _people_of(locked):
        emails.session_rescheduled(enrolment, dropped)
    emails.tell_buyers(_people_of(locked), "reschedule")
    trainers.tell(locked, "reschedule")
    session.refresh_from_db()


def start_afresh(session: Session, now: datetime) -> None:
    """New dates: everybody is convoked and reminded again, and the waiting list is served."""
    outdated.dates_changed(session, now)
    session.enrolments.update(convoked_at=None, reminded_at=None)
    ENROLMENT_LIFECYCLE.serve(session.pk, now)


def tell_everybody_postponed(session: Session) -> None:
    _tell(session, emails.session_postponed, "postpone")
    trainers.tell(session, "postpone")


def tell_trainers_cancelled(session: Session) -> None:
    trainers.tell(session, "cancel")


def new_version_for_calendars(session: Session, now: datetime) -> dict[str, Any]:
    del now
    return {"calendar_sequence": session.calendar_sequence + 1}


@transaction.atomic
def settle_after_edit(session: Session, before: Session, now: datetime) -> None:
    """Do what a saved form of the session calls for, to the people who are in it.

    Seats that were added go to the waiting list. A new place, or another way of being present,
    is told to everybody who is expected, and to their calendars.
    """
    ENROLMENT_LIFECYCLE.serve(session.pk, now)
    held = ("venue_id", "delivery_mode", "remote_details")
    if session.state in ENROLLING and any(
        getattr(session, name) != getattr(before, name) for name in held
    ):
        Session.objects.filter(pk=session.pk).update(calendar_sequence=F("calendar_sequence") + 1)
        outdated.place_changed(session, now)
        _tell(session, emails.session_moved, "move")


def _tell(session: Session, write: Callable[[Enrolment], None], news: str) -> None:
    people = _people_of(session)
    for enrolment in people:
        write(enrolment)
    emails.tell_buyers(people, news)


def _people_of(session: Session) -> list[Enrolment]:
    live = Enrolment.objects.live().filter(session=session)
    return list(live.select_related("request", "session__course", "session__venue").order_by("pk"))


SESSION_LIFECYCLE = Lifecycle(
    event_model=SessionEvent,
    transitions=(
        Transition(
            "publish",
            "Programmer la session",
            states(State.DRAFT),
            State.PUBLISHED,
            guard=can_be_published,
        ),
        Transition(
            "confirm",
            "Maintenir la session",
            states(State.PUBLISHED),
            State.CONFIRMED,
            guard=has_not_ended,
            message=trainers.tell_kept,
        ),
        Transition(
            "postpone",
            "Reporter à une date inconnue",
            states(State.PUBLISHED, State.CONFIRMED),
            State.POSTPONED,
            needs_reason=True,
            guard=can_be_called_off,
            sets=new_version_for_calendars,
            effect=outdated.not_held,
            message=tell_everybody_postponed,
        ),
        Transition(
            "reschedule",
            "Changer les dates",
            states(State.POSTPONED, State.PUBLISHED, State.CONFIRMED),
            State.PUBLISHED,
            needs_reason=True,
            guard=can_be_published,
            own_screen=True,
            sets=new_version_for_calendars,
            effect=start_afresh,
        ),
        Transition(
            "complete",
            "Marquer terminée",
            states(State.PUBLISHED, State.CONFIRMED),
            State.COMPLETED,
            guard=has_ended,
            caution=closing.attendance_is_complete,
            effect=closing.settle,
        ),
        Transition(
            "withdraw",
            "Remettre en brouillon",
            states(State.PUBLISHED),
            State.DRAFT,
            guard=has_nobody,
        ),
        Transition(
            "cancel",
            "Annuler la session et prévenir tout le monde",
            states(State.DRAFT, State.PUBLISHED, State.CONFIRMED, State.POSTPONED),
            State.CANCELLED,
            needs_reason=True,
            guard=can_be_called_off,
            sets=new_version_for_calendars,
            effect=cancel_everybody,
            message=tell_trainers_cancelled,
            takes_away=True,
        ),
    ),
)
