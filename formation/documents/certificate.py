"""The « certificat de réalisation », in the items of the ministry's model."""

from decimal import Decimal

from formation.enums import DocumentKind
from formation.models import Enrolment
from formation.words import hours, session_dates
from home.models import OrganisationSettings

from .issued import Draft, letterhead, refuse_if_missing

TEMPLATE = "documents/certificate.typ"


def certificate(enrolment: Enrolment, minutes: int, organisation: OrganisationSettings) -> Draft:
    """Certify the hours that attendance proves (article R6332-25 of the labour code).

    `minutes` are those of the half-days that the person followed. Raises DocumentIncomplete when
    she followed none, or when the firm has not said its name or who signs for it.
    """
    refuse_if_missing(
        {
            "les heures suivies, que donne l’émargement": minutes,
            "la raison sociale (Réglages, Identité du cabinet)": organisation.legal_name,
            "qui représente le cabinet (Réglages, Identité du cabinet)": (
                organisation.representative
            ),
        }
    )
    session, request = enrolment.session, enrolment.request
    return Draft(
        kind=DocumentKind.CERTIFICATE,
        about=enrolment,
        template=TEMPLATE,
        data={
            "letterhead": letterhead(organisation),
            "representative": organisation.representative,
            "trainee": enrolment.full_name,
            "employer": request.organisation,
            "course": session.course.title,
            "nature": "action de formation",
            "dates": session_dates(session),
            "hours": hours(Decimal(minutes) / 60),
            "place": session.place,
        },
    )
