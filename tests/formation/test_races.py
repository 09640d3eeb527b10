"""The last seat under load, on SQLite and on PostgreSQL.

The first test is the control: without the guard, the same load sells the seat twice.
"""

from collections import Counter
from datetime import timedelta
from threading import Barrier

from django.utils import timezone

import pytest

from formation.enums import EnrolmentState
from formation.exceptions import AlreadyEnrolled, EnrolmentRefused
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.services.changes import transfer
from formation.services.enrolment import enrol, enrol_visitor
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE
from formation.services.timed import expire_offers
from site_enys.exceptions import Refused
from site_enys.states import PERSON, Actor, Role
from tests.factories.formation import CoursePageFactory, SessionFactory, individual
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

STAFF = Actor(Role.STAFF)


def check_counters(session: Session) -> Session:
    fresh = Session.objects.get(pk=session.pk)
    rows = Enrolment.objects.filter(session=session)
    assert fresh.seats_taken == rows.seated().count() <= fresh.capacity
    assert fresh.waiting_count == rows.waiting().count()
    return fresh


def test_control_without_the_guard_the_last_seat_is_sold_twice():
    session = SessionFactory(capacity=1)
    both_have_read = Barrier(2)

    def read_then_write() -> bool:
        seen = Session.objects.get(pk=session.pk)
        both_have_read.wait(timeout=30)
        if seen.seats_taken >= seen.capacity:
            return False
        Session.objects.filter(pk=seen.pk).update(seats_taken=seen.seats_taken + 1)
        return True

    sold = at_once(read_then_write, read_then_write)

    assert sold == [True, True]
    assert Session.objects.get(pk=session.pk).seats_taken == 1


def test_two_people_never_take_the_last_seat():
    session = SessionFactory(capacity=1)
    now = timezone.now()

    answers = at_once(
        *[lambda n=n: enrol(session, individual(n), now).answered_state for n in (1, 2)]
    )

    assert sorted(answers) == ["requested", "waitlisted"]
    check_counters(session)


def test_two_hundred_people_for_five_seats_twenty_at_a_time():
    session = SessionFactory(capacity=5)
    now = timezone.now()

    def ten_of(crowd: int) -> list[EnrolmentRequest]:
        return [enrol(session, individual(crowd * 10 + n), now) for n in range(10)]

    crowds = at_once(*[lambda crowd=crowd: ten_of(crowd) for crowd in range(20)])

    answers = [answer for crowd in crowds for answer in crowd]
    outcome = Counter(answer.answered_state for answer in answers)
    ranks = sorted(answer.answered_rank for answer in answers if answer.answered_rank)
    assert outcome == {"requested": 5, "waitlisted": 195}
    assert ranks == list(range(1, 196))
    # Arrival order: the rank that was announced is the rank of the row.
    announced = EnrolmentRequest.objects.filter(enrolments__state=EnrolmentState.WAITLISTED)
    assert list(
        announced.order_by("enrolments__pk").values_list("answered_rank", flat=True)
    ) == list(range(1, 196))
    assert len({answer.reference for answer in answers}) == 200
    check_counters(session)


def test_the_same_person_ten_times_at_once_takes_one_seat():
    session = SessionFactory(capacity=5)
    now = timezone.now()

    answers = at_once(*[lambda: enrol(session, individual(1), now) for _ in range(10)])

    assert sum(isinstance(answer, AlreadyEnrolled) for answer in answers) == 9
    assert check_counters(session).seats_taken == 1


def test_the_same_visitor_twice_at_once_gets_twice_the_same_answer():
    session = SessionFactory(capacity=5)
    now = timezone.now()

    answers = at_once(*[lambda: enrol_visitor(session, individual(1), now) for _ in range(2)])

    assert [answer.answered_state for answer in answers] == ["requested", "requested"]
    assert check_counters(session).seats_taken == 1


