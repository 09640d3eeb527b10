"""An interview as an entry of a calendar."""

from datetime import datetime

from icalendar import vUri

from recrutement.enums import InterviewKind
from recrutement.models import Interview
from site_enys.calendars import Method, invite, new_calendar, new_event, organise

ROOM = "Recrutement"


def interview_calendar(interview: Interview, method: Method, now: datetime) -> bytes:
    """The entry of one interview for the person who applies (RFC 5545, RFC 5546).

    Its identity never changes, and `sequence` grows with each change, so that a calendar moves or
    removes the entry that it has. No link of the person's own space is in it: calendars are shared.
    """
    application = interview.application
    calendar = new_calendar(method, ROOM)
    event = new_event(
        f"entretien-{interview.public_id}", interview.starts_at, interview.ends_at, now
    )
    event.add("summary", f"Entretien\u00a0: {application.subject}")
    event.add("location", interview.place)
    event.add("description", _description(interview))
    event.add("sequence", interview.sequence)
    event.add("status", "CANCELLED" if interview.cancelled_at else "CONFIRMED")
    if interview.kind == InterviewKind.VIDEO and interview.place.startswith("https://"):
        event.add("url", vUri(interview.place))
    organise(event)
    if method != "PUBLISH":
        invite(event, application.email, application.full_name)
    calendar.add_component(event)
    return calendar.to_ical()


def _description(interview: Interview) -> str:
    facts = f"{interview.get_kind_display()}. Candidature {interview.application.reference}."
    return f"{facts}\n\n{interview.details}".strip()
