"""What happens in the room of a session that has lived, and how the session is closed."""

from datetime import datetime, timedelta

from formation.enums import Assessment, Presence
from formation.models import Enrolment, Session, TimeSlot, Trainer
from formation.services import after_session, assessment, attendance
from formation.services.sessions import SESSION_LIFECYCLE
from formation.services.sheets import Seen, correct, countersign
from site_enys.states import PERSON

from .lives import Life
from .sessions import STAFF

ARRIVED, LATE, COUNTERSIGNED = (
    timedelta(minutes=8),
    timedelta(minutes=28),
    timedelta(minutes=4),
)
#: After the end of the session; the team writes a week later, on a working day.
ASSESSED, CORRECTED, CLOSED, DELIVERED = (
    timedelta(days=days, minutes=minutes)
    for days, minutes in ((0, 10), (7, -150), (7, -60), (7, -55))
)


def hold(session: Session, life: Life, now: datetime) -> None:
    """The half-days that are over are signed; those of a former day are countersigned too."""
    for rank, slot in enumerate(session.slots.select_related("trainer").order_by("starts_at")):
        if slot.ends_at + COUNTERSIGNED > now:
            return
        _sign(slot, rank, life)
        if slot.trainer and now - slot.ends_at > timedelta(hours=9):
            _countersign(slot, slot.trainer)


def close(session: Session, life: Life) -> None:
    """Assessments, a correction, the closing, and what everybody receives."""
    ends_at = session.ends_at
    if ends_at is None:
        return
    found: dict[int, str] = {
        one.pk: Assessment.PARTLY if one.email in life.partly else Assessment.ACQUIRED
        for one in attendance.expected(session)
    }
    assessment.assess(session, found, by=PERSON, now=ends_at + ASSESSED)
    _correct(session, life, ends_at + CORRECTED)
    SESSION_LIFECYCLE.apply(session, "complete", by=STAFF, now=ends_at + CLOSED)
    after_session.deliver_final_documents(ends_at + DELIVERED)


def _sign(slot: TimeSlot, rank: int, life: Life) -> None:
    """Everybody types the code of the room on arriving, but who is late or absent."""
    sheet = attendance.open_sheet(slot, slot.starts_at - attendance.OPENS_BEFORE)
    for number, enrolment in enumerate(attendance.expected(slot.session)):
        if (enrolment.email, rank) == life.absent:
            continue
        late = (enrolment.email, rank) == life.late
        at = slot.starts_at + (LATE if late else timedelta(minutes=number) - ARRIVED)
        attendance.sign(enrolment, attendance.room_code(sheet, at), at)


def _countersign(slot: TimeSlot, trainer: Trainer) -> None:
    absent = {one.pk: Seen(Presence.ABSENT) for one in attendance.expected(slot.session)}
    countersign(slot, trainer, absent, now=slot.ends_at + COUNTERSIGNED)
    after_session.deliver_signed_sheets(slot.ends_at + 2 * COUNTERSIGNED)


def _correct(session: Session, life: Life, now: datetime) -> None:
    """An absence whose reason came afterwards; the sheet is delivered again."""
    email, rank = life.absent
    enrolment = Enrolment.objects.filter(session=session, email=email).first()
    if enrolment is None:
        return
    slot = session.slots.order_by("starts_at")[rank]
    correct(slot, enrolment, Seen(Presence.EXCUSED), reason=life.excuse, by=STAFF, now=now)
    after_session.revoke_what_was_corrected(now + ASSESSED)
    after_session.redo(now + ASSESSED)
