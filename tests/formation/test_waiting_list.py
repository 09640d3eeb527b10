"""Who is offered a freed seat, for how long, and what the others are told."""

from datetime import timedelta

import pytest

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, SessionState
from formation.exceptions import GroupTooLarge, NotEnoughSeats
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.services.enrolment import enrol, enrol_visitor
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE
from formation.services.timed import expire_offers, remind_of_offers
from formation.services.waiting_list import entries, offer_expires_at, why_waiting
from site_enys.states import PERSON, Actor, Role, TransitionRefused
from tests.factories.formation import SessionFactory, group, individual
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
STAFF = Actor(Role.STAFF)
S = EnrolmentState


def session_of(capacity, **fields):
    return SessionFactory(first=STARTS, capacity=capacity, **fields)


def person(number):
    return Enrolment.objects.get(last_name=f"Moreau {number}")


def states(*numbers):
    return [person(number).state for number in numbers]


def leave(number, now=NOW):
    ENROLMENT_LIFECYCLE.apply(person(number), "withdraw", by=STAFF, now=now)


def counters(session):
    return tuple(Session.objects.values_list("seats_taken", "waiting_count").get(pk=session.pk))


# -- Groups -------------------------------------------------------------------------------------


def test_a_group_takes_all_its_seats_at_once():
    session = session_of(5)

    request = enrol(session, group(1, 2, 3), NOW)

    assert states(1, 2, 3) == [S.REQUESTED] * 3
    assert counters(session) == (3, 0)
    assert (request.answered_state, request.answered_seats, request.answered_rank) == (
        "requested",
        3,
        None,
    )


def test_a_group_too_large_for_the_seats_left_waits_together():
    session = session_of(3)
    enrol(session, individual(1), NOW)

    request = enrol(session, group(2, 3, 4), NOW)

    assert states(2, 3, 4) == [S.WAITLISTED] * 3
    assert counters(session) == (1, 3)
    assert (request.answered_seats, request.answered_rank) == (0, 1)


def test_a_group_that_accepts_fewer_seats_takes_what_is_left():
    session = session_of(3)
    enrol(session, individual(1), NOW)

    request = enrol(session, group(2, 3, 4, accept_partial=True), NOW)

    assert states(2, 3, 4) == [S.REQUESTED, S.REQUESTED, S.WAITLISTED]
    assert counters(session) == (3, 1)
    assert (request.answered_seats, request.answered_rank) == (2, 1)


def test_a_group_larger_than_the_session_is_told_to_ask_for_its_own():
    with pytest.raises(GroupTooLarge, match="3 places"):
        enrol(session_of(3), group(1, 2, 3, 4), NOW)
    assert EnrolmentRequest.objects.count() == 0


def test_without_a_waiting_list_a_group_is_told_how_many_seats_are_left():
    session = session_of(3, accepts_waiting_list=False)
    enrol(session, individual(1), NOW)

    with pytest.raises(NotEnoughSeats, match="2\u00a0places restent libres"):
        enrol(session, group(2, 3, 4, accept_partial=True), NOW)
    assert counters(session) == (1, 0)


def test_one_known_person_of_a_group_takes_no_second_seat_and_nobody_else_learns_it():
    session = session_of(9)
    enrol_visitor(session, group(1), NOW)
    OutgoingMessage.objects.all().delete()

    request = enrol_visitor(session, group(1, 2), NOW)

    assert counters(session) == (2, 0)
    assert (request.answered_seats, request.answered_rank) == (2, None)
    told = dict(OutgoingMessage.objects.values_list("to", "kind"))
    assert told["stagiaire1@exemple.test"] == "formation_already_enrolled"
    assert told["stagiaire2@exemple.test"] == "formation_received"
    contact = OutgoingMessage.objects.get(to="direction@deux-rives.test")
    assert "Aïcha Moreau 2 et Aïcha Moreau 1" in contact.text
    assert "déjà" not in contact.text


def test_the_contact_of_a_group_gets_one_message_and_each_trainee_her_own():
    enrol(session_of(5), group(1, 2, 3), NOW)

    sent = list(OutgoingMessage.objects.order_by("to").values_list("to", "kind"))
    assert sent == [
        ("direction@deux-rives.test", "formation_company_received"),
        ("equipe@enys.test", "formation_staff_request"),
        *[(f"stagiaire{number}@exemple.test", "formation_received") for number in (1, 2, 3)],
    ]


