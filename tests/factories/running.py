"""Sessions that were held, with who followed what."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from formation.enums import EnrolmentState, Presence, SessionState, SignedBy
from formation.models import Attendance, AttendanceSheet, Enrolment, Session, TimeSlot
from formation.services.enrolment import SignUp, enrol

from .formation import SessionFactory, half_days, sign_up


def confirmed(session: Session, data: SignUp | None = None, **changes: Any) -> list[Enrolment]:
    """The people of a request, expected in the session, whenever it is."""
    now = session.starts_at - timedelta(days=40)
    request = enrol(session, data or sign_up(), now)
    values = {"state": EnrolmentState.CONFIRMED, "state_changed_at": now}
    request.enrolments.update(**values | changes)
    return list(request.enrolments.select_related("session", "request").order_by("pk"))


def follow(
    enrolment: Enrolment,
    slots: Iterable[TimeSlot] | None = None,
    *,
    presence: Presence = Presence.PRESENT,
    minutes: int | None = None,
) -> None:
    """Somebody is there at all the half-days, or at some; or is not."""
    there = presence in {Presence.PRESENT, Presence.LATE}
    for slot in enrolment.session.slots.all() if slots is None else slots:
        Attendance.objects.create(
            enrolment=enrolment,
            slot=slot,
            presence=presence,
            minutes=(minutes or slot.minutes) if there else 0,
            signed_by=SignedBy.CODE,
            signed_at=slot.starts_at,
        )


def countersign(session: Session, name: str = "Marc Delattre") -> None:
    for slot in session.slots.all():
        AttendanceSheet.objects.update_or_create(
            slot=slot,
            defaults={"countersigned_at": slot.ends_at, "countersigned_name": name},
        )


def held_session(first: datetime, *, days: int = 1, **fields: Any) -> Session:
    """A session that is closed; each day has two half-days of three hours and a half."""
    trainer = fields.pop("trainer", None)
    slots = half_days(first, days)
    for slot in slots:
        slot.trainer = trainer
    return SessionFactory(slots=slots, state=fields.pop("state", SessionState.PUBLISHED), **fields)


def close(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(state=SessionState.COMPLETED)
