"""The « certificat de réalisation », in the items of the ministry's model."""

from formation.enums import DocumentKind
from formation.models import Enrolment
from formation.words import session_dates
from home.models import OrganisationSettings
from site_enys.templatetags.typography import with_no_break_spaces

from .held import in_hours
from .issued import Draft, firm, letterhead, refuse_if_missing, signatory

TEMPLATE = "documents/certificate.typ"


def certificate(
    enrolment: Enrolment, minutes: int, organisation: OrganisationSettings, *, planned: int = 0
) -> Draft:
    """Certify the hours that attendance proves (article R6332-25 of the labour code).

    `minutes` are those of the half-days that the person followed, `planned` those of the session,
    said beside them when they are more. Raises DocumentIncomplete when she followed none, or when
    the firm has not said its name or who signs for it.
    """
    refuse_if_missing(
        {"les heures suivies, que donne l’émargement": minutes}
        | firm(organisation)
        | signatory(organisation)
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
            "course": with_no_break_spaces(session.course.title),
            "code": session.code,
            "nature": "action de formation",
            "dates": session_dates(session),
            "hours": in_hours(minutes),
            "planned": in_hours(planned) if planned > minutes else "",
            "kept": "dix" if session.cofinanced else "six",
            "place": session.place,
        },
    )
