"""The sheet of one half-day: who was expected, and what shows that each was there."""

from typing import Any

from django.utils.text import capfirst

from formation.enums import WAS_THERE, DocumentKind, Presence, SignedBy
from formation.models import Attendance, Enrolment, TimeSlot
from site_enys.templatetags.typography import (
    clock,
    long_moment,
    week_date,
    with_no_break_spaces,
)

from .held import Held, in_hours
from .issued import Draft, firm, refuse_if_missing

TEMPLATE = "documents/attendance_sheet.typ"
_SHOWN_BY = {
    SignedBy.CODE: "Signé avec le code de la salle",
    SignedBy.PAPER: "Signé sur la feuille papier",
    SignedBy.TRAINER: "Présence constatée par le formateur",
}


def attendance_sheet(slot: TimeSlot, held: Held) -> Draft:
    """One line for each person; what is not signed yet leaves a box for a pen.

    A sheet without its hours, its content or its trainer proves nothing (CAA Nantes, 20 April and
    1 June 2021): DocumentIncomplete names what is missing.
    """
    refuse_if_missing(
        firm(held.organisation)
        | {
            "le contenu de la demi-journée": slot.subject,
            "le formateur de la demi-journée": slot.trainer,
            "au moins une inscription confirmée": held.people,
        }
    )
    session, sheet = held.session, held.sheets.get(slot.pk)
    return Draft(
        kind=DocumentKind.ATTENDANCE_SHEET,
        about=slot,
        template=TEMPLATE,
        data={
            "letterhead": held.letterhead,
            "course": with_no_break_spaces(session.course.title),
            "code": session.code,
            "subject": with_no_break_spaces(slot.subject),
            "when": _hours(slot),
            "duration": in_hours(slot.minutes),
            "place": session.place,
            "trainer": slot.trainer.name if slot.trainer else "",
            "countersigned": (
                f"Contresigné par {sheet.countersigned_name} "
                f"le {long_moment(sheet.countersigned_at)}"
                if sheet and sheet.countersigned_at
                else ""
            ),
            "lines": [
                _line(enrolment, held.attendances.get((slot.pk, enrolment.pk)))
                for enrolment in held.people
            ],
        },
    )


def _hours(slot: TimeSlot) -> str:
    """« Lundi 1er mars 2027, 9 h – 12 h 30 »: a sheet stands alone, with its year."""
    begin, end = clock(slot.starts_at), clock(slot.ends_at)
    return f"{capfirst(week_date(slot.starts_at))}, {begin} – {end}"


def _line(enrolment: Enrolment, attendance: Attendance | None) -> dict[str, Any]:
    return {
        "name": enrolment.full_name,
        "employer": enrolment.request.organisation,
        "signed": _signed(attendance) if attendance else [],
    }


def _signed(attendance: Attendance) -> list[str]:
    """What is written in the box, line by line."""
    if attendance.presence not in WAS_THERE:
        return [attendance.get_presence_display()]
    shown = [_SHOWN_BY[SignedBy(attendance.signed_by)], f"le {long_moment(attendance.signed_at)}"]
    if attendance.presence == Presence.LATE:
        shown.append(f"En retard\u00a0: {attendance.minutes}\u00a0minutes suivies")
    return shown
