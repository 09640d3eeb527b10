"""A half-day is signed on a phone, with the code that the room shows."""

from datetime import timedelta
from itertools import pairwise

import pytest

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, Presence, SessionState, SignedBy
from formation.exceptions import (
    NotExpected,
    SessionNotHeld,
    SheetClosed,
    SigningClosed,
    TooManyCodes,
    WrongCode,
)
from formation.models import Attendance, AttendanceSheet, Enrolment, Session
from formation.services import attendance
from formation.services.attendance import (
    TRIES_PER_HOUR,
    count_try,
    half_days_of_today,
    open_sheet,
    room_code,
    send_link_in_room,
    sign,
)
from tests.factories.formation import SessionFactory, TrainerFactory, confirmed
from tests.harness.clock import paris
from tests.races import at_once

pytestmark = pytest.mark.django_db

SIGNED_UP = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
ENDS = paris(2027, 3, 1, 12, 30)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture
def session():
    return SessionFactory(first=STARTS, state=SessionState.CONFIRMED)


@pytest.fixture
def trainee(session):
    return confirmed(session, 1, now=SIGNED_UP)[0]


@pytest.fixture
def slot(session):
    return session.slots.order_by("starts_at").first()


def sign_at(trainee, slot, now):
    """She copies what the room shows at that instant."""
    return sign(trainee, room_code(open_sheet(slot, now), now), now)


# -- The code -----------------------------------------------------------------------------------


def test_the_code_changes_every_minute_and_is_six_figures(slot):
    sheet = open_sheet(slot, STARTS)

    codes = [room_code(sheet, STARTS + MINUTE * n) for n in range(60)]

    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert all(before != after for before, after in pairwise(codes))
    assert room_code(sheet, STARTS) == room_code(sheet, STARTS + MINUTE - SECOND)


def test_two_half_days_never_share_their_secret(session):
    sheets = [open_sheet(slot, slot.starts_at) for slot in session.slots.all()]

    assert len({sheet.secret for sheet in sheets}) == 4


def test_a_sheet_is_opened_once(slot):
    assert open_sheet(slot, STARTS) == open_sheet(slot, STARTS + MINUTE)


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        (STARTS - 15 * MINUTE - SECOND, False),
        (STARTS - 15 * MINUTE, True),
        (ENDS + 30 * MINUTE - SECOND, True),
        (ENDS + 30 * MINUTE, False),
    ],
)
def test_the_signature_is_open_from_a_quarter_before_to_half_an_hour_after(slot, instant, is_open):
    assert attendance.is_open(slot, instant) is is_open
    if not is_open:
        with pytest.raises(SigningClosed):
            open_sheet(slot, instant)


def test_the_code_of_the_minute_before_is_accepted_and_no_older_one(trainee, slot):
    code = room_code(open_sheet(slot, STARTS), STARTS)

    with pytest.raises(WrongCode):
        sign(trainee, code, STARTS + 2 * MINUTE)
    line = sign(trainee, code, STARTS + 2 * MINUTE - SECOND)

    assert line.presence == Presence.PRESENT


@pytest.mark.parametrize("code", ["", "000000", "12345", "é" * 6, "１２３４５６", "1" * 10_000])
def test_another_code_signs_nothing(trainee, slot, code):
    open_sheet(slot, STARTS)
    AttendanceSheet.objects.update(secret="un autre secret")

    with pytest.raises(WrongCode):
        sign(trainee, code, STARTS)

    assert not Attendance.objects.exists()


def test_the_code_of_another_half_day_or_of_a_sheet_not_opened_signs_nothing(trainee, session):
    first, second, *_ = session.slots.order_by("starts_at")
    code = room_code(open_sheet(second, second.starts_at), STARTS)

    with pytest.raises(WrongCode):
        sign(trainee, code, STARTS)

    assert not AttendanceSheet.objects.filter(slot=first).exists()


# -- The line -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instant", "presence", "minutes"),
    [
        (STARTS - 15 * MINUTE, Presence.PRESENT, 210),
        (STARTS + 15 * MINUTE, Presence.PRESENT, 210),
        (STARTS + 15 * MINUTE + SECOND, Presence.LATE, 194),
        (STARTS + 60 * MINUTE, Presence.LATE, 150),
        (ENDS - SECOND, Presence.LATE, 1),
        (ENDS + 29 * MINUTE, Presence.LATE, 1),
    ],
)
def test_the_instant_says_the_presence_and_the_minutes(trainee, slot, instant, presence, minutes):
    line = sign_at(trainee, slot, instant)

    assert (line.presence, line.minutes, line.signed_at) == (presence, minutes, instant)
    assert (line.signed_by, line.slot, line.enrolment) == (SignedBy.CODE, slot, trainee)


