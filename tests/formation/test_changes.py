"""Replacing somebody, going to another session, correcting an address: all of it or nothing."""

from datetime import timedelta

import pytest

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, SessionState
from formation.exceptions import (
    AlreadyEnrolled,
    SessionCancelled,
    SessionFull,
    TooLateToWithdraw,
)
from formation.models import Enrolment, Session
from formation.services.audit import faults
from formation.services.changes import (
    correct,
    correct_contact,
    other_sessions,
    send_links,
    substitute,
    transfer,
)
from formation.services.enrolment import enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from site_enys.states import PERSON, Actor, Role, TransitionRefused
from tests.factories.formation import SessionFactory, group, individual, sign_up, trainee
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
STAFF = Actor(Role.STAFF)
S = EnrolmentState
CONTACT = "direction@deux-rives.test"


@pytest.fixture
def session():
    return SessionFactory(first=STARTS, capacity=2)


@pytest.fixture
def other(session):
    return SessionFactory(first=STARTS + timedelta(days=30), capacity=2, course=session.course)


@pytest.fixture(autouse=True)
def _everything_still_adds_up():
    yield
    assert list(faults(NOW)) == []


def enrolled(session, data=None):
    enrolment = enrol(session, data or sign_up(1), NOW).enrolments.get()
    OutgoingMessage.objects.all().delete()
    return enrolment


def confirmed(enrolment):
    ENROLMENT_LIFECYCLE.apply(
        enrolment, "confirm_directly", by=STAFF, now=NOW, reason="Commande reçue."
    )
    OutgoingMessage.objects.all().delete()
    return enrolment


def counters(session):
    return tuple(Session.objects.values_list("seats_taken", "waiting_count").get(pk=session.pk))


def sent():
    return dict(OutgoingMessage.objects.values_list("to", "kind"))


# -- Somebody else comes ------------------------------------------------------------------------


def test_a_colleague_takes_the_place_where_it_stands(session):
    old = confirmed(enrolled(session))

    new = substitute(old, trainee(9), by=PERSON, now=NOW)

    assert (old.state, new.state) == (S.SUBSTITUTED, S.CONFIRMED)
    assert (new.follows, new.request) == (old, old.request)
    assert counters(session) == (1, 0)
    assert new.events.get().transition == "take_over"
    assert sent() == {
        "stagiaire1@exemple.test": "formation_substituted",
        "stagiaire9@exemple.test": "formation_takes_the_place",
        CONTACT: "formation_company_change",
        "equipe@enys.test": "formation_staff_news",
    }


def test_a_colleague_takes_the_rank_too(session):
    enrol(session, group(5, 6), NOW)
    first = enrolled(session, sign_up(1))
    enrolled(session, sign_up(2))

    new = substitute(first, trainee(9), by=STAFF, now=NOW)

    assert (new.state, new.waiting_rank) == (S.WAITLISTED, 1)
    assert counters(session) == (2, 2)
    assert "equipe@enys.test" not in sent()


@pytest.mark.parametrize(
    ("data", "state", "now", "match"),
    [
        (individual(1), S.REQUESTED, NOW, "entreprise"),
        (sign_up(1), S.WITHDRAWN, NOW, "n’est pas possible"),
        (sign_up(1), S.REQUESTED, STARTS, "commencé"),
    ],
)
def test_a_place_that_cannot_be_taken_over_stays_as_it_is(session, data, state, now, match):
    old = enrolled(session, data)
    if state == S.WITHDRAWN:
        ENROLMENT_LIFECYCLE.apply(old, "withdraw", by=STAFF, now=NOW)

    with pytest.raises(TransitionRefused, match=match):
        substitute(old, trainee(9), by=PERSON, now=now)

    old.refresh_from_db()
    assert (old.state, Enrolment.objects.count()) == (state, 1)


def test_the_same_place_is_not_taken_over_twice(session):
    old = enrolled(session)
    substitute(old, trainee(8), by=PERSON, now=NOW)

    with pytest.raises(TransitionRefused):
        substitute(old, trainee(9), by=PERSON, now=NOW)

    assert counters(session) == (1, 0)


