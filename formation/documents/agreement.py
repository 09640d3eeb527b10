"""The « convention de formation » with an employer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from formation.enums import DocumentKind, Funder
from formation.models import Enrolment, EnrolmentRequest
from home.models import OrganisationSettings

from . import parties
from .annex import internal_rules, programme
from .cost import Cost, cost_data
from .issued import Draft, refuse_if_missing

TEMPLATE = "documents/agreement.typ"


@dataclass(frozen=True)
class Signatory:
    """Who signs for the buyer."""

    name: str
    email: str


def agreement(
    request: EnrolmentRequest,
    people: Sequence[Enrolment],
    signatory: Signatory,
    cost: Cost | None,
    organisation: OrganisationSettings,
) -> Draft:
    """Everything that articles L6353-1 and D6353-1 of the labour code want.

    Raises DocumentIncomplete, which names all that is not known yet.
    """
    session = request.session
    refuse_if_missing(
        parties.wanted_of_firm(organisation)
        | parties.wanted_of_session(session, cost)
        | {
            "l’organisme client (fiche de la demande)": request.organisation,
            "le nom du signataire": signatory.name,
            "l’adresse du signataire": signatory.email,
        }
    )
    return Draft(
        kind=DocumentKind.AGREEMENT,
        about=request,
        template=TEMPLATE,
        data=parties.teaching(session, organisation)
        | changeable(request, people, cost)
        | {
            "client": parties.client(request, signatory.name),
            "signatory": signatory.name,
            "reference": request.reference,
            "order": request.order_reference,
            "funder": _funder(request),
            "conditions": parties.conditions(),
            "billing": ", ".join(filter(None, (request.billing_name, request.billing_email))),
            "programme": programme(session),
            "rules": internal_rules(session.course.catalogue),
        },
    )


def changeable(
    request: EnrolmentRequest, people: Sequence[Enrolment], cost: Cost | None
) -> dict[str, Any]:
    """What may change after the sending, so that the document no longer fits the request."""
    return parties.schedule(request.session) | {
        "trainees": parties.trainees(people),
        "enrolments": [person.pk for person in people],
        "cost": cost_data(cost) if cost else None,
    }


def _funder(request: EnrolmentRequest) -> str:
    """Who else pays, as far as the employer has said it."""
    if request.funder in {"", Funder.EMPLOYER}:
        return ""
    return request.funder_name or request.get_funder_display()
