"""What staff may decide about a session, with what each decision does to the people in it."""

from datetime import datetime

from formation import emails
from formation.enums import DeliveryMode, SessionState
from formation.models import Enrolment, Session, SessionEvent
from site_enys.states import SYSTEM, Lifecycle, Transition, TransitionRefused, states

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
        raise TransitionRefused("Des personnes sont inscrites : annulez ou reportez la session.")


def has_ended(session: Session, now: datetime) -> None:
    if session.ends_at is None or session.ends_at > now:
        raise TransitionRefused("La session n’est pas encore finie.")


def has_not_ended(session: Session, now: datetime) -> None:
    # The dates of a postponed session are no longer dates.
    if session.state != State.POSTPONED and session.ends_at and session.ends_at <= now:
        raise TransitionRefused("La session est déjà finie.")


def cancel_everybody(session: Session, now: datetime) -> None:
    """End every live enrolment, in the transaction of the session and under its lock."""
    for enrolment in Enrolment.objects.live().filter(session=session).order_by("pk"):
        ENROLMENT_LIFECYCLE.apply(enrolment, "cancel", by=SYSTEM, now=now)


def tell_everybody_postponed(session: Session) -> None:
    for enrolment in _people_of(session):
        emails.session_postponed(enrolment)


def tell_everybody_new_dates(session: Session) -> None:
    for enrolment in _people_of(session):
        emails.session_rescheduled(enrolment)


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
        ),
        Transition(
            "postpone",
            "Reporter à une date inconnue",
            states(State.PUBLISHED, State.CONFIRMED),
            State.POSTPONED,
            needs_reason=True,
            guard=has_not_ended,
            message=tell_everybody_postponed,
        ),
        Transition(
            "reschedule",
            "Reprogrammer aux dates saisies",
            states(State.POSTPONED),
            State.PUBLISHED,
            guard=can_be_published,
            message=tell_everybody_new_dates,
        ),
        Transition(
            "complete",
            "Marquer terminée",
            states(State.PUBLISHED, State.CONFIRMED),
            State.COMPLETED,
            guard=has_ended,
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
            guard=has_not_ended,
            effect=cancel_everybody,
        ),
    ),
)
