"""What may happen to an enrolment: the transition table, and the seats that follow it."""

from datetime import datetime

from django.db import transaction

from formation import emails
from formation.enums import BuyerType, EnrolmentState, SessionState
from formation.models import Enrolment, EnrolmentEvent
from site_enys.states import (
    Actor,
    Lifecycle,
    Role,
    StateEvent,
    Transition,
    TransitionRefused,
    states,
)

from . import seats

State = EnrolmentState


class EnrolmentLifecycle(Lifecycle):
    """A lifecycle in which every transition moves the session's counters with the state."""

    def apply(
        self, obj: Enrolment, name: str, *, by: Actor, now: datetime, reason: str = ""
    ) -> StateEvent:
        with transaction.atomic():
            seats.lock(obj.session_id)
            event = super().apply(obj, name, by=by, now=now, reason=reason)
            seats.follow(obj.session_id, event.from_state, event.to_state)
        return event


def session_is_alive(enrolment: Enrolment, now: datetime) -> None:
    del now
    if enrolment.session.state in {SessionState.CANCELLED, SessionState.COMPLETED}:
        raise TransitionRefused("La session est annulée ou terminée.")


def session_is_to_come(enrolment: Enrolment, now: datetime) -> None:
    session_is_alive(enrolment, now)
    session = enrolment.session
    # The dates of a postponed session are no longer dates.
    if session.state != SessionState.POSTPONED and session.starts_at and session.starts_at <= now:
        raise TransitionRefused("La session a déjà commencé.")


def company_agreement(enrolment: Enrolment, now: datetime) -> None:
    session_is_alive(enrolment, now)
    if enrolment.request.buyer_type != BuyerType.COMPANY:
        raise TransitionRefused("Un particulier signe d’abord un contrat.")


def individual_contract(enrolment: Enrolment, now: datetime) -> None:
    """Article L6353-3: the contract comes before the definitive enrolment."""
    session_is_alive(enrolment, now)
    if enrolment.request.buyer_type != BuyerType.INDIVIDUAL:
        raise TransitionRefused("Le contrat ne concerne que les particuliers.")


def first_with_a_seat(enrolment: Enrolment, now: datetime) -> None:
    session_is_to_come(enrolment, now)
    if enrolment.session.seats_left == 0:
        raise TransitionRefused("Il ne reste plus de place dans cette session.")
    if enrolment.waiting_rank > 1:
        raise TransitionRefused("Une autre personne est avant elle sur la liste d’attente.")


def not_enrolled_yet(enrolment: Enrolment, now: datetime) -> None:
    session_is_to_come(enrolment, now)
    live = Enrolment.objects.live().filter(session_id=enrolment.session_id)
    same = live.of_the_person(enrolment.email_key, enrolment.person_key)
    if same.exclude(pk=enrolment.pk).exists():
        raise TransitionRefused("Cette personne a déjà une inscription en cours pour la session.")


def recoverable_with_a_seat(enrolment: Enrolment, now: datetime) -> None:
    not_enrolled_yet(enrolment, now)
    session = enrolment.session
    if session.seats_left == 0 or session.waiting_count:
        raise TransitionRefused("La session est complète : mettez la personne sur la liste.")


def recoverable_on_the_list(enrolment: Enrolment, now: datetime) -> None:
    not_enrolled_yet(enrolment, now)
    session = enrolment.session
    if session.seats_left and not session.waiting_count:
        raise TransitionRefused("Il reste des places : comptez-en une.")


ENROLMENT_LIFECYCLE = EnrolmentLifecycle(
    event_model=EnrolmentEvent,
    transitions=(
        Transition(
            "promote",
            "Donner la place libérée",
            states(State.WAITLISTED),
            State.REQUESTED,
            guard=first_with_a_seat,
            message=emails.promoted,
        ),
        Transition(
            "confirm",
            "Confirmer l’inscription",
            states(State.REQUESTED),
            State.CONFIRMED,
            guard=company_agreement,
            message=emails.confirmed,
        ),
        Transition(
            "confirm_signed",
            "Confirmer (contrat signé, délai de rétractation passé)",
            states(State.REQUESTED),
            State.CONFIRMED,
            needs_reason=True,
            guard=individual_contract,
            message=emails.confirmed,
        ),
        Transition(
            "recover",
            "Ce n’est pas un robot\u00a0: compter une place",
            states(State.SET_ASIDE),
            State.REQUESTED,
            guard=recoverable_with_a_seat,
            message=emails.received,
        ),
        Transition(
            "recover_waiting",
            "Ce n’est pas un robot\u00a0: mettre sur la liste d’attente",
            states(State.SET_ASIDE),
            State.WAITLISTED,
            guard=recoverable_on_the_list,
            message=emails.received,
        ),
        Transition(
            "decline",
            "Refuser",
            states(State.REQUESTED, State.WAITLISTED),
            State.DECLINED,
            needs_reason=True,
            message=emails.declined,
        ),
        Transition(
            "discard",
            "Écarter sans répondre",
            states(State.SET_ASIDE),
            State.DECLINED,
        ),
        Transition(
            "withdraw",
            "Enregistrer le désistement",
            states(State.REQUESTED, State.WAITLISTED, State.CONFIRMED),
            State.WITHDRAWN,
            allowed_for=frozenset({Role.STAFF, Role.PERSON}),
            guard=session_is_to_come,
            message=emails.withdrawn,
        ),
        Transition(
            "cancel",
            "Annuler avec la session",
            states(State.REQUESTED, State.WAITLISTED, State.CONFIRMED),
            State.CANCELLED,
            allowed_for=frozenset({Role.SYSTEM}),
            message=emails.session_cancelled,
        ),
    ),
)
