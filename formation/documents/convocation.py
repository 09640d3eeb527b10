"""The convocation of one person: when, where, with what, and whom to call."""

from formation.enums import DeliveryMode, DocumentKind
from formation.models import Enrolment
from formation.words import session_dates
from site_enys.templatetags.typography import with_no_break_spaces

from .held import Held, in_hours
from .issued import Draft, firm, refuse_if_missing
from .leaflet import text_of

TEMPLATE = "documents/convocation.typ"


def convocation(enrolment: Enrolment, held: Held) -> Draft:
    """Call somebody to a session, with the internal rules annexed (article L6353-8).

    Raises DocumentIncomplete when it would not say when, where, how to be present from a
    distance, whom to ask, or by which rules.
    """
    session, course = held.session, held.session.course
    contact = (course.shown_contact_name, course.shown_contact_phone, course.shown_contact_email)
    remote = session.delivery_mode != DeliveryMode.ONSITE
    refuse_if_missing(
        firm(held.organisation)
        | {
            "les demi-journées de la session": held.slots,
            "le lieu": held.venue or session.delivery_mode == DeliveryMode.ONLINE,
            "l’outil et l’équipement à distance": session.remote_details or not remote,
            "la personne à contacter (page du catalogue)": any(contact[1:]),
            "le référent handicap (page du catalogue)": course.shown_disability_contact,
            "le règlement intérieur (page du catalogue)": held.rules,
        }
    )
    return Draft(
        kind=DocumentKind.CONVOCATION,
        about=enrolment,
        template=TEMPLATE,
        data={
            "letterhead": held.letterhead,
            "trainee": enrolment.full_name,
            "employer": enrolment.request.organisation,
            "course": with_no_break_spaces(course.title),
            "code": session.code,
            "dates": session_dates(session),
            "duration": in_hours(held.planned_minutes),
            "mode": session.get_delivery_mode_display(),
            "half_days": held.half_days,
            "place": held.venue,
            "access": text_of(session.venue.access) if session.venue else [],
            "remote": text_of(session.remote_details) if remote else [],
            "prerequisites": text_of(course.prerequisites),
            "resources": text_of(course.resources),
            "contact": ", ".join(filter(None, contact)),
            "accessibility": text_of(course.shown_accessibility),
            "disability_contact": with_no_break_spaces(course.shown_disability_contact),
            "rules": held.rules,
        },
    )