def test_a_colleague_who_comes_already_does_not_take_a_second_place(session):
    old = enrolled(session)
    enrol(session, sign_up(9), NOW)

    with pytest.raises(AlreadyEnrolled):
        substitute(old, trainee(9), by=PERSON, now=NOW)


# -- Another session ----------------------------------------------------------------------------


def test_a_confirmed_person_goes_to_another_date_and_leaves_her_seat_to_the_list(session, other):
    mover = confirmed(enrolled(session))
    enrol(session, sign_up(2), NOW)
    waits = enrolled(session, sign_up(3))

    new = transfer(mover, other, by=PERSON, now=NOW)

    waits.refresh_from_db()
    assert (mover.state, new.state, waits.state) == (S.TRANSFERRED, S.CONFIRMED, S.OFFERED)
    assert (new.session, new.request.session, new.follows) == (other, other, mover)
    assert new.request.reference != mover.request.reference
    assert (counters(session), counters(other)) == ((2, 0), (1, 0))
    mail = OutgoingMessage.objects.get(to="stagiaire1@exemple.test")
    assert mail.kind == "formation_transferred"
    assert (session.code in mail.text, other.code in mail.text) == (True, True)
    assert [each.content_type[-14:] for each in mail.attachments.order_by("pk")] == [
        " method=CANCEL",
        "method=REQUEST",
    ]


def test_who_waited_is_studied_where_she_goes(session, other):
    enrol(session, group(5, 6), NOW)
    waits = enrolled(session)

    new = transfer(waits, other, by=PERSON, now=NOW)

    assert (waits.state, new.state) == (S.TRANSFERRED, S.REQUESTED)
    assert counters(session) == (2, 0)


def test_only_sessions_of_the_course_with_a_free_seat_are_proposed(session, other):
    mover = enrolled(session)
    full = SessionFactory(first=STARTS, capacity=1, course=session.course)
    enrol(full, sign_up(9), NOW)
    SessionFactory(first=STARTS)
    SessionFactory(first=STARTS, course=session.course, state=SessionState.CANCELLED)
    closed = SessionFactory(first=STARTS, course=session.course, enrol_closes_at=NOW)

    assert other_sessions(mover, NOW) == [other]
    assert closed not in other_sessions(mover, NOW)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"state": SessionState.CANCELLED}, SessionCancelled), ({"capacity": 1}, SessionFull)],
)
def test_a_session_that_does_not_take_her_leaves_her_where_she_is(session, other, changes, refusal):
    mover = enrolled(session)
    enrol(other, sign_up(9), NOW)
    Session.objects.filter(pk=other.pk).update(**changes)

    with pytest.raises(refusal):
        transfer(mover, other, by=PERSON, now=NOW)

    mover.refresh_from_db()
    assert (mover.state, counters(session), counters(other)) == (S.REQUESTED, (1, 0), (1, 0))


@pytest.mark.parametrize(
    ("by", "before", "possible"),
    [
        (PERSON, timedelta(days=7), True),
        (PERSON, timedelta(days=7, seconds=-1), False),
        (STAFF, timedelta(days=1), True),
        (STAFF, timedelta(0), False),
    ],
)
def test_a_person_changes_her_date_until_a_week_before_and_the_team_until_it_begins(
    session, other, by, before, possible
):
    mover = enrolled(session)

    if possible:
        transfer(mover, other, by=by, now=STARTS - before)
    else:
        with pytest.raises(TransitionRefused):
            transfer(mover, other, by=by, now=STARTS - before)


def test_who_pays_alone_is_not_moved_nearer_than_the_withdrawal_period(session):
    soon = SessionFactory(first=NOW + timedelta(days=10), course=session.course)
    mover = enrolled(session, individual(1))

    with pytest.raises(TooLateToWithdraw):
        transfer(mover, soon, by=PERSON, now=NOW)


def test_who_is_in_the_other_session_already_does_not_come_twice(session, other):
    mover = enrolled(session)
    enrol(other, sign_up(1), NOW)

    with pytest.raises(AlreadyEnrolled):
        transfer(mover, other, by=STAFF, now=NOW)


