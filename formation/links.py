"""The links of the e-mails: to a whole request for its buyer, to one enrolment for its trainee."""

from django.conf import settings
from django.urls import reverse

from formation.models import Agreement, Enrolment, EnrolmentRequest
from site_enys.links import Purpose

REQUEST = Purpose("formation-demande", EnrolmentRequest)
ENROLMENT = Purpose("formation-inscription", Enrolment)
AGREEMENT = Purpose("formation-convention", Agreement)


def request_url(request: EnrolmentRequest) -> str:
    """The address, with its token, that opens the whole request."""
    return _url("demande", REQUEST.token(request))


def enrolment_url(enrolment: Enrolment) -> str:
    """The address for the person of the enrolment: the whole request when she is its buyer."""
    if is_buyer(enrolment):
        return request_url(enrolment.request)
    return _url("inscription", ENROLMENT.token(enrolment))


def agreement_url(agreement: Agreement) -> str:
    """The address, with its token, where the signatory reads and signs."""
    path = reverse("formation_open_agreement", args=[AGREEMENT.token(agreement)])
    return settings.SITE_URL + path


def is_buyer(enrolment: Enrolment) -> bool:
    contact = enrolment.request.contact_email
    return not contact or contact.lower() == enrolment.email_key


def _url(word: str, token: str) -> str:
    return settings.SITE_URL + reverse("formation_open_link", args=[word, token])