def test_two_seats_freed_at_once_go_to_the_first_two_of_the_list():
    session = SessionFactory(capacity=2)
    now = timezone.now()
    people = [enrol(session, individual(n), now).enrolments.get() for n in range(5)]

    at_once(
        *[
            lambda who=who: ENROLMENT_LIFECYCLE.apply(who, "withdraw", by=STAFF, now=now)
            for who in people[:2]
        ]
    )

    states = list(Enrolment.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["withdrawn"] * 2 + ["offered"] * 2 + ["waitlisted"]
    fresh = check_counters(session)
    assert (fresh.seats_taken, fresh.waiting_count) == (2, 1)


def test_an_answer_and_the_end_of_its_delay_at_once_leave_one_outcome():
    session = SessionFactory(capacity=1)
    now = timezone.now()
    seated, waits, after = (enrol(session, individual(n), now).enrolments.get() for n in (1, 2, 3))
    ENROLMENT_LIFECYCLE.apply(seated, "withdraw", by=STAFF, now=now)
    waits.refresh_from_db()
    late = waits.offer_expires_at

    at_once(
        lambda: ENROLMENT_LIFECYCLE.apply(
            waits, "accept_offer", by=PERSON, now=late - timedelta(seconds=1)
        ),
        lambda: expire_offers(late),
    )

    waits.refresh_from_db()
    after.refresh_from_db()
    assert (waits.state, after.state) in {("requested", "waitlisted"), ("expired", "offered")}
    check_counters(session)


def test_people_who_cross_between_two_sessions_never_wait_for_each_other():
    course = CoursePageFactory()
    here, there = (SessionFactory(course=course, capacity=8) for _ in range(2))
    now = timezone.now()
    going = [enrol(here, individual(n), now).enrolments.get() for n in range(4)]
    coming = [enrol(there, individual(n), now).enrolments.get() for n in range(4, 8)]

    answers = at_once(
        *[lambda who=who: transfer(who, there, by=STAFF, now=now) for who in going],
        *[lambda who=who: transfer(who, here, by=STAFF, now=now) for who in coming],
    )

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert [check_counters(session).seats_taken for session in (here, there)] == [4, 4]


def test_the_last_seat_elsewhere_is_taken_by_one_of_two_who_move():
    course = CoursePageFactory()
    here, there = SessionFactory(course=course), SessionFactory(course=course, capacity=1)
    now = timezone.now()
    people = [enrol(here, individual(n), now).enrolments.get() for n in range(2)]

    answers = at_once(*[lambda who=who: transfer(who, there, by=STAFF, now=now) for who in people])

    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert [check_counters(session).seats_taken for session in (here, there)] == [1, 1]


def test_a_cancellation_among_sign_ups_leaves_nobody_behind():
    session = SessionFactory(capacity=30)
    now = timezone.now()
    enrol(session, individual(0), now)

    answers = at_once(
        *[
            *[lambda n=n: enrol(session, individual(n), now) for n in range(1, 12)],
            lambda: SESSION_LIFECYCLE.apply(
                Session.objects.get(pk=session.pk), "cancel", by=STAFF, now=now, reason="Motif."
            ),
        ]
    )

    refused = [answer for answer in answers if isinstance(answer, EnrolmentRefused)]
    fresh = check_counters(session)
    assert (fresh.state, fresh.seats_taken) == ("cancelled", 0)
    assert Enrolment.objects.filter(state=EnrolmentState.CANCELLED).count() == 12 - len(refused)


def test_sign_ups_and_withdrawals_together_keep_the_count():
    session = SessionFactory(capacity=6)
    now = timezone.now()
    people = [enrol(session, individual(n), now).enrolments.get() for n in range(6)]

    at_once(
        *[
            *[
                lambda who=who: ENROLMENT_LIFECYCLE.apply(who, "withdraw", by=STAFF, now=now)
                for who in people
            ],
            *[lambda n=n: enrol(session, individual(n), now) for n in range(10, 22)],
        ]
    )

    check_counters(session)
