"""What staff decides about a session, and what it does to the people in it."""

from datetime import timedelta

import pytest

from courrier.models import OutgoingMessage
from formation.enums import DeliveryMode, EnrolmentState, SessionState
from formation.models import Enrolment, Session
from formation.services import seats
from formation.services.enrolment import enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE, reschedule, settle_after_edit
from site_enys.states import Actor, Role, TransitionRefused
from tests.factories.formation import (
    SessionFactory,
    VenueFactory,
    group,
    half_days,
    individual,
    sign_up,
)
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
ENDS = paris(2027, 3, 2, 17)
STAFF = Actor(Role.STAFF)
S = SessionState

ALLOWED = {
    ("publish", S.DRAFT): S.PUBLISHED,
    ("confirm", S.PUBLISHED): S.CONFIRMED,
    ("postpone", S.PUBLISHED): S.POSTPONED,
    ("postpone", S.CONFIRMED): S.POSTPONED,
    ("reschedule", S.PUBLISHED): S.PUBLISHED,
    ("reschedule", S.CONFIRMED): S.PUBLISHED,
    ("reschedule", S.POSTPONED): S.PUBLISHED,
    ("withdraw", S.PUBLISHED): S.DRAFT,
    ("cancel", S.DRAFT): S.CANCELLED,
    ("cancel", S.PUBLISHED): S.CANCELLED,
    ("cancel", S.CONFIRMED): S.CANCELLED,
    ("cancel", S.POSTPONED): S.CANCELLED,
}


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("role", list(Role))
def test_the_whole_matrix(state, role):
    session = SessionFactory(first=STARTS, state=state)
    for row in SESSION_LIFECYCLE.transitions:
        Session.objects.filter(pk=session.pk).update(state=state)
        session.refresh_from_db()
        expected = ALLOWED.get((row.name, state)) if role == Role.STAFF else None
        offered = row in SESSION_LIFECYCLE.possible(session, Actor(role), NOW)
        try:
            SESSION_LIFECYCLE.apply(session, row.name, by=Actor(role), now=NOW, reason="Motif.")
        except TransitionRefused:
            assert (expected, offered, session.state) == (None, False, state), row.name
        else:
            assert (session.state, offered) == (expected, not row.own_screen), row.name
            assert session.events.last().reason == "Motif."


@pytest.mark.parametrize(
    ("now", "possible"),
    [
        (ENDS - timedelta(seconds=1), False),
        (ENDS, True),
        (ENDS + timedelta(seconds=1), True),
    ],
)
def test_a_session_is_completed_once_it_has_ended(now, possible):
    session = SessionFactory(first=STARTS, state=S.CONFIRMED)

    offered = {row.name for row in SESSION_LIFECYCLE.possible(session, STAFF, now)}

    assert ("complete" in offered) is possible
    assert ("cancel" in offered) is not possible


@pytest.mark.parametrize(
    ("fields", "now", "sentence"),
    [
        ({"slots": []}, NOW, "demi-journée"),
        ({}, STARTS, "passées"),
        ({"venue": None}, NOW, "lieu"),
    ],
)
def test_a_session_is_announced_only_when_people_can_come(fields, now, sentence):
    session = SessionFactory(first=STARTS, state=S.DRAFT, **fields)

    with pytest.raises(TransitionRefused, match=sentence):
        SESSION_LIFECYCLE.apply(session, "publish", by=STAFF, now=now)


def test_a_remote_session_needs_no_venue():
    session = SessionFactory(
        first=STARTS, state=S.DRAFT, venue=None, delivery_mode=DeliveryMode.ONLINE
    )

    SESSION_LIFECYCLE.apply(session, "publish", by=STAFF, now=NOW)


def test_a_session_of_a_draft_course_is_not_announced():
    session = SessionFactory(first=STARTS, state=S.DRAFT, course__live=False)

    with pytest.raises(TransitionRefused, match="page de la formation"):
        SESSION_LIFECYCLE.apply(session, "publish", by=STAFF, now=NOW)


def test_a_session_with_people_does_not_go_back_to_draft():
    session = SessionFactory(first=STARTS)
    enrol(session, individual(), NOW)
    session.refresh_from_db()

    with pytest.raises(TransitionRefused, match="annulez ou reportez"):
        SESSION_LIFECYCLE.apply(session, "withdraw", by=STAFF, now=NOW)


def test_cancelling_a_session_ends_every_live_enrolment_and_tells_everybody():
    session = SessionFactory(first=STARTS, capacity=2)
    people = [enrol(session, sign_up(number), NOW).enrolments.get() for number in range(1, 5)]
    ENROLMENT_LIFECYCLE.apply(people[0], "accept", by=STAFF, now=NOW)
    ENROLMENT_LIFECYCLE.apply(people[3], "withdraw", by=STAFF, now=NOW)
    OutgoingMessage.objects.all().delete()

    SESSION_LIFECYCLE.apply(session, "cancel", by=STAFF, now=NOW, reason="Trop peu de monde.")

    states = list(Enrolment.objects.order_by("pk").values_list("state", flat=True))
    told = OutgoingMessage.objects.filter(kind="formation_cancelled").values_list("to", flat=True)
    assert states == ["cancelled", "cancelled", "cancelled", "withdrawn"]
    assert (session.seats_taken, session.waiting_count) == (0, 0)
    assert sorted(told) == [f"stagiaire{number}@exemple.test" for number in (1, 2, 3)]
    assert OutgoingMessage.objects.filter(kind="formation_company_change").count() == 3


