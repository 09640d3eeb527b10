"""People by half-days: what is known of everybody's presence, for a page or a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from formation.enums import ENROLLING, FIRM, DocumentKind
from formation.models import (
    Attendance,
    AttendanceSheet,
    Enrolment,
    IssuedDocument,
    Session,
    TimeSlot,
)

from .attendance import expected, is_open
from .sheets import may_countersign_from


@dataclass(frozen=True)
class HalfDay:
    """One half-day, its sheet, and how many people have a line in it."""

    slot: TimeSlot
    sheet: AttendanceSheet | None
    known: int
    people: int
    now: datetime

    @property
    def countersigned(self) -> bool:
        return bool(self.sheet and self.sheet.countersigned_at)

    @property
    def open_now(self) -> bool:
        return is_open(self.slot, self.now)

    @property
    def may_countersign(self) -> bool:
        return not self.countersigned and self.now >= may_countersign_from(self.slot)

    @property
    def begun(self) -> bool:
        return self.now >= self.slot.starts_at

    @property
    def over(self) -> bool:
        return self.now >= self.slot.ends_at

    @property
    def situation(self) -> str:
        """Where its sheet stands, in a few words."""
        if self.countersigned:
            return "Contresignée"
        if self.over:
            return "À contresigner"
        return "À signer maintenant" if self.open_now else "À venir"


@dataclass(frozen=True)
class Row:
    """One person, and what is known of her in each half-day."""

    enrolment: Enrolment
    cells: Sequence[tuple[HalfDay, Attendance | None]]

    @property
    def written(self) -> list[tuple[HalfDay, Attendance | None]]:
        """The half-days with a line, and those that are over without one."""
        return [(half, line) for half, line in self.cells if line or half.over]

    @property
    def minutes(self) -> int:
        """All that she has followed."""
        return sum(line.minutes for _, line in self.cells if line)


@dataclass(frozen=True)
class Matrix:
    half_days: Sequence[HalfDay]
    rows: Sequence[Row]


def matrix(session: Session, now: datetime) -> Matrix:
    """All that is known, in five queries whatever their number."""
    people = list(expected(session))
    lines = Attendance.objects.filter(slot__session=session)
    by_place = {
        (line.slot_id, line.enrolment_id): line
        for line in lines.prefetch_related("corrections__user")
    }
    slots = session.slots.select_related("sheet", "trainer").order_by("starts_at")
    half_days = [
        HalfDay(
            slot,
            getattr(slot, "sheet", None),
            sum((slot.pk, one.pk) in by_place for one in people),
            len(people),
            now,
        )
        for slot in slots
    ]
    rows = [
        Row(one, [(half, by_place.get((half.slot.pk, one.pk))) for half in half_days])
        for one in people
    ]
    return Matrix(half_days, rows)


def sheets_in_force(session: Session) -> dict[int, IssuedDocument]:
    """The attendance sheets that were issued and count today, by the key of the half-day."""
    documents = IssuedDocument.objects.in_force().filter(
        session=session, kind=DocumentKind.ATTENDANCE_SHEET, slot__isnull=False
    )
    return {document.slot_id: document for document in documents if document.slot_id}


def without_countersignature(now: datetime) -> QuerySet[TimeSlot]:
    """Half-days of the past, with people in them, that no trainer has countersigned; oldest first.

    Those of a closed session are not waited for any more: somebody has written why.
    """
    past = TimeSlot.objects.filter(
        Q(sheet=None) | Q(sheet__countersigned_at=None),
        ends_at__lte=now,
        session__state__in=ENROLLING,
    )
    firm = Count("session__enrolments", filter=Q(session__enrolments__state__in=sorted(FIRM)))
    with_people = past.annotate(people=firm).filter(people__gt=0)
    return with_people.select_related("session__course", "trainer").order_by("starts_at", "pk")