def test_signing_again_keeps_the_first_line(trainee, slot):
    first = sign_at(trainee, slot, STARTS)

    again = sign_at(trainee, slot, STARTS + 60 * MINUTE)

    assert again == first
    assert Attendance.objects.get().minutes == 210


@pytest.mark.parametrize(
    "state",
    [
        EnrolmentState.REQUESTED,
        EnrolmentState.PENDING_AGREEMENT,
        EnrolmentState.WAITLISTED,
        EnrolmentState.WITHDRAWN,
        EnrolmentState.CANCELLED,
    ],
)
def test_nobody_signs_without_a_definitive_enrolment(trainee, slot, state):
    Enrolment.objects.update(state=state)

    with pytest.raises(NotExpected):
        sign_at(trainee, slot, STARTS)

    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    "state", [SessionState.DRAFT, SessionState.CANCELLED, SessionState.POSTPONED]
)
def test_nothing_is_signed_in_a_session_that_is_not_held(trainee, slot, state):
    code = room_code(open_sheet(slot, STARTS), STARTS)
    Session.objects.update(state=state)

    with pytest.raises(SessionNotHeld):
        sign(trainee, code, STARTS)
    with pytest.raises(SessionNotHeld):
        open_sheet(slot, STARTS)


def test_nothing_is_signed_outside_the_half_days(trainee, slot):
    code = room_code(open_sheet(slot, STARTS), STARTS)

    with pytest.raises(SigningClosed):
        sign(trainee, code, STARTS - timedelta(days=1))


def test_a_countersigned_sheet_takes_no_other_signature(trainee, slot):
    sheet = open_sheet(slot, STARTS)
    AttendanceSheet.objects.update(
        countersigned_at=ENDS, countersigned_by=TrainerFactory(), countersigned_name="Marc"
    )

    with pytest.raises(SheetClosed):
        sign(trainee, room_code(sheet, ENDS), ENDS)


def test_one_code_too_many_is_refused_until_the_next_hour(session, trainee):
    other = confirmed(session, 2, now=SIGNED_UP)[0]
    now = STARTS + 5 * MINUTE
    for _ in range(TRIES_PER_HOUR):
        count_try(trainee, now)

    with pytest.raises(TooManyCodes) as refused:
        count_try(trainee, now)

    assert "réessayez dans 55\u00a0min" in str(refused.value)
    count_try(other, now)
    count_try(trainee, now + timedelta(hours=1))


def test_the_half_days_of_the_day_are_shown_to_who_is_expected(trainee, slot):
    sign_at(trainee, slot, STARTS)
    fresh = Enrolment.objects.get(pk=trainee.pk)

    morning, afternoon = half_days_of_today(fresh, STARTS + MINUTE)

    assert (morning.line.minutes, morning.to_sign, afternoon.to_sign) == (210, False, False)
    assert half_days_of_today(fresh, STARTS + timedelta(hours=4, minutes=30))[1].to_sign
    assert half_days_of_today(fresh, STARTS - timedelta(days=1)) == []
    fresh.state = EnrolmentState.REQUESTED
    assert half_days_of_today(fresh, STARTS) == []


@pytest.mark.parametrize(
    ("address", "now", "sent"),
    [
        ("STAGIAIRE1@exemple.test ", STARTS, 1),
        ("curieux@exemple.test", STARTS, 0),
        ("stagiaire1@exemple.test", STARTS - timedelta(hours=1), 0),
    ],
)
def test_a_link_is_sent_again_in_the_room_to_who_is_expected_there(
    trainee, slot, address, now, sent
):
    OutgoingMessage.objects.all().delete()

    send_link_in_room(slot, address, now)

    assert OutgoingMessage.objects.filter(kind="formation_link").count() == sent


@pytest.mark.django_db(transaction=True)
def test_two_phones_of_the_same_person_make_one_line(trainee, slot):
    code = room_code(open_sheet(slot, STARTS), STARTS)

    answers = at_once(*[lambda: sign(trainee, code, STARTS) for _ in range(8)])

    assert {type(answer) for answer in answers} == {Attendance}
    assert Attendance.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_whole_room_signs_at_once(session, slot):
    people = confirmed(session, *range(1, 9), now=SIGNED_UP)
    code = room_code(open_sheet(slot, STARTS), STARTS)

    at_once(*[lambda who=who: sign(who, code, STARTS) for who in people])

    assert Attendance.objects.filter(slot=slot, presence=Presence.PRESENT).count() == 8
