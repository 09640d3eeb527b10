"""Closing a session: what its sheets still lack, and what becomes of the people in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from formation import emails
from formation.enums import EnrolmentState, SessionState
from formation.exceptions import AttendanceMissing
from formation.models import Attendance, Enrolment, Session, TimeSlot
from formation.words import slot_times
from site_enys.french import enumeration
from site_enys.states import SYSTEM

from . import seats
from .attendance import expected
from .lifecycle import ENROLMENT_LIFECYCLE

#: The transition that each outcome comes from.
_TO_OUTCOME = {
    EnrolmentState.ATTENDED: "attend",
    EnrolmentState.PARTLY_ATTENDED: "attend_partly",
    EnrolmentState.NO_SHOW: "miss",
}


@dataclass(frozen=True)
class Gap:
    """What one half-day lacks: the lines of these people, the signature of the trainer, or both."""

    slot: TimeSlot
    people: Sequence[Enrolment]
    uncountersigned: bool


def gaps(session: Session) -> list[Gap]:
    """What the sheets of the session lack, half-day by half-day; nothing when nobody came to it."""
    people = list(expected(session))
    if not people:
        return []
    known = set(
        Attendance.objects.filter(slot__session=session).values_list("slot_id", "enrolment_id")
    )
    found = []
    for slot in session.slots.select_related("sheet").order_by("starts_at"):
        without = [one for one in people if (slot.pk, one.pk) not in known]
        sheet = getattr(slot, "sheet", None)
        gap = Gap(slot, without, uncountersigned=not (sheet and sheet.countersigned_at))
        if gap.people or gap.uncountersigned:
            found.append(gap)
    return found


def attendance_is_complete(session: Session, now: datetime) -> None:
    """Raise AttendanceMissing, which names the half-days and the people."""
    del now
    found = gaps(session)
    unsigned = [
        f"{slot_times(gap.slot)} ({enumeration([one.full_name for one in gap.people])})"
        for gap in found
        if gap.people
    ]
    bare = [slot_times(gap.slot) for gap in found if gap.uncountersigned]
    sentences = []
    if unsigned:
        sentences.append(
            f"Il manque l’émargement de\u00a0: {' ; '.join(unsigned)}. "
            "Sans signature, ces demi-journées comptent comme des absences, sans aucune heure."
        )
    if bare:
        sentences.append(f"Il manque le contreseing du formateur\u00a0: {' ; '.join(bare)}.")
    if sentences:
        raise AttendanceMissing(" ".join(sentences))


def settle(session: Session, now: datetime) -> None:
    """Give each person who was expected the outcome that her half-days say.

    All of them followed, wholly or in part: attended. Some: attended in part. None: absent, which
    her employer is told the first time. The state of nobody else changes.
    """
    with transaction.atomic():
        seats.lock(session.pk)
        followed = Counter(
            Attendance.objects.taught()
            .filter(slot__session=session)
            .order_by()
            .values_list("enrolment_id", flat=True)
        )
        number = session.slots.count()
        groups: dict[EnrolmentState, list[Enrolment]] = {}
        for enrolment in expected(session):
            outcome = _outcome(followed[enrolment.pk], number)
            if enrolment.state != outcome:
                groups.setdefault(outcome, []).append(enrolment)
        for outcome, people in groups.items():
            ENROLMENT_LIFECYCLE.apply_all(people, _TO_OUTCOME[outcome], by=SYSTEM, now=now)
        missed = groups.get(EnrolmentState.NO_SHOW, [])
        emails.no_show([one for one in missed if _missed_once(one)])


def settle_again(session: Session, now: datetime) -> None:
    """After a correction: a closed session gives its outcomes anew."""
    if session.state == SessionState.COMPLETED:
        settle(session, now)


def settle_latecomers(now: datetime) -> int:
    """Settle those whom the clock confirmed after the session was closed; return how many sessions.

    A withdrawal period may end after a session that staff forced somebody into.
    """
    left = Session.objects.filter(
        state=SessionState.COMPLETED, enrolments__state=EnrolmentState.CONFIRMED
    ).distinct()
    for session in left:
        settle(session, now)
    return len(left)


def _outcome(followed: int, half_days: int) -> EnrolmentState:
    if not followed:
        return EnrolmentState.NO_SHOW
    whole = followed >= half_days
    return EnrolmentState.ATTENDED if whole else EnrolmentState.PARTLY_ATTENDED


def _missed_once(enrolment: Enrolment) -> bool:
    """Whether this is the first time that the absence is found."""
    return enrolment.events.filter(to_state=EnrolmentState.NO_SHOW).count() == 1
