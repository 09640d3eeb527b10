"""Whatever people and staff do, and in whatever order, the counts stay true.

The machine below plays at random: sign-ups alone and in groups, withdrawals, offers accepted,
declined or left to expire, replacements, changes of session and of capacity, postponements. After
each step it recounts everything.
"""

from datetime import datetime, timedelta

from django.db import transaction

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from formation.enums import LIVE, SEATED, TERMINAL, WAITING, EnrolmentState, SessionState
from formation.models import Enrolment, EnrolmentEvent, Session
from formation.services.audit import faults
from formation.services.changes import substitute, transfer
from formation.services.enrolment import enrol_visitor
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE, reschedule
from formation.services.timed import end_withdrawal_periods, expire_offers, remind_of_offers
from site_enys.exceptions import Refused
from site_enys.states import PERSON, Actor, Role
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    group,
    half_days,
    individual,
    trainee,
)
from tests.harness.clock import paris

STAFF = Actor(Role.STAFF)
BEGINNING = paris(2027, 1, 4, 9)
STARTS = paris(2027, 3, 1, 9)
MOVES = sorted(row.name for row in ENROLMENT_LIFECYCLE.transitions if not row.own_screen)


class Desk(RuleBasedStateMachine):
    """Two full sessions of one course, and a clock that only goes forward."""

    now: datetime

    @initialize(first=st.integers(1, 3), second=st.integers(1, 3))
    def open_the_desk(self, first: int, second: int) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        course = CoursePageFactory()
        self.sessions = [
            SessionFactory(first=STARTS, course=course, capacity=capacity)
            for capacity in (first, second)
        ]
        self.now = BEGINNING
        self.number = 0
        for session in self.sessions:
            for _ in range(session.capacity + 2):
                enrol_visitor(session, individual(self.somebody_new()), self.now)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # What may happen ---------------------------------------------------------------------------

    @rule(where=st.integers(0, 1), size=st.integers(1, 3), partial=st.booleans())
    def a_company_signs_up(self, where: int, size: int, partial: bool) -> None:  # noqa: FBT001
        numbers = [self.somebody_new() for _ in range(size)]
        self.attempt(
            enrol_visitor, self.sessions[where], group(*numbers, accept_partial=partial), self.now
        )

    @rule(where=st.integers(0, 1), again=st.booleans())
    def somebody_signs_up_alone(self, where: int, again: bool) -> None:  # noqa: FBT001
        number = self.number if again and self.number else self.somebody_new()
        self.attempt(enrol_visitor, self.sessions[where], individual(number), self.now)

    @precondition(lambda self: Enrolment.objects.live().exists())
    @rule(role=st.sampled_from([STAFF, PERSON]), data=st.data())
    def something_possible_is_decided(self, role: Actor, data: st.DataObject) -> None:
        somebody = self.somebody(data, state__in=LIVE)
        possible = ENROLMENT_LIFECYCLE.possible(somebody, role, self.now)
        if possible:
            self.decide(somebody, data.draw(st.sampled_from([row.name for row in possible])), role)

    @precondition(lambda self: Enrolment.objects.exists())
    @rule(name=st.sampled_from(MOVES), role=st.sampled_from([STAFF, PERSON]), data=st.data())
    def anything_is_decided(self, name: str, role: Actor, data: st.DataObject) -> None:
        self.decide(self.somebody(data), name, role)

    @precondition(lambda self: Enrolment.objects.exists())
    @rule(data=st.data())
    def a_colleague_comes_instead(self, data: st.DataObject) -> None:
        heir = trainee(self.somebody_new())
        self.attempt(substitute, self.somebody(data), heir, by=PERSON, now=self.now)

    @precondition(lambda self: Enrolment.objects.exists())
    @rule(where=st.integers(0, 1), data=st.data())
    def somebody_changes_her_date(self, where: int, data: st.DataObject) -> None:
        target = self.sessions[where]
        self.attempt(transfer, self.somebody(data), target, by=STAFF, now=self.now)

    @rule(hours=st.sampled_from([1, 4, 24, 72, 200]))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        remind_of_offers(self.now)
        expire_offers(self.now)
        end_withdrawal_periods(self.now)

    @rule(where=st.integers(0, 1), capacity=st.integers(1, 6))
    def the_room_changes(self, where: int, capacity: int) -> None:
        with transaction.atomic():
            pk = self.sessions[where].pk
            rows = Session.objects.filter(pk=pk, seats_taken__lte=capacity)
            if rows.update(capacity=capacity):
                ENROLMENT_LIFECYCLE.serve(pk, self.now)

    @rule(where=st.integers(0, 1), name=st.sampled_from(["confirm", "postpone", "cancel"]))
    def the_session_is_decided(self, where: int, name: str) -> None:
        session = Session.objects.get(pk=self.sessions[where].pk)
        self.attempt(
            SESSION_LIFECYCLE.apply, session, name, by=STAFF, now=self.now, reason="Motif."
        )

    @rule(where=st.integers(0, 1), weeks=st.integers(1, 3))
    def the_dates_change(self, where: int, weeks: int) -> None:
        session = Session.objects.get(pk=self.sessions[where].pk)
        slots = half_days(STARTS + timedelta(weeks=weeks), days=1)
        self.attempt(reschedule, session, slots, by=STAFF, now=self.now, reason="Motif.")

    # What is always true -----------------------------------------------------------------------

    @invariant()
    def the_counts_are_true_and_no_seat_is_kept_from_the_list(self) -> None:
        assert list(faults(self.now)) == []
        for session in Session.objects.all():
            assert 0 <= session.seats_taken <= session.capacity

    @invariant()
    def nobody_is_live_in_a_cancelled_session_nor_twice_in_one(self) -> None:
        live = Enrolment.objects.live()
        assert not live.filter(session__state=SessionState.CANCELLED).exists()
        people = list(live.values_list("session_id", "person_key"))
        assert len(people) == len(set(people))

    @invariant()
    def each_state_is_that_of_the_last_event_and_nothing_leaves_an_end(self) -> None:
        told: dict[int, str] = {}
        events = EnrolmentEvent.objects.order_by("pk")
        for pk, before, after in events.values_list("subject", "from_state", "to_state"):
            assert told.get(pk, before) == before
            assert pk not in told or before not in TERMINAL
            told[pk] = after
        assert told == dict(Enrolment.objects.values_list("pk", "state"))

    @invariant()
    def each_offer_has_its_end(self) -> None:
        offered = Enrolment.objects.filter(state=EnrolmentState.OFFERED)
        assert not offered.filter(offer_expires_at=None).exists()

    # Gestures ----------------------------------------------------------------------------------

    def somebody_new(self) -> int:
        self.number += 1
        return self.number

    def decide(self, somebody: Enrolment, name: str, role: Actor) -> None:
        self.attempt(
            ENROLMENT_LIFECYCLE.apply,
            somebody,
            name,
            by=role,
            now=self.now,
            reason="Motif.",
            forced=True,
        )

    def somebody(self, data: st.DataObject, **among: object) -> Enrolment:
        rows = Enrolment.objects.filter(**among).order_by("pk")
        keys = list(rows.values_list("pk", flat=True))
        return Enrolment.objects.get(pk=data.draw(st.sampled_from(keys)))

    @staticmethod
    def attempt(act, *args, **options) -> None:
        """Do it, or nothing at all."""
        before = list(Enrolment.objects.order_by("pk").values_list("pk", "state"))
        try:
            act(*args, **options)
        except Refused:
            assert list(Enrolment.objects.order_by("pk").values_list("pk", "state")) == before


@pytest.mark.django_db
def test_the_counts_stay_true_whatever_happens():
    assert {*SEATED, *WAITING} == LIVE
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            phases=[Phase.generate],  # add Phase.shrink to read a short story of a failure
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
