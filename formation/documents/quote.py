"""The quote that an employer asks for before it commits itself."""

from collections.abc import Sequence
from datetime import date

from formation.enums import DocumentKind
from formation.models import Enrolment, EnrolmentRequest
from home.models import OrganisationSettings
from site_enys.templatetags.typography import long_date

from . import parties
from .agreement import changeable
from .annex import programme
from .cost import Cost
from .issued import Draft, refuse_if_missing

TEMPLATE = "documents/quote.typ"


def quote(
    request: EnrolmentRequest,
    people: Sequence[Enrolment],
    cost: Cost | None,
    valid_until: date,
    organisation: OrganisationSettings,
) -> Draft:
    """What it costs, and for what; raises DocumentIncomplete with all that is not known yet."""
    session = request.session
    refuse_if_missing(
        parties.wanted_of_firm(organisation) | parties.wanted_of_session(session, cost)
    )
    return Draft(
        kind=DocumentKind.QUOTE,
        about=request,
        template=TEMPLATE,
        data=parties.teaching(session, organisation)
        | changeable(request, people, cost)
        | {
            "client": parties.client(request, request.contact_name),
            "reference": request.reference,
            "valid_until": long_date(valid_until),
            "conditions": parties.conditions(),
            "programme": programme(session),
        },
    )
