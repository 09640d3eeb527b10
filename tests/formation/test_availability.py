"""What a visitor may expect of a session: decisions, then the clock, then the seats."""

from datetime import timedelta

import pytest

from formation.enums import Availability, SessionState
from formation.exceptions import (
    SessionCancelled,
    SessionClosed,
    SessionFull,
    SessionNotOpen,
    SessionPostponed,
)
from formation.models import Session
from formation.services.availability import availability, refuse_unless_bookable
from tests.harness.clock import paris

OPENS = paris(2027, 1, 4, 9)
CLOSES = paris(2027, 2, 22, 18)
STARTS = paris(2027, 3, 1, 9)
ENDS = paris(2027, 3, 2, 17)
DURING = paris(2027, 2, 1, 12)
SECOND = timedelta(seconds=1)


def session(**fields):
    values = {
        "state": SessionState.PUBLISHED,
        "capacity": 12,
        "seats_taken": 2,
        "enrol_opens_at": OPENS,
        "enrol_closes_at": CLOSES,
        "starts_at": STARTS,
        "ends_at": ENDS,
    }
    return Session(**values | fields)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - SECOND, Availability.NOT_OPEN),
        (OPENS, Availability.OPEN),
        (OPENS + SECOND, Availability.OPEN),
        (CLOSES - SECOND, Availability.OPEN),
        (CLOSES, Availability.CLOSED),
        (CLOSES + SECOND, Availability.CLOSED),
        (STARTS - SECOND, Availability.CLOSED),
        (STARTS, Availability.IN_PROGRESS),
        (STARTS + SECOND, Availability.IN_PROGRESS),
        (ENDS - SECOND, Availability.IN_PROGRESS),
        (ENDS, Availability.PAST),
        (ENDS + SECOND, Availability.PAST),
    ],
)
def test_an_instant_belongs_to_what_it_begins(now, expected):
    assert availability(session(), now) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (STARTS - SECOND, Availability.OPEN),
        (STARTS, Availability.IN_PROGRESS),
        (STARTS + SECOND, Availability.IN_PROGRESS),
    ],
)
def test_without_a_closing_instant_enrolments_close_when_the_session_starts(now, expected):
    open_ended = session(enrol_closes_at=None, enrol_opens_at=None)

    assert availability(open_ended, now) == expected


def test_a_closing_instant_after_the_start_does_not_reopen_anything():
    late = session(enrol_closes_at=ENDS)

    assert availability(late, STARTS) == Availability.IN_PROGRESS


@pytest.mark.parametrize(
    ("capacity", "taken", "expected"),
    [
        (12, 0, Availability.OPEN),
        (12, 8, Availability.OPEN),
        (12, 9, Availability.ALMOST_FULL),  # a quarter of the seats
        (12, 11, Availability.ALMOST_FULL),
        (12, 12, Availability.FULL_WAITLIST),
        (3, 2, Availability.ALMOST_FULL),  # always for the last seat
        (3, 1, Availability.OPEN),
        (1, 0, Availability.ALMOST_FULL),
        (1, 1, Availability.FULL_WAITLIST),
    ],
)
def test_the_seats_decide_while_enrolments_are_open(capacity, taken, expected):
    assert availability(session(capacity=capacity, seats_taken=taken), DURING) == expected


def test_a_freed_seat_is_not_shown_to_newcomers_while_somebody_waits():
    freed = session(seats_taken=11, waiting_count=1)

    assert availability(freed, DURING) == Availability.FULL_WAITLIST


def test_full_without_a_waiting_list_is_just_full():
    full = session(seats_taken=12, accepts_waiting_list=False)

    assert availability(full, DURING) == Availability.FULL


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (SessionState.DRAFT, Availability.DRAFT),
        (SessionState.CANCELLED, Availability.CANCELLED),
        (SessionState.POSTPONED, Availability.POSTPONED),
        (SessionState.COMPLETED, Availability.PAST),
        (SessionState.CONFIRMED, Availability.OPEN),
    ],
)
def test_what_staff_has_decided_comes_first(state, expected):
    assert availability(session(state=state), DURING) == expected


def test_a_session_without_dates_is_in_preparation():
    undated = session(starts_at=None, ends_at=None)

    assert availability(undated, DURING) == Availability.DRAFT


@pytest.mark.parametrize(
    ("fields", "now", "refusal"),
    [
        ({}, OPENS - SECOND, SessionNotOpen),
        ({}, CLOSES, SessionClosed),
        ({}, STARTS, SessionClosed),
        ({}, ENDS, SessionClosed),
        ({"state": SessionState.CANCELLED}, DURING, SessionCancelled),
        ({"state": SessionState.POSTPONED}, DURING, SessionPostponed),
        ({"state": SessionState.DRAFT}, DURING, SessionNotOpen),
        ({"seats_taken": 12, "accepts_waiting_list": False}, DURING, SessionFull),
    ],
)
def test_each_situation_has_its_own_refusal(fields, now, refusal):
    with pytest.raises(refusal) as raised:
        refuse_unless_bookable(session(**fields), now)

    assert str(raised.value).endswith(".")


@pytest.mark.parametrize("fields", [{}, {"seats_taken": 11}, {"seats_taken": 12}])
def test_open_almost_full_and_waiting_list_accept(fields):
    refuse_unless_bookable(session(**fields), DURING)
