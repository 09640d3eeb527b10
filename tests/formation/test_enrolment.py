"""Signing up: seats, ranks, refusals, e-mails, and what a stranger may not learn."""

import re
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, SessionState
from formation.exceptions import (
    AlreadyEnrolled,
    SessionCancelled,
    SessionClosed,
    SessionFull,
    SessionNotOpen,
    SoldToGroups,
)
from formation.models import Enrolment, EnrolmentEvent, EnrolmentRequest, Numbering, Session
from formation.services.enrolment import enrol, enrol_visitor
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from site_enys.states import Actor, Role
from tests.factories.formation import SessionFactory, individual, sign_up
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
STAFF = Actor(Role.STAFF)
#: Each request has its own link.
LINK = re.compile(r"http\S+/suivi/lien/\S+")


@pytest.fixture
def session():
    return SessionFactory(first=STARTS, capacity=2)


def counters(session):
    return tuple(Session.objects.values_list("seats_taken", "waiting_count").get(pk=session.pk))


def kinds():
    return sorted(OutgoingMessage.objects.values_list("kind", flat=True))


def test_a_sign_up_takes_one_seat_and_writes_everything_with_it(session):
    request = enrol(session, sign_up(), NOW)

    enrolment = request.enrolments.get()
    event = enrolment.events.get()
    assert counters(session) == (1, 0)
    assert request.reference == "F-2027-0001"
    assert (request.answered_state, request.answered_rank) == (EnrolmentState.REQUESTED, None)
    assert (enrolment.state, enrolment.state_changed_at) == (EnrolmentState.REQUESTED, NOW)
    assert (event.from_state, event.to_state, event.role) == ("requested", "requested", "person")


def test_the_trainee_the_company_and_the_team_each_get_their_own_e_mail(session):
    enrol(session, sign_up(email="aicha@exemple.test"), NOW)

    assert dict(OutgoingMessage.objects.values_list("kind", "to")) == {
        "formation_received": "aicha@exemple.test",
        "formation_company_received": "direction@deux-rives.test",
        "formation_staff_request": "equipe@enys.test",
    }


def test_an_individual_reads_that_the_contract_comes_first(session):
    enrol(session, individual(), NOW)

    mail = OutgoingMessage.objects.get(kind="formation_received")
    assert kinds() == ["formation_received", "formation_staff_request"]
    assert "signature d’un contrat" in mail.text
    assert "Aucun paiement" in mail.html
    assert "convention avec votre employeur" not in mail.text


def test_a_contact_who_enrols_himself_gets_one_e_mail(session):
    enrol(session, sign_up(email="Chef@Exemple.test", contact_email="chef@exemple.test"), NOW)

    assert kinds() == ["formation_received", "formation_staff_request"]


def test_e_mails_hold_what_the_law_wants_before_a_definitive_enrolment(session):
    enrol(session, individual(), NOW)

    text = OutgoingMessage.objects.get(kind="formation_received").text
    assert f"/formation/{session.course.slug}/" in text
    assert "/formation/reglement/" in text
    assert "/formation/cgv/" in text
    assert "F-2027-0001" in text
    assert "du 1er au 2 mars 2027" in text.replace("\u00a0", " ")


def test_the_last_seat_then_the_waiting_list_with_its_rank(session):
    answers = [enrol(session, individual(number), NOW) for number in range(1, 5)]

    assert [(each.answered_state, each.answered_rank) for each in answers] == [
        ("requested", None),
        ("requested", None),
        ("waitlisted", 1),
        ("waitlisted", 2),
    ]
    assert counters(session) == (2, 2)
    mails = OutgoingMessage.objects.filter(kind="formation_waitlisted").order_by("pk")
    assert [f"au rang {rank}." in mail.text for rank, mail in enumerate(mails, 1)] == [True, True]


def test_a_freed_seat_goes_to_the_list_and_not_to_a_newcomer(session):
    first = enrol(session, individual(1), NOW).enrolments.get()
    enrol(session, individual(2), NOW)
    waits = enrol(session, individual(3), NOW).enrolments.get()
    ENROLMENT_LIFECYCLE.apply(first, "withdraw", by=STAFF, now=NOW)

    newcomer = enrol(session, individual(4), NOW)

    waits.refresh_from_db()
    assert waits.state == EnrolmentState.OFFERED
    assert counters(session) == (2, 1)
    assert (newcomer.answered_state, newcomer.answered_rank) == ("waitlisted", 1)


