"""The links of the e-mails: to a whole request for its buyer, to one enrolment for its trainee.

And those of a trainer: to her own space, and to the calendar that her programs read by themselves.
"""

from django.conf import settings
from django.urls import reverse

from formation.models import Agreement, Enrolment, EnrolmentRequest, Survey, TimeSlot, Trainer
from site_enys.links import Purpose

REQUEST = Purpose("formation-demande", EnrolmentRequest)
ENROLMENT = Purpose("formation-inscription", Enrolment)
SURVEY = Purpose("formation-evaluation", Survey)
TRAINER = Purpose("formation-animation", Trainer)
TRAINER_CALENDAR = Purpose("formation-animation-agenda", Trainer)
AGREEMENT = Purpose("formation-convention", Agreement)


def request_url(request: EnrolmentRequest) -> str:
    """The address, with its token, that opens the whole request."""
    return _url("demande", REQUEST.token(request))


def enrolment_url(enrolment: Enrolment) -> str:
    """The address for the person of the enrolment: the whole request when she is its buyer."""
    if is_buyer(enrolment):
        return request_url(enrolment.request)
    return _url("inscription", ENROLMENT.token(enrolment))


def survey_url(survey: Survey) -> str:
    """The address, with its token, of one questionnaire for one respondent."""
    token = SURVEY.token(survey)
    return settings.SITE_URL + reverse("formation_survey_open", args=[token])


def trainer_url(trainer: Trainer) -> str:
    """The address, with its token, that opens the space of a trainer."""
    return settings.SITE_URL + reverse("formation_trainer_open", args=[TRAINER.token(trainer)])


def trainer_calendar_url(trainer: Trainer) -> str:
    """Where the programs of a trainer read her half-days, without a browser that remembers."""
    token = TRAINER_CALENDAR.token(trainer)
    return settings.SITE_URL + reverse("formation_trainer_calendar", args=[token])


def room_url(slot: TimeSlot, code: str) -> str:
    """What the QR code of the room opens on a phone: the page to sign, the code already there."""
    return f"{settings.SITE_URL}{reverse('formation_sign_room', args=[slot.pk])}?code={code}"


def agreement_url(agreement: Agreement) -> str:
    """The address, with its token, where the signatory reads and signs."""
    path = reverse("formation_open_agreement", args=[AGREEMENT.token(agreement)])
    return settings.SITE_URL + path


def is_buyer(enrolment: Enrolment) -> bool:
    contact = enrolment.request.contact_email
    return not contact or contact.lower() == enrolment.email_key


def _url(word: str, token: str) -> str:
    return settings.SITE_URL + reverse("formation_open_link", args=[word, token])
