"""Every state × every transition × every role, and what each move does to seats and e-mails."""

from datetime import timedelta

import pytest

from courrier.models import OutgoingMessage
from formation.enums import LIVE, SEATED, TERMINAL, WAITING, EnrolmentState, SessionState
from formation.models import Enrolment, Session
from formation.services.enrolment import enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from site_enys.states import Actor, Role, TransitionRefused
from tests.factories.formation import SessionFactory, individual, sign_up
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
STAFF = Actor(Role.STAFF)
S = EnrolmentState

# What may happen, for a company's enrolment, with a seat free for whoever waits.
ALLOWED = {
    ("promote", S.WAITLISTED, Role.STAFF): S.REQUESTED,
    ("confirm", S.REQUESTED, Role.STAFF): S.CONFIRMED,
    ("recover", S.SET_ASIDE, Role.STAFF): S.REQUESTED,
    ("decline", S.REQUESTED, Role.STAFF): S.DECLINED,
    ("decline", S.WAITLISTED, Role.STAFF): S.DECLINED,
    ("discard", S.SET_ASIDE, Role.STAFF): S.DECLINED,
    ("withdraw", S.REQUESTED, Role.STAFF): S.WITHDRAWN,
    ("withdraw", S.WAITLISTED, Role.STAFF): S.WITHDRAWN,
    ("withdraw", S.CONFIRMED, Role.STAFF): S.WITHDRAWN,
    ("withdraw", S.REQUESTED, Role.PERSON): S.WITHDRAWN,
    ("withdraw", S.WAITLISTED, Role.PERSON): S.WITHDRAWN,
    ("withdraw", S.CONFIRMED, Role.PERSON): S.WITHDRAWN,
    ("cancel", S.REQUESTED, Role.SYSTEM): S.CANCELLED,
    ("cancel", S.WAITLISTED, Role.SYSTEM): S.CANCELLED,
    ("cancel", S.CONFIRMED, Role.SYSTEM): S.CANCELLED,
}
MAILS = {
    "promote": "formation_promoted",
    "confirm": "formation_confirmed",
    "recover": "formation_received",
    "decline": "formation_declined",
    "withdraw": "formation_withdrawn",
    "cancel": "formation_cancelled",
}


def in_state(state, data=None, **fields):
    """An enrolment in this state, in a session whose counters agree."""
    session = SessionFactory(first=STARTS, **{"capacity": 3} | fields)
    enrolment = enrol(session, data or sign_up(), NOW).enrolments.get()
    return put_back(enrolment, state)


def put_back(enrolment, state):
    """The same enrolment in another state, as if nothing had been sent."""
    Enrolment.objects.filter(pk=enrolment.pk).update(state=state)
    Session.objects.filter(pk=enrolment.session_id).update(
        seats_taken=int(state in SEATED), waiting_count=int(state in WAITING)
    )
    OutgoingMessage.objects.all().delete()
    return Enrolment.objects.select_related("session", "request").get(pk=enrolment.pk)


def counters_agree(session_id):
    session = Session.objects.get(pk=session_id)
    rows = Enrolment.objects.filter(session_id=session_id)
    return (session.seats_taken, session.waiting_count) == (
        rows.seated().count(),
        rows.waiting().count(),
    )


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("role", list(Role))
def test_the_whole_matrix(state, role):
    company = in_state(state)
    alone = in_state(state, individual(), course=company.session.course)
    for row in ENROLMENT_LIFECYCLE.transitions:
        signed = row.name == "confirm_signed"
        enrolment = put_back(alone if signed else company, state)
        expected = ALLOWED.get(("confirm" if signed else row.name, state, role))
        offered = row in ENROLMENT_LIFECYCLE.possible(enrolment, Actor(role), NOW)

        refusal = attempt(enrolment, row.name, Actor(role))

        assert offered is (expected is not None), row.name
        assert enrolment.state == (expected or state), row.name
        assert counters_agree(enrolment.session_id), row.name
        if expected:
            event = enrolment.events.last()
            assert (event.from_state, event.to_state, event.role) == (state, expected, role)
        else:
            assert refusal.endswith("."), row.name
            assert OutgoingMessage.objects.count() == 0, row.name


def attempt(enrolment, name, by):
    """The sentence of the refusal; empty when the transition was applied."""
    try:
        ENROLMENT_LIFECYCLE.apply(enrolment, name, by=by, now=NOW, reason="Motif.")
    except TransitionRefused as refused:
        return str(refused)
    return ""


def test_terminal_states_are_final():
    leaving = {source for row in ENROLMENT_LIFECYCLE.transitions for source in row.sources}

    assert leaving & TERMINAL == set()
    assert leaving | TERMINAL == set(S)


