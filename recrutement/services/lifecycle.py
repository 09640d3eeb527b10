"""The transition table of applications."""

from datetime import datetime
from typing import Any

from recrutement import emails
from recrutement.enums import ENDED, ONGOING, ApplicationState, OfferStatus
from recrutement.models import Application, ApplicationEvent
from site_enys.states import Lifecycle, Role, Transition, TransitionRefused, states

from .promises import renew_promise

State = ApplicationState


def _no_twin(application: Application, now: datetime) -> None:
    twins = Application.objects.of_person(application.email, application.offer).ongoing()
    twin = twins.exclude(pk=application.pk).first()
    if twin:
        raise TransitionRefused(
            f"Cette personne a déjà une candidature en cours\u00a0: {twin.reference}."
        )


def _offer_has_ended(application: Application, now: datetime) -> None:
    ended = (OfferStatus.FILLED, OfferStatus.CANCELLED)
    if application.offer is None or application.offer.status not in ended:
        raise TransitionRefused("L’offre n’est ni pourvue ni annulée.")


def _note_reading(application: Application, now: datetime) -> None:
    Application.objects.filter(pk=application.pk, first_read_at=None).update(first_read_at=now)


def _decided(application: Application, now: datetime) -> dict[str, Any]:
    return {"decided_at": now}


def _answered(application: Application, now: datetime) -> dict[str, Any]:
    """The first answer is what the published delay is counted to."""
    return {"first_answer_at": application.first_answer_at or now}


def _answered_and_decided(application: Application, now: datetime) -> dict[str, Any]:
    return _answered(application, now) | _decided(application, now)


def _undecided(application: Application, now: datetime) -> dict[str, Any]:
    return {"decided_at": None, "reject_reason": ""}


def _let_in(application: Application) -> None:
    emails.acknowledged(application)
    emails.staff_told(application)


LIFECYCLE = Lifecycle(
    ApplicationEvent,
    (
        Transition(
            "accept",
            "Accepter dans les candidatures",
            states(State.QUARANTINE),
            State.RECEIVED,
            guard=_no_twin,
            effect=renew_promise,
            message=_let_in,
        ),
        Transition(
            "discard",
            "Écarter comme indésirable",
            states(State.QUARANTINE),
            State.CLOSED,
            sets=_decided,
        ),
        Transition(
            "start_review",
            "Commencer l’étude",
            states(State.RECEIVED),
            State.REVIEWING,
            effect=_note_reading,
        ),
        Transition(
            "invite",
            "Inviter à un entretien",
            states(State.RECEIVED, State.REVIEWING),
            State.INTERVIEW,
            effect=_note_reading,
            message=emails.invited,
            sets=_answered,
        ),
        Transition(
            "propose",
            "Proposer le poste",
            states(State.REVIEWING, State.INTERVIEW),
            State.OFFERED,
            message=emails.proposed,
            sets=_answered,
        ),
        Transition(
            "hire",
            "Recruter",
            states(State.OFFERED),
            State.HIRED,
            sets=_answered_and_decided,
            message=emails.hired,
        ),
        Transition(
            "reject",
            "Ne pas retenir",
            states(ONGOING),
            State.REJECTED,
            needs_reason=True,
            effect=_note_reading,
            message=emails.rejected,
            sets=_answered_and_decided,
        ),
        Transition(
            "withdraw",
            "Retirer, à la demande de la personne",
            states(ONGOING),
            State.WITHDRAWN,
            allowed_for=frozenset({Role.STAFF, Role.PERSON}),
            message=emails.withdrawn,
            sets=_decided,
        ),
        Transition(
            "close",
            "Classer sans suite",
            states(ONGOING),
            State.CLOSED,
            guard=_offer_has_ended,
            message=emails.closed,
            sets=_answered_and_decided,
        ),
        Transition(
            "reopen",
            "Reprendre l’étude",
            states(ENDED) - {State.HIRED},
            State.REVIEWING,
            needs_reason=True,
            guard=_no_twin,
            sets=_undecided,
        ),
    ),
)