# -- Where to write -----------------------------------------------------------------------------


def values(enrolment, **changed):
    names = ("first_name", "last_name", "email", "phone")
    return {name: getattr(enrolment, name) for name in names} | changed


def test_a_new_address_closes_the_links_and_both_addresses_are_told(session):
    enrolment = enrolled(session)
    nonce = enrolment.link_nonce

    correct(enrolment, values(enrolment, email="Neuf@exemple.test"), by=PERSON, now=NOW)

    enrolment.refresh_from_db()
    assert (enrolment.email, enrolment.email_key) == ("Neuf@exemple.test", "neuf@exemple.test")
    assert enrolment.link_nonce != nonce
    assert sent() == {
        "Neuf@exemple.test": "formation_corrected",
        "stagiaire1@exemple.test": "formation_address_changed",
        "equipe@enys.test": "formation_staff_news",
    }
    event = enrolment.events.last()
    assert (event.transition, event.reason) == ("correct", "adresse électronique")


def test_a_name_alone_leaves_the_links_open(session):
    enrolment = enrolled(session)
    nonce = enrolment.link_nonce

    correct(enrolment, values(enrolment, last_name="Moreau-Diop"), by=STAFF, now=NOW)

    enrolment.refresh_from_db()
    assert (enrolment.last_name, enrolment.link_nonce) == ("Moreau-Diop", nonce)
    assert sent() == {"stagiaire1@exemple.test": "formation_corrected"}


def test_a_closed_enrolment_keeps_what_it_says(session):
    enrolment = enrolled(session)
    ENROLMENT_LIFECYCLE.apply(enrolment, "withdraw", by=STAFF, now=NOW)

    with pytest.raises(TransitionRefused, match="close"):
        correct(enrolment, values(enrolment, last_name="Autre"), by=PERSON, now=NOW)


def test_nothing_changed_writes_to_nobody(session):
    enrolment = enrolled(session)

    correct(enrolment, values(enrolment), by=PERSON, now=NOW)

    assert (sent(), enrolment.events.count()) == ({}, 1)


def test_nobody_becomes_somebody_who_comes_already(session):
    enrol(session, individual(2), NOW)
    enrolment = enrolled(session, individual(1))

    with pytest.raises(AlreadyEnrolled):
        correct(enrolment, values(enrolment, email="stagiaire2@exemple.test"), by=PERSON, now=NOW)

    assert Enrolment.objects.get(pk=enrolment.pk).email == "stagiaire1@exemple.test"


def test_a_new_contact_gets_the_link_and_the_former_one_is_told(session):
    request = enrol(session, group(1, 2), NOW)
    OutgoingMessage.objects.all().delete()
    nonce = request.link_nonce
    new = {"contact_name": "Léa", "contact_email": "lea@deux-rives.test", "contact_phone": ""}

    correct_contact(request, new, by=PERSON, now=NOW)

    request.refresh_from_db()
    assert request.link_nonce != nonce
    assert sent() == {
        "lea@deux-rives.test": "formation_company_link",
        CONTACT: "formation_address_changed",
    }
    assert {
        event.reason for event in request.enrolments.first().events.filter(transition="correct")
    } == {"adresse du contact, nom du contact"}


@pytest.mark.parametrize(
    ("reference", "address", "kinds"),
    [
        ("F-2027-0001", "DIRECTION@deux-rives.test", {CONTACT: "formation_company_link"}),
        (" f-2027-0001 ", "stagiaire1@exemple.test", {"stagiaire1@exemple.test": "formation_link"}),
        ("F-2027-0001", "curieux@exemple.test", {}),
        ("F-2027-0002", CONTACT, {}),
        ("", "", {}),
    ],
)
def test_a_link_is_sent_again_only_to_an_address_of_the_request(session, reference, address, kinds):
    enrol(session, group(1, 2), NOW)
    OutgoingMessage.objects.all().delete()

    send_links(reference, address)

    assert sent() == kinds