# -- Offers -------------------------------------------------------------------------------------


def test_a_freed_seat_is_offered_to_the_first_in_the_same_movement():
    session = session_of(1)
    for number in (1, 2, 3):
        enrol(session, individual(number), NOW)
    OutgoingMessage.objects.all().delete()

    leave(1)

    assert states(2, 3) == [S.OFFERED, S.WAITLISTED]
    assert counters(session) == (1, 1)
    assert person(2).offer_expires_at == NOW + timedelta(hours=72)
    assert OutgoingMessage.objects.get(to="stagiaire2@exemple.test").kind == "formation_offered"


def test_an_entry_that_does_not_fit_is_passed_over_and_keeps_its_rank():
    session = session_of(3)
    enrol(session, group(1, 2, 3), NOW)
    enrol(session, group(4, 5), NOW)
    enrol(session, individual(6), NOW)

    leave(1)

    assert states(4, 5, 6) == [S.WAITLISTED, S.WAITLISTED, S.OFFERED]
    assert [person(number).waiting_rank for number in (4, 5)] == [1, 2]


def test_a_group_is_offered_all_its_seats_once_they_are_together():
    session = session_of(3)
    enrol(session, group(1, 2, 3), NOW)
    enrol(session, group(4, 5), NOW)
    OutgoingMessage.objects.all().delete()

    leave(1)
    assert states(4, 5) == [S.WAITLISTED] * 2
    leave(2)

    assert states(4, 5) == [S.OFFERED] * 2
    to_contact = OutgoingMessage.objects.filter(to="direction@deux-rives.test").order_by("pk")
    [offer] = [mail for mail in to_contact if "vous est gardée" in mail.text]
    assert "Aïcha Moreau 4 et Aïcha Moreau 5" in offer.text


def test_a_group_that_accepts_fewer_is_offered_one_seat_after_the_other():
    session = session_of(2)
    enrol(session, group(1, 2), NOW)
    enrol(session, group(3, 4, accept_partial=True), NOW)

    leave(1)

    assert states(3, 4) == [S.OFFERED, S.WAITLISTED]


def test_seats_that_are_added_go_to_the_list():
    session = session_of(1)
    for number in (1, 2, 3):
        enrol(session, individual(number), NOW)
    Session.objects.filter(pk=session.pk).update(capacity=2)

    ENROLMENT_LIFECYCLE.serve(session.pk, NOW)

    assert states(2, 3) == [S.OFFERED, S.WAITLISTED]


def test_nothing_is_offered_while_the_dates_are_unknown_and_all_is_when_they_are():
    session = session_of(1)
    for number in (1, 2):
        enrol(session, individual(number), NOW)
    SESSION_LIFECYCLE.apply(session, "postpone", by=STAFF, now=NOW, reason="Salle fermée.")

    leave(1)
    assert states(2) == [S.WAITLISTED]
    SESSION_LIFECYCLE.apply(session, "reschedule", by=STAFF, now=NOW, reason="Prête.")

    assert states(2) == [S.OFFERED]


@pytest.mark.parametrize(
    ("before", "lasts"),
    [
        (timedelta(days=14), timedelta(hours=72)),
        (timedelta(days=14, seconds=-1), timedelta(hours=24)),
        (timedelta(days=4), timedelta(hours=24)),
        (timedelta(days=4, seconds=-1), timedelta(hours=4)),
        (timedelta(hours=5), timedelta(hours=4)),
        (timedelta(hours=1), timedelta(hours=1)),
    ],
)
def test_the_nearer_the_session_the_shorter_the_offer(before, lasts):
    session = session_of(1)

    assert offer_expires_at(session, STARTS - before) == STARTS - before + lasts


@pytest.mark.parametrize(("second", "offered"), [(-1, True), (0, False), (1, False)])
def test_the_site_offers_nothing_by_itself_in_the_last_day(second, offered):
    session = session_of(1)
    for number in (1, 2):
        enrol(session, group(number), NOW)
    leave(1, STARTS - timedelta(hours=24) + timedelta(seconds=second))

    assert (states(2) == [S.OFFERED]) is offered