@pytest.mark.parametrize(
    ("fields", "now", "refusal"),
    [
        ({"enrol_opens_at": NOW + timedelta(seconds=1)}, NOW, SessionNotOpen),
        ({"enrol_closes_at": NOW}, NOW, SessionClosed),
        ({}, STARTS, SessionClosed),
        ({}, STARTS + timedelta(days=30), SessionClosed),
        ({"state": SessionState.CANCELLED}, NOW, SessionCancelled),
        ({"state": SessionState.DRAFT}, NOW, SessionNotOpen),
        ({"capacity": 1, "seats_taken": 1, "accepts_waiting_list": False}, NOW, SessionFull),
    ],
)
def test_a_refusal_changes_nothing(fields, now, refusal):
    session = SessionFactory(first=STARTS, **fields)
    before = counters(session)

    for suspect in (False, True):
        with pytest.raises(refusal):
            enrol_visitor(session, individual(), now, suspect=suspect)

    assert counters(session) == before
    assert EnrolmentRequest.objects.count() == 0
    assert Numbering.objects.count() == 0
    assert OutgoingMessage.objects.count() == 0


@pytest.mark.parametrize("unit", ["group", "day"])
def test_nobody_pays_alone_the_price_of_a_group(session, unit):
    session.course.price_unit = unit
    session.course.save()

    with pytest.raises(SoldToGroups):
        enrol(session, individual(), NOW)
    enrol(session, sign_up(), NOW)

    assert counters(session) == (1, 0)


def test_a_stale_copy_of_the_session_is_not_believed(session):
    stale = Session.objects.get(pk=session.pk)
    Session.objects.filter(pk=session.pk).update(state=SessionState.CANCELLED)

    with pytest.raises(SessionCancelled):
        enrol(stale, individual(), NOW)


def test_staff_is_told_that_an_address_is_enrolled_already(session):
    enrol(session, individual(email="aicha@exemple.test"), NOW)

    with pytest.raises(AlreadyEnrolled):
        enrol(session, individual(email=" Aicha@EXEMPLE.test"), NOW)

    assert counters(session) == (1, 0)
    assert EnrolmentRequest.objects.count() == 1


def test_a_second_request_is_answered_like_a_first_one_without_a_second_seat(session):
    first = enrol_visitor(session, sign_up(), NOW)
    second = enrol_visitor(session, sign_up(), NOW)

    assert counters(session) == (1, 0)
    assert second.reference != first.reference
    assert (second.answered_state, second.answered_rank) == ("requested", None)
    assert second.enrolments.get().state == EnrolmentState.DUPLICATE
    assert Enrolment.objects.live().count() == 1


