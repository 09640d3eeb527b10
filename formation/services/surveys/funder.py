"""The questionnaire of who paid: only staff knows the address."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from formation import emails
from formation.enums import BuyerType, SurveyKind
from formation.exceptions import AlreadyAnswered, SurveyClosed
from formation.models import EnrolmentRequest, Session, Survey
from formation.services import seats
from site_enys.exceptions import Refused

from .sending import sent_of
from .windows import closes_at, opened


@transaction.atomic
def ask_funder(request: EnrolmentRequest, address: str, *, now: datetime) -> Survey:
    """Write to who paid for this request, at the address that staff gives.

    Another address, as long as nobody has answered, closes the first link. Raises SurveyClosed
    outside the weeks when the question makes sense, AlreadyAnswered afterwards.
    """
    seats.lock(request.session_id)
    if refusal := funder_refusal(request, now):
        raise refusal
    survey = _of_funder(request)
    if survey.pk:
        survey.link_nonce, survey.reminders, survey.reminded_at = uuid.uuid4(), 0, None
    survey.email, survey.sent_at = address, now
    survey.save()
    emails.survey(survey, closes_at(survey))
    return survey


def funder_refusal(request: EnrolmentRequest, now: datetime) -> Refused | None:
    """Why the funder of this request cannot be asked at `now`."""
    survey = _of_funder(request)
    if survey.answered_at:
        return AlreadyAnswered()
    if not opened(survey, now):
        return SurveyClosed(
            "Le financeur est interrogé après la session, et dans les trois mois qui la suivent."
        )
    return None


def fundable(session: Session, now: datetime) -> QuerySet[EnrolmentRequest]:
    """The requests of employers whose funder may be written to at `now`."""
    answered = sent_of(SurveyKind.FUNDER).answered().filter(request=OuterRef("pk"))
    requests = EnrolmentRequest.objects.filter(session=session, buyer_type=BuyerType.COMPANY)
    if not opened(Survey(kind=SurveyKind.FUNDER, session=session), now):
        return requests.none()
    return requests.exclude(Exists(answered)).order_by("pk")


def _of_funder(request: EnrolmentRequest) -> Survey:
    """The funder's questionnaire, not saved yet when nobody was asked."""
    own = {"kind": SurveyKind.FUNDER, "respondent": f"request:{request.pk}"}
    found = Survey.objects.filter(session=request.session_id, **own).first()
    return found or Survey(session=request.session, request=request, **own)
