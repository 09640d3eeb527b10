"""What may happen to an enrolment: the transition table, and the seats that follow it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from formation import emails
from formation.enums import ENROLLING, FIRM, LIVE, BuyerType, EnrolmentState, SessionState
from formation.models import Enrolment, EnrolmentEvent
from site_enys.states import (
    SYSTEM,
    Actor,
    Lifecycle,
    Role,
    StateEvent,
    Transition,
    TransitionRefused,
    states,
)

from . import outdated, seats, waiting_list
from .agreement_lifecycle import end_those_of_nobody, signed_on
from .withdrawal import withdrawal_ends_on

State = EnrolmentState
STAFF_AND_PERSON = frozenset({Role.STAFF, Role.PERSON})
#: What a signed agreement does by itself, and staff when it was signed on paper.
STAFF_AND_SITE = frozenset({Role.STAFF, Role.SYSTEM})


class EnrolmentLifecycle(Lifecycle):
    """A lifecycle in which seats, waiting list and buyers follow every transition.

    The counters of the session move with the state, a freed seat is offered to the list, documents
    that have become false are revoked, and the buyer of several people is told once: all in the
    transaction of the change.
    """

    def apply(
        self,
        obj: Enrolment,
        name: str,
        *,
        by: Actor,
        now: datetime,
        reason: str = "",
        forced: bool = False,
    ) -> StateEvent:
        [event] = self.apply_all([obj], name, by=by, now=now, reason=reason, forced=forced)
        return event

    def apply_all(
        self, people: Sequence[Enrolment], name: str, *, by: Actor, now: datetime, **options: Any
    ) -> list[StateEvent]:
        """`apply` to all of them or to none."""
        with transaction.atomic():
            sessions = sorted({enrolment.session_id for enrolment in people})
            for session_id in sessions:
                seats.lock(session_id)
            events = self._move(people, name, by=by, now=now, **options)
            end_those_of_nobody((one.request_id for one in people if one.state not in LIVE), now)
            for session_id in sessions:
                self.serve(session_id, now)
        return events

    def serve(self, session_id: int, now: datetime) -> None:
        """Offer the free seats of the session to its waiting list, under its lock."""
        chosen = waiting_list.next_offers(seats.lock(session_id), now)
        self._move(chosen, "offer", by=SYSTEM, now=now)

    def replace(
        self, enrolment: Enrolment, name: str, *, by: Actor, now: datetime, reason: str = ""
    ) -> StateEvent:
        """Apply a transition whose seat or rank another enrolment takes over as it is."""
        event = super().apply(enrolment, name, by=by, now=now, reason=reason)
        outdated.moved(enrolment, event.from_state, event.to_state, now)
        return event

    def _move(
        self, people: Sequence[Enrolment], name: str, *, by: Actor, now: datetime, **options: Any
    ) -> list[StateEvent]:
        events = []
        for enrolment in people:
            event = super().apply(enrolment, name, by=by, now=now, **options)
            seats.follow(enrolment.session_id, event.from_state, event.to_state)
            outdated.moved(enrolment, event.from_state, event.to_state, now)
            emails.tell_staff(enrolment, name, by)
            events.append(event)
        emails.tell_buyers(people, name)
        return events


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


def bought_by_a_company(enrolment: Enrolment, now: datetime) -> None:
    session_is_alive(enrolment, now)
    if enrolment.request.buyer_type != BuyerType.COMPANY:
        raise TransitionRefused("Un particulier signe d’abord un contrat.")


def bought_by_an_individual(enrolment: Enrolment, now: datetime) -> None:
    session_is_alive(enrolment, now)
    if enrolment.request.buyer_type != BuyerType.INDIVIDUAL:
        raise TransitionRefused("Le contrat ne concerne que les particuliers.")


def with_a_free_seat(enrolment: Enrolment, now: datetime) -> None:
    session_is_to_come(enrolment, now)
    if enrolment.session.state not in ENROLLING:
        raise TransitionRefused("La session n’est pas programmée.")
    if enrolment.session.seats_left == 0:
        raise TransitionRefused("Il ne reste plus de place dans cette session.")


def in_its_turn(enrolment: Enrolment, now: datetime) -> None:
    session = enrolment.session
    if stopped := waiting_list.hands_off(session, now):
        raise TransitionRefused(stopped)
    if enrolment not in waiting_list.next_offers(session, now):
        raise TransitionRefused("Ce n’est pas son tour sur la liste d’attente.")


def offer_stands(enrolment: Enrolment, now: datetime) -> None:
    session_is_to_come(enrolment, now)
    until = enrolment.offer_expires_at
    if until is None or until <= now:
        raise TransitionRefused(
            "Cette place n’est plus gardée\u00a0: le délai pour répondre est passé."
        )


def offer_is_over(enrolment: Enrolment, now: datetime) -> None:
    if enrolment.offer_expires_at and enrolment.offer_expires_at > now:
        raise TransitionRefused("La place est encore gardée pour cette personne.")


def withdrawal_period_is_over(enrolment: Enrolment, now: datetime) -> None:
    """Article L6353-5: until then the person may go back, and nothing is definitive."""
    last_day = enrolment.withdrawal_ends_on
    if last_day is None or timezone.localdate(now) <= last_day:
        raise TransitionRefused("Le délai de rétractation court encore.")


def withdrawal_period_runs(enrolment: Enrolment, now: datetime) -> None:
    last_day = enrolment.withdrawal_ends_on
    if last_day and timezone.localdate(now) > last_day:
        raise TransitionRefused("Le délai de rétractation est passé.")


def replaceable(enrolment: Enrolment, now: datetime) -> None:
    session_is_to_come(enrolment, now)
    if enrolment.request.buyer_type != BuyerType.COMPANY:
        raise TransitionRefused("Seule une entreprise peut envoyer quelqu’un d’autre à la place.")


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
        raise TransitionRefused("La session est complète\u00a0: mettez la personne sur la liste.")


def recoverable_on_the_list(enrolment: Enrolment, now: datetime) -> None:
    not_enrolled_yet(enrolment, now)
    session = enrolment.session
    if session.seats_left and not session.waiting_count:
        raise TransitionRefused("Il reste des places\u00a0: comptez-en une.")


def offer_deadline(enrolment: Enrolment, now: datetime) -> dict[str, Any]:
    return {
        "offer_expires_at": waiting_list.offer_expires_at(enrolment.session, now),
        "offer_reminded_at": None,
    }


def contract_dates(enrolment: Enrolment, now: datetime) -> dict[str, Any]:
    day = signed_on(enrolment.request_id, now)
    return {"contract_signed_on": day, "withdrawal_ends_on": withdrawal_ends_on(day)}


ENROLMENT_LIFECYCLE = EnrolmentLifecycle(
    event_model=EnrolmentEvent,
    transitions=(
        Transition(
            "offer",
            "Proposer une place",
            states(State.WAITLISTED),
            State.OFFERED,
            allowed_for=STAFF_AND_SITE,
            guard=with_a_free_seat,
            caution=in_its_turn,
            sets=offer_deadline,
            message=emails.offered,
        ),
        Transition(
            "accept_offer",
            "Accepter la place proposée",
            states(State.OFFERED),
            State.REQUESTED,
            allowed_for=STAFF_AND_PERSON,
            guard=offer_stands,
            message=emails.offer_accepted,
        ),
        Transition(
            "decline_offer",
            "Laisser la place proposée",
            states(State.OFFERED),
            State.WITHDRAWN,
            allowed_for=STAFF_AND_PERSON,
            message=emails.withdrawn,
        ),
        Transition(
            "expire",
            "Constater que la proposition est restée sans réponse",
            states(State.OFFERED),
            State.EXPIRED,
            allowed_for=frozenset({Role.SYSTEM}),
            guard=offer_is_over,
            message=emails.offer_expired,
        ),
        Transition(
            "accept",
            "Accepter la demande et préparer la convention ou le contrat",
            states(State.REQUESTED),
            State.PENDING_AGREEMENT,
            guard=session_is_to_come,
            message=emails.accepted,
        ),
        Transition(
            "confirm",
            "Convention signée ou commande reçue\u00a0: confirmer",
            states(State.PENDING_AGREEMENT),
            State.CONFIRMED,
            allowed_for=STAFF_AND_SITE,
            guard=bought_by_a_company,
            message=emails.confirmed,
        ),
        Transition(
            "confirm_directly",
            "Confirmer sans attendre la convention",
            states(State.REQUESTED),
            State.CONFIRMED,
            needs_reason=True,
            guard=bought_by_a_company,
            message=emails.confirmed,
        ),
        Transition(
            "sign_contract",
            "Contrat signé aujourd’hui\u00a0: ouvrir le délai de rétractation",
            states(State.PENDING_AGREEMENT),
            State.WITHDRAWAL_PERIOD,
            allowed_for=STAFF_AND_SITE,
            guard=bought_by_an_individual,
            sets=contract_dates,
            message=emails.contract_signed,
        ),
        Transition(
            "end_withdrawal_period",
            "Constater la fin du délai de rétractation",
            states(State.WITHDRAWAL_PERIOD),
            State.CONFIRMED,
            allowed_for=frozenset({Role.SYSTEM}),
            guard=withdrawal_period_is_over,
            message=emails.confirmed,
        ),
        Transition(
            "retract",
            "Enregistrer la rétractation",
            states(State.WITHDRAWAL_PERIOD),
            State.RETRACTED,
            allowed_for=STAFF_AND_PERSON,
            guard=withdrawal_period_runs,
            message=emails.retracted,
        ),
        Transition(
            "reopen",
            "Remettre à l’étude",
            states(State.PENDING_AGREEMENT, State.CONFIRMED),
            State.REQUESTED,
            needs_reason=True,
            guard=session_is_to_come,
            message=emails.reopened,
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
            states(State.REQUESTED, State.WAITLISTED, State.OFFERED, State.PENDING_AGREEMENT),
            State.DECLINED,
            needs_reason=True,
            message=emails.declined,
            takes_away=True,
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
            states(State.REQUESTED, State.WAITLISTED, State.PENDING_AGREEMENT, State.CONFIRMED),
            State.WITHDRAWN,
            allowed_for=STAFF_AND_PERSON,
            guard=session_is_to_come,
            message=emails.withdrawn,
        ),
        Transition(
            "transfer",
            "Reporter sur une autre session",
            states(State.REQUESTED, State.WAITLISTED, State.PENDING_AGREEMENT, State.CONFIRMED),
            State.TRANSFERRED,
            allowed_for=STAFF_AND_PERSON,
            guard=session_is_to_come,
            own_screen=True,
        ),
        Transition(
            "substitute",
            "Remplacer par un collègue",
            states(State.REQUESTED, State.WAITLISTED, State.PENDING_AGREEMENT, State.CONFIRMED),
            State.SUBSTITUTED,
            allowed_for=STAFF_AND_PERSON,
            guard=replaceable,
            own_screen=True,
        ),
        # Attendance decides: `services.closing` counts it, and counts again after a correction.
        Transition(
            "attend",
            "Constater que la formation a été suivie",
            FIRM - {State.ATTENDED},
            State.ATTENDED,
            allowed_for=frozenset({Role.SYSTEM}),
        ),
        Transition(
            "attend_partly",
            "Constater que la formation a été suivie en partie",
            FIRM - {State.PARTLY_ATTENDED},
            State.PARTLY_ATTENDED,
            allowed_for=frozenset({Role.SYSTEM}),
        ),
        Transition(
            "miss",
            "Constater l’absence",
            FIRM - {State.NO_SHOW},
            State.NO_SHOW,
            allowed_for=frozenset({Role.SYSTEM}),
        ),
        Transition(
            "cancel",
            "Annuler avec la session",
            states(
                State.REQUESTED,
                State.WAITLISTED,
                State.OFFERED,
                State.PENDING_AGREEMENT,
                State.WITHDRAWAL_PERIOD,
                State.CONFIRMED,
            ),
            State.CANCELLED,
            allowed_for=frozenset({Role.SYSTEM}),
            message=emails.session_cancelled,
        ),
    ),
)
