"""What the documents of one session have in common, read once for all its people."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from formation.enums import FIRM
from formation.models import Attendance, AttendanceSheet, Enrolment, Session, TimeSlot
from formation.words import hours, slot_times
from home.models import OrganisationSettings
from site_enys.templatetags.typography import with_no_break_spaces

from .annex import internal_rules
from .issued import letterhead


@dataclass
class Held:
    """A session as it is held, and the firm that holds it."""

    session: Session
    organisation: OrganisationSettings

    @cached_property
    def letterhead(self) -> dict[str, Any]:
        return letterhead(self.organisation)

    @cached_property
    def slots(self) -> list[TimeSlot]:
        rows = TimeSlot.objects.filter(session=self.session).select_related("trainer")
        return list(rows.order_by("starts_at", "pk"))

    @cached_property
    def people(self) -> list[Enrolment]:
        """Who is expected, or was taught, in the order of a list."""
        rows = list(self.enrolments().filter(state__in=FIRM))
        for enrolment in rows:
            enrolment.session = self.session
        return sorted(rows, key=lambda one: (one.last_name.casefold(), one.first_name.casefold()))

    @cached_property
    def minutes(self) -> dict[int, int]:
        """Minutes taught, by the key of the enrolment."""
        own = Attendance.objects.filter(enrolment__session=self.session)
        return own.minutes_by_enrolment()

    @cached_property
    def attendances(self) -> dict[tuple[int, int], Attendance]:
        """The lines of attendance, by the keys of the half-day and of the enrolment."""
        own = Attendance.objects.filter(enrolment__session=self.session)
        return {(line.slot_id, line.enrolment_id): line for line in own}

    @cached_property
    def sheets(self) -> dict[int, AttendanceSheet]:
        """The sheets of the half-days, by the key of the half-day."""
        own = AttendanceSheet.objects.filter(slot__session=self.session)
        return {sheet.slot_id: sheet for sheet in own}

    @cached_property
    def rules(self) -> dict[str, Any]:
        return internal_rules(self.session.course.catalogue)

    @property
    def planned_minutes(self) -> int:
        return sum(slot.minutes for slot in self.slots)

    @cached_property
    def trainers(self) -> list[dict[str, str]]:
        """Who teaches: those of the half-days, or else those of the course."""
        named = [slot.trainer for slot in self.slots if slot.trainer]
        teachers = list(dict.fromkeys(named)) or list(self.session.course.trainers.all())
        return [{"name": one.name, "qualifications": one.qualifications} for one in teachers]

    @cached_property
    def half_days(self) -> list[dict[str, str]]:
        return [
            {
                "when": slot_times(slot),
                "subject": with_no_break_spaces(slot.subject),
                "trainer": slot.trainer.name if slot.trainer else "",
            }
            for slot in self.slots
        ]

    @property
    def venue(self) -> list[str]:
        """The place, line by line; nothing when everybody is at a distance."""
        venue = self.session.venue
        if venue is None:
            return []
        return [venue.name, *filter(None, map(str.strip, venue.address.splitlines()))]

    def enrolments(self) -> Any:
        return Enrolment.objects.filter(session=self.session).select_related("request")


def in_hours(minutes: int) -> str:
    """« 10,5 heures »: minutes as hours, to the second decimal."""
    return hours(round(Decimal(minutes) / 60, 2))
