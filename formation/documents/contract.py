"""The « contrat de formation » with a person who pays alone."""

from collections.abc import Sequence

from formation.enums import DocumentKind
from formation.models import Enrolment, EnrolmentRequest
from home.models import OrganisationSettings
from site_enys.templatetags.typography import euros

from . import parties
from .agreement import Signatory, changeable
from .annex import internal_rules, programme
from .cost import Cost, Instalment
from .issued import Draft, refuse_if_missing

TEMPLATE = "documents/contract.typ"


def contract(
    request: EnrolmentRequest,
    people: Sequence[Enrolment],
    signatory: Signatory,
    *,
    cost: Cost | None,
    instalments: Sequence[Instalment],
    withdrawal_days: int,
    organisation: OrganisationSettings,
) -> Draft:
    """Everything that articles L6353-3 to L6353-7 of the labour code want, on pain of nullity.

    `withdrawal_days` after the signature are those on which a withdrawal is still taken. Raises
    DocumentIncomplete, which names all that is not known yet.
    """
    session, course = request.session, request.session.course
    data = parties.teaching(session, organisation)
    refuse_if_missing(
        parties.wanted_of_firm(organisation)
        | parties.wanted_of_session(session, cost)
        | {
            f"les prérequis {parties.COURSE}": course.prerequisites,
            f"les moyens et supports {parties.COURSE}": course.resources,
            "les formateurs et leurs titres (page de la formation ou session)": data["trainers"],
            "le nom du signataire": signatory.name,
            "l’adresse du signataire": signatory.email,
        }
    )
    person = people[0]
    return Draft(
        kind=DocumentKind.CONTRACT,
        about=request,
        template=TEMPLATE,
        data=data
        | changeable(request, people, cost)
        | {
            "signatory": signatory.name,
            "client": [person.full_name, person.email],
            "reference": request.reference,
            "instalments": [[part.when, euros(part.amount)] for part in instalments],
            "withdrawal_days": withdrawal_days,
            "write_to": ", ".join(
                filter(None, (*data["letterhead"]["address"], organisation.email))
            ),
            "mediator": organisation.mediator,
            "programme": programme(session),
            "rules": internal_rules(course.catalogue),
        },
    )