@pytest.mark.parametrize(
    ("now", "goes_to"), [(paris(2027, 2, 10, 10), 2), (paris(2027, 2, 13, 10), 3)]
)
def test_who_pays_alone_is_passed_over_when_the_withdrawal_period_would_not_fit(now, goes_to):
    session = session_of(1)
    enrol(session, group(1), NOW)
    enrol(session, individual(2), NOW)
    enrol(session, group(3), NOW)

    leave(1, now)

    assert person(goes_to).state == S.OFFERED
    if goes_to == 3:
        assert reasons(session, now) == [
            "Le délai de rétractation finirait après le début\u00a0: voyez avec la personne."
        ]


def test_an_accepted_offer_is_studied_like_a_request():
    session = session_of(1)
    for number in (1, 2):
        enrol(session, individual(number), NOW)
    leave(1)

    ENROLMENT_LIFECYCLE.apply(person(2), "accept_offer", by=PERSON, now=NOW)

    assert states(2) == [S.REQUESTED]
    assert counters(session) == (1, 0)
    assert (
        "accepte la place proposée" in OutgoingMessage.objects.get(kind="formation_staff_news").text
    )


@pytest.mark.parametrize("act", ["decline_offer", "expire"])
def test_a_seat_that_is_left_goes_to_the_next_and_never_comes_back(act):
    session = session_of(1)
    for number in (1, 2, 3):
        enrol(session, individual(number), NOW)
    leave(1)
    at = NOW + timedelta(hours=72)

    if act == "expire":
        assert expire_offers(at) == 1
    else:
        ENROLMENT_LIFECYCLE.apply(person(2), act, by=PERSON, now=NOW)

    assert states(3) == [S.OFFERED]
    assert person(2).state in {S.WITHDRAWN, S.EXPIRED}
    leave_the_next = [row.name for row in ENROLMENT_LIFECYCLE.possible(person(2), STAFF, at)]
    assert leave_the_next == []


@pytest.mark.parametrize(("second", "possible"), [(-1, True), (0, False)])
def test_an_offer_is_accepted_before_its_deadline_and_not_at_it(second, possible):
    session = session_of(1)
    for number in (1, 2):
        enrol(session, individual(number), NOW)
    leave(1)
    at = NOW + timedelta(hours=72, seconds=second)

    assert expire_offers(at) == int(not possible)
    if possible:
        ENROLMENT_LIFECYCLE.apply(person(2), "accept_offer", by=PERSON, now=at)
    else:
        with pytest.raises(TransitionRefused):
            ENROLMENT_LIFECYCLE.apply(person(2), "accept_offer", by=PERSON, now=at)


def test_an_offer_is_recalled_once_when_half_of_its_time_is_over():
    session = session_of(1)
    for number in (1, 2):
        enrol(session, individual(number), NOW)
    leave(1)

    assert remind_of_offers(NOW + timedelta(hours=35, minutes=59)) == 0
    assert remind_of_offers(NOW + timedelta(hours=36)) == 1
    assert remind_of_offers(NOW + timedelta(hours=50)) == 0
    assert OutgoingMessage.objects.filter(kind="formation_offer_reminder").count() == 1


def test_a_newcomer_who_fits_where_a_group_does_not_is_offered_the_seat():
    session = session_of(3)
    enrol(session, group(1, 2), NOW)
    enrol(session, group(3, 4), NOW)

    request = enrol(session, individual(5), NOW)

    assert (request.answered_state, request.answered_rank) == ("waitlisted", 3)
    assert states(3, 4, 5) == [S.WAITLISTED, S.WAITLISTED, S.OFFERED]


# -- What the team reads ------------------------------------------------------------------------


def reasons(session, now=NOW):
    session.refresh_from_db()
    listed = entries(session)
    return [
        why_waiting(entry, listed[:number], session, now) for number, entry in enumerate(listed)
    ]


def test_each_entry_says_why_it_still_waits():
    session = session_of(3)
    enrol(session, group(1, 2), NOW)
    enrol(session, group(3, 4), NOW)

    assert reasons(session) == ["Le groupe demande 2\u00a0places ensemble, 1\u00a0est libre."]

    enrol(session, individual(5), NOW)
    enrol(session, individual(6), NOW)
    assert reasons(session) == ["Aucune place n’est libre."] * 2
    assert reasons(session, STARTS)[0] == "La session a commencé."
    Session.objects.filter(pk=session.pk).update(state=SessionState.POSTPONED)
    assert reasons(session)[0] == "La session n’est pas programmée."