def test_two_colleagues_behind_one_office_address_have_a_seat_each(session):
    office = {"email": "rh@ccas.test", "last_name": "Martin"}
    for first_name in ("Ana", "Bob", "ANÀ"):
        enrol_visitor(session, sign_up(first_name=first_name, **office), NOW)

    assert counters(session) == (2, 0)
    states = list(Enrolment.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["requested", "requested", "duplicate"]


@pytest.mark.parametrize("order", [(sign_up, individual), (individual, sign_up)])
def test_the_same_address_alone_or_through_an_employer_is_one_person(session, order):
    for data in order:
        enrol_visitor(session, data(email="aicha@exemple.test"), NOW)

    assert counters(session) == (1, 0)


def test_a_second_request_for_a_full_session_is_answered_like_a_newcomer(session):
    enrol(session, individual(1), NOW)
    enrol(session, individual(2), NOW)
    again = enrol_visitor(session, individual(1), NOW)
    newcomer = enrol_visitor(session, individual(3), NOW)

    assert (again.answered_state, again.answered_rank) == ("waitlisted", 1)
    assert (newcomer.answered_state, newcomer.answered_rank) == ("waitlisted", 1)
    assert counters(session) == (2, 1)


def test_only_the_owner_of_the_address_learns_that_it_was_enrolled(session):
    enrol_visitor(session, sign_up(contact_email="premier@exemple.test"), NOW)
    OutgoingMessage.objects.all().delete()
    enrol_visitor(session, sign_up(contact_email="curieux@exemple.test"), NOW)

    sent = dict(OutgoingMessage.objects.values_list("to", "kind"))
    assert sent["stagiaire1@exemple.test"] == "formation_already_enrolled"
    assert sent["curieux@exemple.test"] == "formation_company_received"


def test_the_stranger_reads_the_same_words_as_for_a_first_request(session):
    other = SessionFactory(first=STARTS, course=session.course, code="AUTRE-1", capacity=2)
    enrol_visitor(session, sign_up(1), NOW)
    OutgoingMessage.objects.all().delete()

    enrol_visitor(session, sign_up(1, contact_email="curieux@exemple.test"), NOW)
    enrol_visitor(other, sign_up(2, contact_email="curieux@exemple.test"), NOW)

    told = OutgoingMessage.objects.filter(to="curieux@exemple.test").order_by("pk")
    known, unknown = (
        LINK.sub("", mail.text.replace(code, "").replace(reference, "").replace(name, ""))
        for mail, code, reference, name in zip(
            told,
            (session.code, other.code),
            ("F-2027-0002", "F-2027-0003"),
            ("Moreau 1", "Moreau 2"),
            strict=True,
        )
    )
    assert known == unknown


def test_a_suspect_request_takes_no_seat_and_sends_nothing(session):
    request = enrol_visitor(session, individual(), NOW, suspect=True)

    assert counters(session) == (0, 0)
    assert request.suspect
    assert request.answered_state == EnrolmentState.REQUESTED
    assert request.enrolments.get().state == EnrolmentState.SET_ASIDE
    assert OutgoingMessage.objects.count() == 0


def test_somebody_who_left_may_ask_again_and_goes_to_the_end(session):
    enrolments = [enrol(session, individual(n), NOW).enrolments.get() for n in (1, 2, 3, 4)]
    ENROLMENT_LIFECYCLE.apply(enrolments[2], "withdraw", by=STAFF, now=NOW)

    again = enrol(session, individual(3), NOW)

    assert again.answered_rank == 2
    assert [row.waiting_rank for row in Enrolment.objects.waiting()] == [1, 2]


def test_references_follow_each_other_and_begin_again_each_year(session):
    late = paris(2026, 12, 31, 23, 59)
    first = enrol(session, individual(1), late)
    # Midnight in Paris is still the 31st in UTC.
    second = enrol(session, individual(2), paris(2027, 1, 1, 0, 0))
    third = enrol(session, individual(3), NOW)

    assert [each.reference for each in (first, second, third)] == [
        "F-2026-0001",
        "F-2027-0001",
        "F-2027-0002",
    ]


def test_a_rolled_back_sign_up_leaves_no_gap(session):
    with transaction.atomic():
        enrol(session, individual(1), NOW)
        transaction.set_rollback(True)

    assert counters(session) == (0, 0)
    assert enrol(session, individual(2), NOW).reference == "F-2027-0001"
    assert OutgoingMessage.objects.filter(kind="formation_received").count() == 1


@pytest.mark.parametrize("changes", [{"seats_taken": 3}, {"capacity": 0}, {"min_participants": 9}])
def test_the_database_refuses_what_the_services_would_not_do(session, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**changes)


def test_the_database_refuses_a_second_live_enrolment(session):
    enrolment = enrol(session, individual(), NOW).enrolments.get()
    copy = Enrolment.objects.get(pk=enrolment.pk)
    copy.pk = None
    copy.state = EnrolmentState.CONFIRMED

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_the_database_never_enrols_through_the_cpf(session):
    request = enrol(session, individual(), NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        EnrolmentRequest.objects.filter(pk=request.pk).update(buyer_type="cpf")


def test_saving_a_session_never_undoes_an_enrolment(session):
    opened_in_the_form = Session.objects.get(pk=session.pk)
    enrol(session, individual(), NOW)
    opened_in_the_form.capacity = 5
    opened_in_the_form.save()

    fresh = Session.objects.get(pk=session.pk)
    assert (fresh.capacity, fresh.seats_taken) == (5, 1)


def test_the_dates_of_a_session_are_those_of_its_half_days(session):
    assert (session.starts_at, session.ends_at) == (STARTS, paris(2027, 3, 2, 17))
    assert timezone.localtime(session.slots.last().ends_at).hour == 17


def test_an_event_is_never_rewritten(session):
    enrol(session, individual(), NOW)
    event = EnrolmentEvent.objects.get()

    with pytest.raises(TypeError):
        event.save()


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (SessionState.DRAFT, SessionNotOpen),
        (SessionState.CANCELLED, SessionCancelled),
        (SessionState.COMPLETED, SessionClosed),
    ],
)
def test_a_reason_opens_no_session_that_is_not_held(state, refusal):
    session = SessionFactory(first=STARTS, state=state)

    with pytest.raises(refusal):
        enrol(session, sign_up(), NOW, by=STAFF, reason="Il le faut.")

    assert counters(session) == (0, 0)


@pytest.mark.parametrize(("by", "reason"), [(STAFF, " "), (Actor(Role.PERSON), "Il le faut.")])
def test_only_staff_with_a_reason_passes_over_the_calendar(session, by, reason):
    with pytest.raises(SessionClosed):
        enrol(session, sign_up(), STARTS, by=by, reason=reason)

    enrol(session, sign_up(), STARTS, by=STAFF, reason="Remplace un absent.")

    assert EnrolmentEvent.objects.get().forced