@pytest.mark.parametrize("name", MAILS)
def test_each_transition_has_its_own_e_mail(name):
    (state,) = [source for (row, source, _), _target in ALLOWED.items() if row == name][:1]
    enrolment = in_state(state)
    by = Actor(Role.SYSTEM) if name == "cancel" else STAFF

    ENROLMENT_LIFECYCLE.apply(enrolment, name, by=by, now=NOW, reason="Motif interne.")

    sent = {mail.to: mail for mail in OutgoingMessage.objects.all()}
    assert sent["stagiaire1@exemple.test"].kind == MAILS[name]
    company = "formation_company_received" if name == "recover" else "formation_company_change"
    assert sent["direction@deux-rives.test"].kind == company
    for mail in sent.values():
        assert "Motif interne" not in mail.text + mail.html
        assert enrolment.request.reference in mail.text
        assert "{" not in mail.subject + mail.text


def test_discarding_a_suspect_request_writes_to_nobody():
    enrolment = in_state(S.SET_ASIDE)

    ENROLMENT_LIFECYCLE.apply(enrolment, "discard", by=STAFF, now=NOW)

    assert OutgoingMessage.objects.count() == 0


@pytest.mark.parametrize("name", ["decline", "confirm_signed"])
def test_some_transitions_need_a_reason(name):
    enrolment = in_state(S.REQUESTED, individual())

    with pytest.raises(TransitionRefused, match="motif"):
        ENROLMENT_LIFECYCLE.apply(enrolment, name, by=STAFF, now=NOW, reason="  ")

    assert enrolment.state == S.REQUESTED


def test_an_individual_is_never_confirmed_without_a_contract():
    enrolment = in_state(S.REQUESTED, individual())

    with pytest.raises(TransitionRefused, match="contrat"):
        ENROLMENT_LIFECYCLE.apply(enrolment, "confirm", by=STAFF, now=NOW)


def test_the_freed_seat_goes_to_the_first_of_the_list_only():
    session = SessionFactory(first=STARTS, capacity=1)
    seated, first, second = (
        enrol(session, individual(number), NOW).enrolments.get() for number in (1, 2, 3)
    )
    with pytest.raises(TransitionRefused, match="plus de place"):
        ENROLMENT_LIFECYCLE.apply(first, "promote", by=STAFF, now=NOW)
    ENROLMENT_LIFECYCLE.apply(seated, "withdraw", by=STAFF, now=NOW)

    with pytest.raises(TransitionRefused, match="avant elle"):
        ENROLMENT_LIFECYCLE.apply(second, "promote", by=STAFF, now=NOW)
    ENROLMENT_LIFECYCLE.apply(first, "promote", by=STAFF, now=NOW)

    session.refresh_from_db()
    assert (session.seats_taken, session.waiting_count) == (1, 1)
    assert (first.state, second.waiting_rank) == (S.REQUESTED, 1)


def test_a_recovered_request_goes_to_the_list_when_the_session_is_full():
    session = SessionFactory(first=STARTS, capacity=1)
    suspect = enrol(session, individual(1), NOW, suspect=True).enrolments.get()
    enrol(session, individual(2), NOW)

    with pytest.raises(TransitionRefused, match="complète"):
        ENROLMENT_LIFECYCLE.apply(suspect, "recover", by=STAFF, now=NOW)
    ENROLMENT_LIFECYCLE.apply(suspect, "recover_waiting", by=STAFF, now=NOW)

    mail = OutgoingMessage.objects.get(to="stagiaire1@exemple.test")
    assert (suspect.state, mail.kind) == (S.WAITLISTED, "formation_waitlisted")
    assert counters_agree(session.pk)


def test_a_suspect_copy_of_a_live_enrolment_is_not_recovered():
    session = SessionFactory(first=STARTS)
    suspect = enrol(session, individual(1), NOW, suspect=True).enrolments.get()
    enrol(session, individual(1), NOW)

    with pytest.raises(TransitionRefused, match="déjà"):
        ENROLMENT_LIFECYCLE.apply(suspect, "recover", by=STAFF, now=NOW)


@pytest.mark.parametrize(
    ("now", "possible"),
    [
        (STARTS - timedelta(seconds=1), True),
        (STARTS, False),
        (STARTS + timedelta(seconds=1), False),
    ],
)
def test_nobody_withdraws_once_the_session_has_begun(now, possible):
    enrolment = in_state(S.CONFIRMED)

    offered = [row.name for row in ENROLMENT_LIFECYCLE.possible(enrolment, STAFF, now)]

    assert ("withdraw" in offered) is possible


def test_somebody_may_leave_a_postponed_session_whatever_its_old_dates():
    enrolment = in_state(S.CONFIRMED)
    Session.objects.filter(pk=enrolment.session_id).update(state=SessionState.POSTPONED)

    ENROLMENT_LIFECYCLE.apply(enrolment, "withdraw", by=STAFF, now=STARTS + timedelta(days=9))

    assert enrolment.state == S.WITHDRAWN


@pytest.mark.parametrize("state", sorted(LIVE))
def test_nothing_is_confirmed_or_promoted_in_a_cancelled_session(state):
    enrolment = in_state(state)
    Session.objects.filter(pk=enrolment.session_id).update(state=SessionState.CANCELLED)
    enrolment.session.refresh_from_db()

    offered = {row.name for row in ENROLMENT_LIFECYCLE.possible(enrolment, STAFF, NOW)}

    assert offered <= {"decline"}
