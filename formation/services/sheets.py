"""What the trainer and the team write on a sheet: the countersignature and the corrections.

A countersignature fixes the half-day. Afterwards a line changes only by a correction, which has a
reason and keeps what the line said; a line written afterwards is a correction of an absence,
because an unsigned half-day counts as one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from formation.enums import Presence, SignedBy
from formation.exceptions import (
    HalfDayToCome,
    MinutesImplausible,
    NothingCorrected,
    NotTheirHalfDay,
    ReasonWanted,
    SheetClosed,
    StillUnsigned,
    TooEarlyToCountersign,
)
from formation.models import (
    Attendance,
    AttendanceCorrection,
    AttendanceSheet,
    Enrolment,
    Session,
    TimeSlot,
    Trainer,
)
from site_enys.states import PERSON, Actor

from . import seats
from .attendance import (
    OPENS_BEFORE,
    expected,
    refuse_unless_expected,
    refuse_unless_held,
    sheet_of,
)
from .closing import settle_again
from .trainers import leads

#: The trainer may countersign during the last quarter of an hour, while everybody is still there.
LAST_MINUTES = OPENS_BEFORE


@dataclass(frozen=True)
class Seen:
    """What somebody says of a person in a half-day; `minutes` only count for who was late."""

    presence: str
    minutes: int | None = None


@dataclass(frozen=True)
class Hand:
    """Who writes, when, what shows it, and why when it is afterwards."""

    by: Actor
    now: datetime
    signed_by: SignedBy
    reason: str = ""


def may_countersign_from(slot: TimeSlot) -> datetime:
    return slot.ends_at - LAST_MINUTES


@transaction.atomic
def countersign(
    slot: TimeSlot, trainer: Trainer, seen: Mapping[int, Seen], *, now: datetime
) -> AttendanceSheet:
    """Fix the half-day: lines for those who have none, by the key of the enrolment, and a name.

    Raises SessionNotHeld, NotTheirHalfDay, TooEarlyToCountersign, SheetClosed, StillUnsigned or
    MinutesImplausible.
    """
    session, sheet = locked(slot)
    refuse_unless_to_countersign(slot, sheet, trainer, now)
    known, hand = lines_of(slot), Hand(PERSON, now, SignedBy.TRAINER)
    for enrolment in expected(session):
        if enrolment.pk in seen and enrolment.pk not in known:
            write_line(slot, enrolment, seen[enrolment.pk], hand)
    close_sheet(slot, sheet, trainer, now)
    return sheet


def refuse_unless_to_countersign(
    slot: TimeSlot, sheet: AttendanceSheet | None, trainer: Trainer, now: datetime
) -> None:
    """Raise NotTheirHalfDay, TooEarlyToCountersign or SheetClosed."""
    if not leads(trainer, slot):
        raise NotTheirHalfDay
    if now < may_countersign_from(slot):
        raise TooEarlyToCountersign
    if sheet and sheet.countersigned_at:
        raise SheetClosed


@transaction.atomic
def correct(
    slot: TimeSlot,
    enrolment: Enrolment,
    said: Seen,
    *,
    reason: str,
    by: Actor,
    now: datetime,
    trainer: Trainer | None = None,
) -> Attendance:
    """Change a line, or write one that is missing; what it said and the reason are kept.

    `trainer` is whoever corrects by her own link. Raises SessionNotHeld, NotTheirHalfDay,
    NotExpected, HalfDayToCome, ReasonWanted, MinutesImplausible or NothingCorrected.
    """
    session, _ = locked(slot)
    if trainer and not leads(trainer, slot):
        raise NotTheirHalfDay
    refuse_unless_expected(Enrolment.objects.get(pk=enrolment.pk))
    line = lines_of(slot).get(enrolment.pk)
    # Who has signed may be corrected at once; nobody else is said to be there before it is over.
    if now < (slot.starts_at if line else slot.ends_at):
        raise HalfDayToCome
    line = correct_line(slot, enrolment, line, said, Hand(by, now, SignedBy.TRAINER, reason))
    settle_again(session, now)
    return line


def whole_or_part(
    slot: TimeSlot, said: Seen, name: str, field: str | None = None
) -> tuple[Presence, int]:
    """The presence and the minutes that are written for it; raises MinutesImplausible."""
    presence, whole = Presence(said.presence), slot.minutes
    if presence == Presence.PRESENT:
        return presence, whole
    if presence != Presence.LATE:
        return presence, 0
    if said.minutes is None or not 0 < said.minutes < whole:
        raise MinutesImplausible(name, whole, field)
    return presence, said.minutes


def locked(slot: TimeSlot) -> tuple[Session, AttendanceSheet]:
    """The session, locked, and the sheet of the half-day; raises SessionNotHeld."""
    session = seats.lock(slot.session_id)
    refuse_unless_held(session)
    return session, sheet_of(slot)


def lines_of(slot: TimeSlot) -> dict[int, Attendance]:
    """What is known already, by the key of the enrolment."""
    return {line.enrolment_id: line for line in Attendance.objects.filter(slot=slot)}


def write_line(slot: TimeSlot, enrolment: Enrolment, said: Seen, hand: Hand) -> Attendance:
    """The first thing that is known of somebody; raises MinutesImplausible."""
    presence, minutes = whole_or_part(slot, said, enrolment.full_name, f"minutes_{enrolment.pk}")
    return Attendance.objects.create(
        enrolment=enrolment,
        slot=slot,
        presence=presence,
        minutes=minutes,
        signed_by=hand.signed_by,
        signed_at=hand.now,
    )


def correct_line(
    slot: TimeSlot, enrolment: Enrolment, line: Attendance | None, said: Seen, hand: Hand
) -> Attendance:
    """Another value, and what the former one was; a line that was missing said an absence.

    Raises ReasonWanted, MinutesImplausible or NothingCorrected.
    """
    if not hand.reason.strip():
        raise ReasonWanted
    field = "minutes" if hand.signed_by == SignedBy.TRAINER else f"minutes_{enrolment.pk}"
    presence, minutes = whole_or_part(slot, said, enrolment.full_name, field)
    if line is None:
        line = write_line(slot, enrolment, Seen(Presence.ABSENT), hand)
    elif (line.presence, line.minutes) == (presence, minutes):
        raise NothingCorrected
    AttendanceCorrection.objects.create(
        attendance=line,
        at=hand.now,
        role=hand.by.role.value,
        user=hand.by.user,
        old_presence=line.presence,
        old_minutes=line.minutes,
        new_presence=presence,
        new_minutes=minutes,
        reason=hand.reason.strip()[:1000],
    )
    line.presence, line.minutes = presence, minutes
    if hand.signed_by == SignedBy.PAPER:
        line.signed_by = hand.signed_by
    line.save(update_fields=["presence", "minutes", "signed_by"])
    return line


def close_sheet(slot: TimeSlot, sheet: AttendanceSheet, trainer: Trainer, now: datetime) -> None:
    """The name of the trainer under the sheet; raises StillUnsigned unless everybody has a line."""
    known = lines_of(slot)
    unsaid = [one.full_name for one in expected(slot.session) if one.pk not in known]
    if unsaid:
        raise StillUnsigned(unsaid)
    sheet.countersigned_at, sheet.countersigned_by = now, trainer
    sheet.countersigned_name = trainer.name
    sheet.save(update_fields=["countersigned_at", "countersigned_by", "countersigned_name"])
