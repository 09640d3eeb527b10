"""What a visitor may expect of a session at an instant: one pure function of dates and counts."""

from datetime import datetime

from django.utils import timezone

from formation.enums import BOOKABLE, Availability, BuyerType, PriceUnit, SessionState
from formation.exceptions import (
    EnrolmentRefused,
    SessionCancelled,
    SessionClosed,
    SessionFull,
    SessionNotOpen,
    SessionPostponed,
    SoldToGroups,
)
from formation.models import Session

from .withdrawal import refuse_unless_time_to_withdraw

#: « Dernières places » from a quarter of the capacity down, and always for the last seat.
FEW_SEATS_DIVISOR = 4

_BY_DECISION = {
    SessionState.DRAFT: Availability.DRAFT,
    SessionState.CANCELLED: Availability.CANCELLED,
    SessionState.POSTPONED: Availability.POSTPONED,
    SessionState.COMPLETED: Availability.PAST,
}
_REFUSALS: dict[Availability, type[EnrolmentRefused]] = {
    Availability.DRAFT: SessionNotOpen,
    Availability.NOT_OPEN: SessionNotOpen,
    Availability.CANCELLED: SessionCancelled,
    Availability.POSTPONED: SessionPostponed,
    Availability.FULL: SessionFull,
}


def availability(session: Session, now: datetime) -> Availability:
    """Return the situation of the session at `now`.

    What staff has decided comes first, then the clock, then the seats. An instant belongs to what
    it begins: at `enrol_opens_at` enrolments are open, at `enrol_closes_at` they are closed, at
    `starts_at` the session is in progress and at `ends_at` it is past.
    """
    decided = _BY_DECISION.get(SessionState(session.state))
    return decided or _by_the_clock(session, now) or _by_the_seats(session)


def refuse_unless_bookable(session: Session, now: datetime) -> None:
    """Raise the EnrolmentRefused that says why the session takes nobody at `now`."""
    situation = availability(session, now)
    if situation not in BOOKABLE:
        raise _REFUSALS.get(situation, SessionClosed)


def refuse_unless_decided_to_hold(session: Session) -> None:
    """Raise the EnrolmentRefused of a session that is not announced, called off, or declared over.

    All that staff must respect when it enrols by hand: the clock is no obstacle to it.
    """
    decided = _BY_DECISION.get(SessionState(session.state))
    if decided:
        raise _REFUSALS.get(decided, SessionClosed)


def refuse_unless_sold_to(session: Session, buyer: str, now: datetime) -> None:
    """Raise SoldToGroups or TooLateToWithdraw: what a person who pays alone cannot join."""
    if buyer != BuyerType.INDIVIDUAL:
        return
    if session.course.price_unit != PriceUnit.PERSON:
        raise SoldToGroups
    refuse_unless_time_to_withdraw(session, timezone.localdate(now))


def _by_the_clock(session: Session, now: datetime) -> Availability | None:
    if session.starts_at is None or session.ends_at is None:
        return Availability.DRAFT
    closes_at = min(session.enrol_closes_at or session.starts_at, session.starts_at)
    if now >= session.ends_at:
        return Availability.PAST
    if now >= session.starts_at:
        return Availability.IN_PROGRESS
    if now >= closes_at:
        return Availability.CLOSED
    if session.enrol_opens_at and now < session.enrol_opens_at:
        return Availability.NOT_OPEN
    return None


def _by_the_seats(session: Session) -> Availability:
    left = session.seats_left
    # A freed seat belongs to the list: newcomers see the session full while somebody waits.
    if left == 0 or session.waiting_count:
        return Availability.FULL_WAITLIST if session.accepts_waiting_list else Availability.FULL
    if left == 1 or left * FEW_SEATS_DIVISOR <= session.capacity:
        return Availability.ALMOST_FULL
    return Availability.OPEN
