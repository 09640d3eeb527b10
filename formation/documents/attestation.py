"""The « attestation de fin de formation »: what was aimed at, followed, and acquired."""

from formation.enums import Assessment, DocumentKind
from formation.models import Enrolment
from formation.words import session_dates
from site_enys.templatetags.typography import with_no_break_spaces

from .held import Held, in_hours
from .issued import Draft, firm, refuse_if_missing, signatory

TEMPLATE = "documents/attestation.typ"
_SENTENCES = {
    Assessment.ACQUIRED: "Les objectifs de la formation sont atteints.",
    Assessment.PARTLY: "Les objectifs de la formation sont atteints en partie.",
    Assessment.NOT_ACQUIRED: "Les objectifs de la formation ne sont pas atteints.",
}


def attestation(enrolment: Enrolment, held: Held) -> Draft:
    """Say to a trainee what she has followed, and what the assessment found (indicator 11).

    Raises DocumentIncomplete when attendance proves no hour, or when the objectives, the trainers
    or the result of the assessment are not known.
    """
    course, minutes = held.session.course, held.minutes.get(enrolment.pk, 0)
    refuse_if_missing(
        {
            "les heures suivies, que donne l’émargement": minutes,
            "le résultat de l’évaluation des acquis": enrolment.assessment,
            "les objectifs de la formation": course.objectives,
            "les formateurs": held.trainers,
        }
        | firm(held.organisation)
        | signatory(held.organisation)
    )
    return Draft(
        kind=DocumentKind.ATTESTATION,
        about=enrolment,
        template=TEMPLATE,
        data={
            "letterhead": held.letterhead,
            "representative": held.organisation.representative,
            "trainee": enrolment.full_name,
            "employer": enrolment.request.organisation,
            "course": with_no_break_spaces(course.title),
            "code": held.session.code,
            "dates": session_dates(held.session),
            "place": held.session.place,
            "hours": in_hours(minutes),
            "planned": in_hours(held.planned_minutes),
            "objectives": [with_no_break_spaces(str(block.value)) for block in course.objectives],
            "assessment": enrolment.assessment,
            "result": _SENTENCES[Assessment(enrolment.assessment)],
            "assessment_methods": with_no_break_spaces(course.assessment_methods),
            "trainers": held.trainers,
        },
    )
