"""The transition table of applications.

`invite`, `propose` and `reject` need more than a reason: `interviews.py` and `decisions.py` call
them and write their e-mails.
"""

from datetime import datetime
from typing import Any

from recrutement import emails
from recrutement.enums import ENDED, ONGOING, ApplicationState, OfferStatus
from recrutement.models import Application, ApplicationEvent, PoolConsent, RecruitmentSettings
from site_enys.french import plural
from site_enys.states import Lifecycle, Role, Transition, TransitionRefused, states

from .agenda import call_off_upcoming, clash_of
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


def _still_kept(application: Application, now: datetime) -> None:
    """What is about to be erased is not taken up again, unless the person is in the pool."""
    decided = application.decided_at
    if decided is None or now < decided + RecruitmentSettings.load().kept_for:
        return
    if not PoolConsent.objects.active(now).filter(application=application).exists():
        raise TransitionRefused(
            "Le délai de conservation est passé\u00a0: cette candidature doit être effacée."
        )


def _may_reopen(application: Application, now: datetime) -> None:
    _no_twin(application, now)
    _still_kept(application, now)


def _seats_left(application: Application, now: datetime) -> None:
    """A custom: nobody is hired beyond the posts that the offer announced."""
    offer = application.offer
    if offer is None:
        return
    hired = offer.applications.filter(state=State.HIRED).count()
    if hired >= offer.positions:
        raise TransitionRefused(
            f"Cette offre annonce {plural(offer.positions, 'poste')}, et autant de personnes "
            "sont déjà recrutées."
        )


def _nothing_proposed(application: Application, now: datetime) -> None:
    """A custom: an offer of contract is not taken back lightly (Cass. soc., 21 sept. 2017)."""
    if application.state == State.OFFERED:
        raise TransitionRefused(
            "Le poste a été proposé par écrit à cette personne\u00a0: retirer une offre de "
            "contrat avant la fin du délai laissé peut engager la structure."
        )


def _read(application: Application, now: datetime) -> dict[str, Any]:
    return {"first_read_at": application.first_read_at or now}


def _decided(application: Application, now: datetime) -> dict[str, Any]:
    return {"decided_at": now}


def _answered(application: Application, now: datetime) -> dict[str, Any]:
    """The first answer is what the published delay is counted to."""
    first = application.first_answer_at or now
    return _read(application, now) | {"first_answer_at": first}


def _answered_and_decided(application: Application, now: datetime) -> dict[str, Any]:
    return _answered(application, now) | _decided(application, now)


def _closed(application: Application, now: datetime) -> dict[str, Any]:
    """Answered, but perhaps unread: an offer that ends is no assessment."""
    first = application.first_answer_at or now
    return _decided(application, now) | {"first_answer_at": first}


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
            sets=_read,
        ),
        Transition(
            "invite",
            "Inviter à un entretien",
            states(State.RECEIVED, State.REVIEWING),
            State.INTERVIEW,
            caution=clash_of,
            sets=_answered,
            own_screen=True,
        ),
        Transition(
            "propose",
            "Proposer le poste",
            states(State.REVIEWING, State.INTERVIEW),
            State.OFFERED,
            sets=_answered,
            own_screen=True,
        ),
        Transition(
            "hire",
            "Recruter",
            states(State.OFFERED),
            State.HIRED,
            caution=_seats_left,
            sets=_answered_and_decided,
            effect=call_off_upcoming,
            message=emails.hired,
        ),
        Transition(
            "reject",
            "Ne pas retenir",
            states(ONGOING),
            State.REJECTED,
            caution=_nothing_proposed,
            sets=_answered_and_decided,
            effect=call_off_upcoming,
            own_screen=True,
        ),
        Transition(
            "withdraw",
            "Retirer, à la demande de la personne",
            states(ONGOING),
            State.WITHDRAWN,
            allowed_for=frozenset({Role.STAFF, Role.PERSON}),
            sets=_decided,
            effect=call_off_upcoming,
            message=emails.withdrawn,
        ),
        Transition(
            "close",
            "Classer sans suite",
            states(ONGOING),
            State.CLOSED,
            guard=_offer_has_ended,
            sets=_closed,
            effect=call_off_upcoming,
            message=emails.closed,
        ),
        Transition(
            "reopen",
            "Reprendre l’étude",
            states(ENDED) - {State.HIRED},
            State.REVIEWING,
            needs_reason=True,
            guard=_may_reopen,
            sets=_undecided,
            effect=renew_promise,
        ),
    ),
)
