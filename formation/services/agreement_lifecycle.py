"""What may happen to an agreement; below the enrolments, whose departure may end it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from formation import emails
from formation.enums import AGREED_OR_ASKED, LIVE, AgreementState, SessionState
from formation.models import Agreement, AgreementEvent
from site_enys.links import revoke as close_links
from site_enys.states import SYSTEM, Lifecycle, Role, Transition, TransitionRefused, states

from .issue import revoke as revoke_document

State = AgreementState


def session_is_alive(agreement: Agreement, now: datetime) -> None:
    del now
    if agreement.request.session.state in {SessionState.CANCELLED, SessionState.COMPLETED}:
        raise TransitionRefused("La session est annulée ou terminée.")


def end_documents(agreement: Agreement, now: datetime) -> None:
    """Its text no longer counts, and its link opens nothing any more."""
    for document in (agreement.document, agreement.signed_copy):
        if document and document.is_in_force:
            revoke_document(document, now=now, reason="Annulé, sans être remplacé pour l’instant.")
    close_links(agreement)


def signed_now(agreement: Agreement, now: datetime) -> dict[str, Any]:
    del agreement
    return {"signed_at": now, "code_digest": ""}


AGREEMENT_LIFECYCLE = Lifecycle(
    event_model=AgreementEvent,
    transitions=(
        Transition(
            "sign",
            "Signer",
            states(State.SENT),
            State.SIGNED,
            allowed_for=frozenset({Role.PERSON}),
            guard=session_is_alive,
            sets=signed_now,
            own_screen=True,
        ),
        Transition(
            "sign_on_paper",
            "Joindre un exemplaire signé sur papier",
            states(State.SENT),
            State.SIGNED,
            sets=signed_now,
            own_screen=True,
        ),
        Transition(
            "replace",
            "Remplacer",
            states(State.SENT, State.SIGNED),
            State.REVOKED,
            effect=lambda agreement, now: close_links(agreement),
            own_screen=True,
        ),
        Transition(
            "revoke",
            "Annuler et prévenir le signataire",
            states(State.SENT, State.SIGNED),
            State.REVOKED,
            needs_reason=True,
            effect=end_documents,
            message=emails.agreement_revoked,
            takes_away=True,
        ),
        # Whoever leaves has been told already, and so has the buyer.
        Transition(
            "lapse",
            "Constater que la demande n’a plus personne",
            states(State.SENT, State.SIGNED),
            State.REVOKED,
            allowed_for=frozenset({Role.SYSTEM}),
            effect=end_documents,
        ),
    ),
)


def end_those_of_nobody(requests: Iterable[int], now: datetime) -> None:
    """Revoke the agreements of these requests in which nobody is left.

    Must run under the locks of their sessions.
    """
    asked = Agreement.objects.filter(request_id__in=set(requests), state__in=AGREED_OR_ASKED)
    for agreement in asked.exclude(request__enrolments__state__in=LIVE):
        AGREEMENT_LIFECYCLE.apply(agreement, "lapse", by=SYSTEM, now=now)


def signed_on(request_id: int, now: datetime) -> Any:
    """The day on which the contract of the request was signed; today when nothing else says so."""
    signed = Agreement.objects.filter(request_id=request_id, state=State.SIGNED)
    at = signed.values_list("signed_at", flat=True).first()
    return timezone.localdate(at or now)
