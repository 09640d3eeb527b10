"""A sheet that was signed on paper: its scan, and the presences that it shows."""

from collections.abc import Mapping
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from formation.enums import Presence, SignedBy
from formation.exceptions import HalfDayToCome, NotTheirHalfDay, ReasonWanted, ScanWanted
from formation.models import Attendance, AttendanceSheet, TimeSlot, Trainer
from site_enys.states import Actor

from .attendance import CLOSES_AFTER, expected
from .closing import settle_again
from .scans import refuse_unless_readable
from .sheets import Hand, Seen, close_sheet, correct_line, lines_of, locked, write_line
from .trainers import leads


@transaction.atomic
def record_on_paper(
    slot: TimeSlot,
    seen: Mapping[int, Seen],
    scan: bytes | None,
    *,
    by: Actor,
    now: datetime,
    reason: str = "",
    signed_by_trainer: Trainer | None = None,
    trainer_writes: Trainer | None = None,
) -> AttendanceSheet:
    """Keep the scan of a sheet that was signed on paper, and write the presences that it shows.

    `signed_by_trainer` is whoever countersigned on the paper: the half-day is then countersigned.
    `trainer_writes` is whoever does it by her own link. What is written once the signature is
    closed, or says otherwise than before, is a correction and needs a reason; so does another
    scan. Raises SessionNotHeld, HalfDayToCome, NotTheirHalfDay, ScanWanted, ScanRefused,
    ScanTooLarge, ReasonWanted, StillUnsigned or MinutesImplausible.
    """
    session, sheet = locked(slot)
    if now < slot.starts_at:
        raise HalfDayToCome
    if not all(leads(one, slot) for one in (signed_by_trainer, trainer_writes) if one):
        raise NotTheirHalfDay
    _refuse_bad_scan(sheet, scan, reason)
    _copy_presences(slot, sheet, seen, Hand(by, now, SignedBy.PAPER, reason))
    if signed_by_trainer and not sheet.countersigned_at:
        close_sheet(slot, sheet, signed_by_trainer, now)
    settle_again(session, now)
    if scan:
        _keep_scan(sheet, scan, now)
    return sheet


def _refuse_bad_scan(sheet: AttendanceSheet, scan: bytes | None, reason: str) -> None:
    if scan:
        refuse_unless_readable(scan)
    if not scan and not sheet.scan:
        raise ScanWanted
    if scan and sheet.scan and not reason.strip():
        raise ReasonWanted


def _copy_presences(
    slot: TimeSlot, sheet: AttendanceSheet, seen: Mapping[int, Seen], hand: Hand
) -> None:
    known = lines_of(slot)
    afterwards = hand.now >= slot.ends_at + CLOSES_AFTER or bool(sheet.countersigned_at)
    for enrolment in expected(slot.session):
        line, said = known.get(enrolment.pk), seen.get(enrolment.pk)
        if said is None or _says_the_same(line, said):
            continue
        if line is None and not afterwards:
            write_line(slot, enrolment, said, hand)
        else:
            correct_line(slot, enrolment, line, said, hand)


def _says_the_same(line: Attendance | None, said: Seen) -> bool:
    if line is None or line.presence != said.presence:
        return False
    return said.presence != Presence.LATE or said.minutes in {None, line.minutes}


def _keep_scan(sheet: AttendanceSheet, content: bytes, now: datetime) -> None:
    """The new scan, last of all: once the file is written, nothing else can be refused."""
    storage, former = sheet.scan.storage, sheet.scan.name
    sheet.scan.save("feuille", ContentFile(content), save=False)
    written, sheet.scanned_at = sheet.scan.name, now
    try:
        sheet.save(update_fields=["scan", "scanned_at"])
    except Exception:
        storage.delete(written or "")
        raise
    if former:
        transaction.on_commit(lambda: storage.delete(former))
