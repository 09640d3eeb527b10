"""A session made from another one, or from whole days: a draft to look at, then to keep."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from math import ceil

from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from formation.enums import SessionState
from formation.exceptions import CodeTaken, DayPast
from formation.models import CoursePage, Session, TimeSlot, Trainer, Venue
from site_enys.states import Actor

from .scheduling import NOT_HELD, conflicts, full_days, pattern, unusual_day
from .sessions import SESSION_LIFECYCLE

#: What a copy keeps; the dates, the people and the decisions are its own.
KEPT = (
    "course",
    "delivery_mode",
    "venue",
    "remote_details",
    "capacity",
    "min_participants",
    "accepts_waiting_list",
    "visibility",
    "price_override",
)
#: How a code may end with the first day of its session.
DATED = ("%Y-%m-%d", "%Y-%m", "%Y")


@dataclass(frozen=True)
class PlannedSlot:
    """A half-day with what staff should know before holding it; nothing here forbids it."""

    slot: TimeSlot
    warnings: list[str]


def copy_of(original: Session, first: date, rhythm: str, code: str = "") -> Session:
    """A copy of the session from `first` on, not saved; without `code`, a free one is suggested.

    The dates of decision and of enrolment keep their distance to the first day. A session that
    has no half-day yet is laid out as whole days, as many as its course lasts.
    """
    days = ceil(original.course.duration_days or 1)
    slots = pattern(_slots_of(original) or full_days(days), first, rhythm)
    copy = Session(**{name: getattr(original, name) for name in KEPT})
    copy.slots = slots
    begins = timezone.localdate(slots[0].starts_at)
    copy.code = code or next_code(original, begins)
    if original.first_day:
        gap = begins - original.first_day
        copy.decision_on = original.decision_on and original.decision_on + gap
        copy.enrol_opens_at = _later(original.enrol_opens_at, gap)
        copy.enrol_closes_at = _later(original.enrol_closes_at, gap)
    return copy


def whole_days(
    course: CoursePage,
    first: date,
    rhythm: str,
    days: int,
    *,
    venue: Venue | None = None,
    trainer: Trainer | None = None,
    code: str = "",
) -> Session:
    """A session of whole days from `first` on, not saved."""
    session = Session(course=course, delivery_mode=course.delivery_mode, venue=venue)
    session.slots = pattern(full_days(days, trainer), first, rhythm)
    begins = timezone.localdate(session.slots.all()[0].starts_at)
    stem = re.sub(r"[^A-Z0-9]+", "-", course.code.upper()).strip("-") or "SESSION"
    dated = f"{stem}-{begins:%Y-%m}"
    session.code = code or _first_free(_dated(dated), dated)
    return session


def next_code(original: Session, begins: date) -> str:
    """A free code after that of the original: its date or its number moves on."""
    code, day = original.code, original.first_day
    for written in DATED if day else ():
        ending = f"{day:{written}}"
        if code.endswith(ending):
            dated = code.removesuffix(ending) + f"{begins:{written}}"
            return _first_free(_dated(dated), dated)
    stem = code.rstrip("0123456789")
    return _first_free(_dated(code) if stem == code else _numbered(code), stem)


def refuse_unless_new(session: Session, now: datetime) -> None:
    """Raise DayPast unless everything is to come, CodeTaken when another session has the code."""
    if min(slot.starts_at for slot in session.slots.all()) <= now:
        raise DayPast
    if Session.objects.filter(code=session.code).exists():
        raise CodeTaken


def review(session: Session) -> list[PlannedSlot]:
    """Each half-day with its warnings: week-ends, holidays, trainer or place already taken."""
    slots = _slots_of(session)
    if not slots:
        return []
    others = list(
        TimeSlot.objects.filter(
            starts_at__lt=max(slot.ends_at for slot in slots),
            ends_at__gt=min(slot.starts_at for slot in slots),
        )
        .exclude(session=session.pk)
        .exclude(session__state__in=NOT_HELD)
        .select_related("session__venue")
        .order_by("starts_at", "pk")
    )
    return [PlannedSlot(slot, _warnings(slot, session.venue_id, others)) for slot in slots]


def keep(session: Session, by: Actor, now: datetime, *, original: Session | None = None) -> Session:
    """Save the session as a draft, with a line in its journal.

    Raises DayPast, and CodeTaken, which is also the answer to the same plan sent twice.
    """
    refuse_unless_new(session, now)
    try:
        with transaction.atomic():
            session.save()
            reason = f"Copie de {original}." if original else "Journées entières."
            SESSION_LIFECYCLE.record(
                session, SessionState.DRAFT, name="plan", by=by, now=now, reason=reason
            )
    except IntegrityError:
        refuse_unless_new(session, now)  # somebody has just taken the code
        raise
    return session


def _slots_of(session: Session) -> list[TimeSlot]:
    """Its half-days, saved or not, with their trainers in one query."""
    slots = list(session.slots.all())
    prefetch_related_objects(slots, "trainer")
    return slots


def _first_free(codes: Iterator[str], stem: str) -> str:
    taken = set(Session.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in codes if code not in taken)


def _dated(code: str) -> Iterator[str]:
    """« DEIS-2027-03 », then « DEIS-2027-03-2 »…"""
    yield code
    yield from (f"{code}-{rank}" for rank in count(2))


def _numbered(code: str) -> Iterator[str]:
    """« RA-7 » gives « RA-8 », « RA-9 »…"""
    digits = code[len(code.rstrip("0123456789")) :]
    stem = code.removesuffix(digits)
    yield from (f"{stem}{number:0{len(digits)}d}" for number in count(int(digits) + 1))


def _warnings(slot: TimeSlot, venue_id: int | None, others: list[TimeSlot]) -> list[str]:
    unusual = unusual_day(timezone.localdate(slot.starts_at))
    return [*([unusual] if unusual else []), *conflicts(slot, venue_id, others)]


def _later(instant: datetime | None, gap: timedelta) -> datetime | None:
    """So many days later, at the same hour on the clock."""
    if instant is None:
        return None
    return timezone.make_aware(timezone.make_naive(instant) + gap)
