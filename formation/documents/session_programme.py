"""The programme of a session, as it is delivered: what the course says that day, and the dates."""

from typing import Any

from django.utils.text import capfirst

from formation.enums import DocumentKind
from formation.words import session_dates

from .held import Held, in_hours
from .issued import Draft, firm, refuse_if_missing
from .leaflet import said

TEMPLATE = "documents/session_programme.typ"


def session_programme(held: Held) -> Draft:
    """The programme annexed to a convention or a contract (articles L6353-1 and L6353-4).

    Raises DocumentIncomplete when the course has no objective or no programme, or the session no
    half-day or nobody to teach.
    """
    session, course = held.session, held.session.course
    refuse_if_missing(
        firm(held.organisation)
        | {
            "les objectifs de la formation": course.objectives,
            "le programme de la formation": course.programme,
            "les demi-journées de la session": held.slots,
            "les formateurs": held.trainers,
        }
    )
    return Draft(
        kind=DocumentKind.PROGRAMME,
        about=session,
        template=TEMPLATE,
        data={
            "letterhead": held.letterhead,
            "course": _said_of_the_course(held),
            "code": session.code,
            "dates": capfirst(session_dates(session)),
            "place": held.venue or [session.get_delivery_mode_display()],
            "duration": in_hours(held.planned_minutes),
            "half_days": held.half_days,
            "trainers": held.trainers,
        },
    )


def _said_of_the_course(held: Held) -> dict[str, Any]:
    """What the page says, but for who teaches: those of the session are named with its dates."""
    session, course = held.session, held.session.course
    told = said(course, course.updated_on, None, amount=session.price_override)
    for section in told["after"]:
        section["items"] = [item for item in section["items"] if item["label"] != "Formateurs"]
    return told
