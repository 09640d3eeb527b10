"""The information notices of the public forms, drawn from the register of personal data."""

from formation.models import Complaint, Enrolment, EnrolmentRequest, Survey, TailoredRequest
from rgpd.notices import RegisterNotice, declare
from rgpd.register import REGISTER

SIGN_UP = "inscription"
TAILORED = "sur-mesure"
COMPLAINT = "reclamation"
SURVEY = "evaluation"

declare(SIGN_UP, "Demande d’inscription", EnrolmentRequest)
declare(TAILORED, "Demande sur mesure", TailoredRequest)
declare(COMPLAINT, "Réclamation", Complaint)
declare(SURVEY, "Questionnaire d’évaluation", Survey)


def notice() -> RegisterNotice:
    """What who signs up is told."""
    return RegisterNotice(
        SIGN_UP,
        "Vos réponses servent à organiser la formation et à garder les preuves que la loi demande, "
        "et à rien d’autre.",
        (REGISTER[EnrolmentRequest], REGISTER[Enrolment]),
    )


def tailored_notice() -> RegisterNotice:
    """What who asks for a course made for a team is told."""
    lead = "Vos réponses servent à vous faire une proposition, et à rien d’autre."
    return RegisterNotice(TAILORED, lead, (REGISTER[TailoredRequest],))


def complaint_notice() -> RegisterNotice:
    """What who complains is told."""
    lead = "Vos réponses servent à traiter votre réclamation, et à rien d’autre."
    return RegisterNotice(COMPLAINT, lead, (REGISTER[Complaint],))


def survey_notice(privacy: str) -> RegisterNotice:
    """What who answers a questionnaire is told; `privacy` says who reads it, and with a name."""
    return RegisterNotice(SURVEY, privacy, (REGISTER[Survey],))
