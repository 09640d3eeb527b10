"""The code shown in the room, and the signature of each person on her own phone.

A half-day is signed while it is held (reference: courts set aside sheets that were signed in bulk
or afterwards), so the signature is open from a quarter of an hour before the start, when people
come in, to half an hour after the end, when the last ones leave. The code of the room changes
every minute and is derived, never stored (HMAC and truncation of RFC 4226, minutes of RFC 6238);
the one of the minute before is still accepted, for whoever is typing it.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from formation import emails
from formation.enums import FIRM, HELD, Presence, SignedBy
from formation.exceptions import (
    NotExpected,
    SessionNotHeld,
    SheetClosed,
    SigningClosed,
    TooManyCodes,
    WrongCode,
)
from formation.models import Attendance, AttendanceSheet, Enrolment, Session, TimeSlot
from formation.models.enrolment import email_key
from site_enys.public_forms import count_once_more

from . import seats

OPENS_BEFORE = timedelta(minutes=15)
CLOSES_AFTER = timedelta(minutes=30)
#: Whoever signs within the first quarter of an hour has followed the whole half-day.
LATE_AFTER = timedelta(minutes=15)

CODE_LASTS = 60  # seconds
CODE_FIGURES = 6
#: How many codes one person may try in an hour: two of a million are right at a time.
TRIES_PER_HOUR = 10


def is_open(slot: TimeSlot, now: datetime) -> bool:
    """Whether the half-day may be signed on a phone now."""
    return slot.starts_at - OPENS_BEFORE <= now < slot.ends_at + CLOSES_AFTER


def room_code(sheet: AttendanceSheet, now: datetime) -> str:
    """The six figures that the room shows during this minute."""
    return _code(sheet.secret, _minute(now))


def seconds_left(now: datetime) -> int:
    """How long the present code is still shown; at least one second."""
    return CODE_LASTS - int(now.timestamp()) % CODE_LASTS


def expected(session: Session) -> QuerySet[Enrolment]:
    """Whose presence the sheets of the session speak of, in alphabetical order."""
    people = Enrolment.objects.filter(session=session, state__in=FIRM)
    return people.select_related("request").order_by("last_name", "first_name", "pk")


def presence_at(slot: TimeSlot, instant: datetime) -> tuple[Presence, int]:
    """What a signature at this instant says: the presence, and the minutes followed.

    A signature after the end proves that somebody is there, and not since when: it counts for one
    minute, and the trainer says how many there were.
    """
    if instant <= slot.starts_at + LATE_AFTER:
        return Presence.PRESENT, slot.minutes
    left = int((slot.ends_at - instant).total_seconds() // 60)
    return Presence.LATE, max(1, left)


@dataclass(frozen=True)
class OwnHalfDay:
    """A half-day of today as one person sees it."""

    slot: TimeSlot
    line: Attendance | None
    open_now: bool

    @property
    def to_sign(self) -> bool:
        return self.open_now and self.line is None

    @property
    def opens_at(self) -> datetime:
        return self.slot.starts_at - OPENS_BEFORE


def half_days_of_today(enrolment: Enrolment, now: datetime) -> list[OwnHalfDay]:
    """The half-days of the day for somebody who is expected; none for anybody else."""
    session = enrolment.session
    if enrolment.state not in FIRM or session.state not in HELD:
        return []
    today = timezone.localdate(now)
    signed = {line.slot_id: line for line in enrolment.attendances.all()}
    return [
        OwnHalfDay(slot, signed.get(slot.pk), is_open(slot, now))
        for slot in session.slots.order_by("starts_at")
        if timezone.localdate(slot.starts_at) == today
    ]


@transaction.atomic
def send_link_in_room(slot: TimeSlot, address: str, now: datetime) -> int:
    """Send her own link to somebody who is expected now, and whose phone does not know her.

    Returns how many left; the page answers the same whatever was found.
    """
    if slot.session.state not in HELD or not is_open(slot, now):
        return 0
    people = expected(slot.session).filter(email_key=email_key(address))
    for enrolment in people.select_related("request", "session__course"):
        emails.link_again(enrolment)
    return len(people)


@transaction.atomic
def open_sheet(slot: TimeSlot, now: datetime) -> AttendanceSheet:
    """The sheet of the half-day, from which the code of the room comes; made once.

    Raises SessionNotHeld, or SigningClosed when the half-day is not signed now.
    """
    session = seats.lock(slot.session_id)
    refuse_unless_held(session)
    if not is_open(slot, now):
        raise SigningClosed
    return sheet_of(slot)


def sheet_of(slot: TimeSlot) -> AttendanceSheet:
    """The sheet of the half-day, made when there is none; under the lock of the session."""
    sheet, _ = AttendanceSheet.objects.get_or_create(slot=slot)
    return sheet


@transaction.atomic
def sign(enrolment: Enrolment, code: str, now: datetime) -> Attendance:
    """Sign the half-day whose room shows this code; once signed, the line stays as it is.

    Raises SessionNotHeld, NotExpected, SigningClosed, WrongCode or SheetClosed.
    """
    session = seats.lock(enrolment.session_id)
    refuse_unless_held(session)
    refuse_unless_expected(Enrolment.objects.get(pk=enrolment.pk))
    slot = _slot_shown(session, code, now)
    signed = Attendance.objects.filter(enrolment=enrolment, slot=slot).first()
    if signed:
        return signed
    if slot.sheet.countersigned_at:
        raise SheetClosed
    presence, minutes = presence_at(slot, now)
    return Attendance.objects.create(
        enrolment=enrolment,
        slot=slot,
        presence=presence,
        minutes=minutes,
        signed_by=SignedBy.CODE,
        signed_at=now,
    )


def count_try(enrolment: Enrolment, now: datetime) -> None:
    """Count one more code tried by this person; raises TooManyCodes beyond the limit of the hour.

    Not by network, as for the other forms: everybody in the room may share one. Called outside
    the transaction of the signature, which a wrong code undoes.
    """
    if not count_once_more("emargement", str(enrolment.pk), now=now, limit=TRIES_PER_HOUR):
        until = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        raise TooManyCodes(ceil((until - now).total_seconds() / 60))


def refuse_unless_held(session: Session) -> None:
    """Raise SessionNotHeld for a draft, and for a session cancelled or postponed."""
    if session.state not in HELD:
        raise SessionNotHeld


def refuse_unless_expected(enrolment: Enrolment) -> None:
    """Raise NotExpected unless the enrolment is definitive."""
    if enrolment.state not in FIRM:
        raise NotExpected


def has_proofs(slots: Iterable[TimeSlot]) -> bool:
    """Whether a sheet was opened or signed for one of these half-days: their dates are proofs."""
    keys = [slot.pk for slot in slots if slot.pk]
    signed = Q(attendances__isnull=False) | Q(sheet__isnull=False)
    return TimeSlot.objects.filter(signed, pk__in=keys).exists()


def _slot_shown(session: Session, code: str, now: datetime) -> TimeSlot:
    slots = session.slots.select_related("sheet").order_by("starts_at")
    open_now = [slot for slot in slots if is_open(slot, now)]
    if not open_now:
        raise SigningClosed
    minute = _minute(now)
    for slot in open_now:
        sheet = getattr(slot, "sheet", None)
        right = [_code(sheet.secret, each) for each in (minute, minute - 1)] if sheet else []
        if any(hmac.compare_digest(each.encode(), code.encode()) for each in right):
            return slot
    raise WrongCode


def _minute(now: datetime) -> int:
    return int(now.timestamp()) // CODE_LASTS


def _code(secret: str, minute: int) -> str:
    digest = hmac.digest(secret.encode(), minute.to_bytes(8, "big"), "sha256")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**CODE_FIGURES:0{CODE_FIGURES}}"