def test_a_failure_in_the_middle_of_a_cancellation_undoes_all_of_it(monkeypatch):
    session = SessionFactory(first=STARTS)
    for number in (1, 2, 3):
        enrol(session, individual(number), NOW)
    OutgoingMessage.objects.all().delete()
    real, calls = seats.follow, []

    def fails_at_the_third(*args):
        calls.append(args)
        if len(calls) == 3:
            raise RuntimeError
        real(*args)

    monkeypatch.setattr(seats, "follow", fails_at_the_third)
    with pytest.raises(RuntimeError):
        SESSION_LIFECYCLE.apply(session, "cancel", by=STAFF, now=NOW, reason="Motif.")

    fresh = Session.objects.get(pk=session.pk)
    assert (fresh.state, fresh.seats_taken) == (S.PUBLISHED, 3)
    assert Enrolment.objects.filter(state=EnrolmentState.REQUESTED).count() == 3
    assert OutgoingMessage.objects.count() == 0


def test_people_keep_their_place_in_a_postponed_session_and_learn_the_new_dates():
    session = SessionFactory(first=STARTS, capacity=1)
    for number in (1, 2):
        enrol(session, individual(number), NOW)
    OutgoingMessage.objects.all().delete()

    SESSION_LIFECYCLE.apply(session, "postpone", by=STAFF, now=NOW, reason="Salle fermée.")
    reschedule(session, half_days(STARTS + timedelta(days=7)), by=STAFF, now=NOW, reason="Prête.")

    kinds = list(OutgoingMessage.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["formation_postponed"] * 2 + ["formation_rescheduled"] * 2
    assert (session.seats_taken, session.waiting_count) == (1, 1)


# -- New dates, another place -------------------------------------------------------------------


@pytest.mark.parametrize("state", [S.PUBLISHED, S.CONFIRMED])
def test_new_dates_reach_everybody_and_the_session_has_to_be_kept_again(state):
    session = SessionFactory(first=STARTS, capacity=3, state=state)
    enrol(session, group(1, 2), NOW)
    Enrolment.objects.update(convoked_at=NOW, reminded_at=NOW)
    OutgoingMessage.objects.all().delete()

    reschedule(session, half_days(STARTS + timedelta(days=7)), by=STAFF, now=NOW, reason="Grève.")

    sent = list(OutgoingMessage.objects.order_by("to").values_list("to", "kind"))
    assert sent == [
        ("direction@deux-rives.test", "formation_company_change"),
        ("stagiaire1@exemple.test", "formation_rescheduled"),
        ("stagiaire2@exemple.test", "formation_rescheduled"),
    ]
    assert (session.state, session.starts_at) == (S.PUBLISHED, STARTS + timedelta(days=7))
    assert session.calendar_sequence == 1
    assert set(Enrolment.objects.values_list("convoked_at", "reminded_at")) == {(None, None)}


def refused_dates(session, slots, match):
    before = [slot.hours for slot in session.slots.all()]
    with pytest.raises(TransitionRefused, match=match):
        reschedule(session, slots, by=STAFF, now=NOW, reason="Grève.")
    session.refresh_from_db()
    assert [slot.hours for slot in Session.objects.get(pk=session.pk).slots.all()] == before
    assert OutgoingMessage.objects.count() == 0


def test_dates_that_do_not_change_tell_nobody():
    refused_dates(SessionFactory(first=STARTS), half_days(STARTS), "dates actuelles")


def test_a_session_is_not_moved_to_the_past_nor_to_no_date():
    session = SessionFactory(first=STARTS)
    refused_dates(session, half_days(NOW - timedelta(days=30)), "passées")
    refused_dates(session, [], "demi-journée")


def test_nobody_is_at_two_half_days_at_once():
    slots = half_days(STARTS + timedelta(days=7), days=1)
    slots[1].starts_at = slots[0].ends_at - timedelta(minutes=1)
    refused_dates(SessionFactory(first=STARTS), slots, "chevauchent")


def test_a_postponed_session_may_find_its_dates_again():
    session = SessionFactory(first=STARTS)
    SESSION_LIFECYCLE.apply(session, "postpone", by=STAFF, now=NOW, reason="Doute.")

    reschedule(session, half_days(STARTS), by=STAFF, now=NOW, reason="Prête.")

    assert (session.state, session.starts_at) == (S.PUBLISHED, STARTS)


def test_another_place_is_told_to_those_who_come():
    session = SessionFactory(first=STARTS)
    enrol(session, individual(), NOW)
    OutgoingMessage.objects.all().delete()
    before = Session.objects.get(pk=session.pk)
    session.venue = VenueFactory(name="Salle du Quai", city="Lyon")
    session.save()

    settle_after_edit(session, before, NOW)
    settle_after_edit(session, session, NOW)

    mail = OutgoingMessage.objects.get()
    assert (mail.kind, "Salle du Quai" in mail.text) == ("formation_moved", True)
    assert Session.objects.get(pk=session.pk).calendar_sequence == 1
