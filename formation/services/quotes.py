"""The quote of an employer's request."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from formation import emails
from formation.documents.issued import Draft
from formation.documents.quote import quote
from formation.enums import BuyerType
from formation.exceptions import NobodyToAgreeFor, OnlyForCompanies
from formation.models import EnrolmentRequest, IssuedDocument, Session
from home.models import OrganisationSettings
from site_enys.states import Actor

from . import seats
from .agreements import people_of
from .availability import refuse_unless_decided_to_hold
from .issue import files_taken_back, issue
from .pricing import cost_of

QUOTE_STANDS = timedelta(days=30)


def quote_of(request: EnrolmentRequest, organisation: OrganisationSettings, now: datetime) -> Draft:
    """The quote as it would be issued now.

    Raises OnlyForCompanies, NobodyToAgreeFor, an EnrolmentRefused when the session is not held,
    or DocumentIncomplete.
    """
    if request.buyer_type != BuyerType.COMPANY:
        raise OnlyForCompanies
    refuse_unless_decided_to_hold(request.session)
    people = people_of(request)
    if not people:
        raise NobodyToAgreeFor
    cost = cost_of(request.session, len(people))
    return quote(request, people, cost, stands_until(request.session, now), organisation)


def stands_until(session: Session, now: datetime) -> date:
    """A month, and never beyond the first day of the session."""
    month = timezone.localdate(now) + QUOTE_STANDS
    first_day = session.first_day
    return min(month, first_day) if first_day else month


def send_quote(
    request: EnrolmentRequest, organisation: OrganisationSettings, *, by: Actor, now: datetime
) -> IssuedDocument:
    """Issue the quote, which replaces the former, and write to the contact.

    Raises as `quote_of`.
    """
    with files_taken_back(), transaction.atomic():
        seats.lock(request.session_id)
        request = EnrolmentRequest.objects.select_related("session__course").get(pk=request.pk)
        document = issue(quote_of(request, organisation, now), by=by, now=now)
        emails.quote_sent(request, document)
    return document
