"""Every state × every transition × every role, and what each move does to seats and e-mails."""

from datetime import timedelta

import pytest

from courrier.models import OutgoingMessage
from formation.enums import (
    FIRM,
    LIVE,
    OUTCOMES,
    SEATED,
    TERMINAL,
    WAITING,
    EnrolmentState,
    SessionState,
)
from formation.models import Enrolment, Session
from formation.services.enrolment import enrol, enrol_visitor
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.timed import end_withdrawal_periods
from site_enys.states import Actor, Role, TransitionRefused
from tests.factories.formation import SessionFactory, group, individual, sign_up
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
STAFF = Actor(Role.STAFF)
S = EnrolmentState

# What may happen to a company's enrolment, with a seat free for whoever waits.
BY_STAFF = {
    ("offer", S.WAITLISTED): S.OFFERED,
    ("accept_offer", S.OFFERED): S.REQUESTED,
    ("decline_offer", S.OFFERED): S.WITHDRAWN,
    ("accept", S.REQUESTED): S.PENDING_AGREEMENT,
    ("confirm", S.PENDING_AGREEMENT): S.CONFIRMED,
    ("confirm_directly", S.REQUESTED): S.CONFIRMED,
    ("reopen", S.PENDING_AGREEMENT): S.REQUESTED,
    ("reopen", S.CONFIRMED): S.REQUESTED,
    ("recover", S.SET_ASIDE): S.REQUESTED,
    ("decline", S.REQUESTED): S.DECLINED,
    ("decline", S.WAITLISTED): S.DECLINED,
    ("decline", S.OFFERED): S.DECLINED,
    ("decline", S.PENDING_AGREEMENT): S.DECLINED,
    ("discard", S.SET_ASIDE): S.DECLINED,
    ("withdraw", S.REQUESTED): S.WITHDRAWN,
    ("withdraw", S.WAITLISTED): S.WITHDRAWN,
    ("withdraw", S.PENDING_AGREEMENT): S.WITHDRAWN,
    ("withdraw", S.CONFIRMED): S.WITHDRAWN,
    ("retract", S.WITHDRAWAL_PERIOD): S.RETRACTED,
    ("transfer", S.REQUESTED): S.TRANSFERRED,
    ("transfer", S.WAITLISTED): S.TRANSFERRED,
    ("transfer", S.PENDING_AGREEMENT): S.TRANSFERRED,
    ("transfer", S.CONFIRMED): S.TRANSFERRED,
    ("substitute", S.REQUESTED): S.SUBSTITUTED,
    ("substitute", S.WAITLISTED): S.SUBSTITUTED,
    ("substitute", S.PENDING_AGREEMENT): S.SUBSTITUTED,
    ("substitute", S.CONFIRMED): S.SUBSTITUTED,
}
BY_HERSELF = {"accept_offer", "decline_offer", "withdraw", "retract", "transfer", "substitute"}
BY_THE_SITE = {("offer", S.WAITLISTED): S.OFFERED} | {
    ("cancel", state): S.CANCELLED for state in LIVE - OUTCOMES
}
for transition, outcome in (
    ("attend", S.ATTENDED),
    ("attend_partly", S.PARTLY_ATTENDED),
    ("miss", S.NO_SHOW),
):
    BY_THE_SITE |= {(transition, state): outcome for state in FIRM - {outcome}}
SIGNED = {
    False: {("confirm", S.PENDING_AGREEMENT): S.CONFIRMED},
    True: {("sign_contract", S.PENDING_AGREEMENT): S.WITHDRAWAL_PERIOD},
}
ONLY_ALONE = {("sign_contract", S.PENDING_AGREEMENT): S.WITHDRAWAL_PERIOD}
ONLY_WITH_AN_EMPLOYER = {"confirm", "confirm_directly", "substitute"}
MAILS = {
    "offer": "formation_offered",
    "accept_offer": "formation_offer_accepted",
    "decline_offer": "formation_withdrawn",
    "accept": "formation_accepted",
    "confirm": "formation_confirmed",
    "confirm_directly": "formation_confirmed",
    "reopen": "formation_reopened",
    "recover": "formation_received",
    "decline": "formation_declined",
    "withdraw": "formation_withdrawn",
    "cancel": "formation_cancelled",
}


def allowed(alone, role):
    """(transition, state) → new state, for this kind of buyer and this role."""
    if role == Role.SYSTEM:
        return BY_THE_SITE | SIGNED[alone]
    rows = {key: end for key, end in BY_STAFF.items() if role == Role.STAFF or key[0] in BY_HERSELF}
    if alone:
        rows = {key: end for key, end in rows.items() if key[0] not in ONLY_WITH_AN_EMPLOYER}
        rows |= ONLY_ALONE if role == Role.STAFF else {}
    return rows


def in_state(state, data=None, **fields):
    """An enrolment in this state, in a session whose counters agree."""
    session = SessionFactory(first=STARTS, **{"capacity": 3} | fields)
    enrolment = enrol(session, data or sign_up(), NOW).enrolments.get()
    return put_back(enrolment, state)


def put_back(enrolment, state):
    """The same enrolment in another state, as if nothing had been sent."""
    Enrolment.objects.filter(pk=enrolment.pk).update(
        state=state,
        offer_expires_at=NOW + timedelta(hours=72),
        withdrawal_ends_on=NOW.date() + timedelta(days=18),
    )
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


@pytest.mark.parametrize("alone", [False, True], ids=["company", "alone"])
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", S.values)
def test_the_whole_matrix(state, role, alone):
    enrolment = in_state(state, individual() if alone else None)
    for row in ENROLMENT_LIFECYCLE.transitions:
        put_back(enrolment, state)
        enrolment.refresh_from_db()
        expected = allowed(alone, role).get((row.name, state))
        offered = row in ENROLMENT_LIFECYCLE.possible(enrolment, Actor(role), NOW)

        refusal = attempt(enrolment, row.name, Actor(role))

        assert offered is (expected is not None and not row.own_screen), row.name
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
    state = next(source for (row, source) in BY_STAFF | BY_THE_SITE if row == name)
    enrolment = in_state(state)
    by = Actor(Role.SYSTEM) if name == "cancel" else STAFF

    ENROLMENT_LIFECYCLE.apply(enrolment, name, by=by, now=NOW, reason="Motif interne.")

    sent = {mail.to: mail for mail in OutgoingMessage.objects.all()}
    assert sent["stagiaire1@exemple.test"].kind == MAILS[name]
    assert sent["direction@deux-rives.test"].kind == "formation_company_change"
    for mail in sent.values():
        assert "Motif interne" not in mail.text + mail.html
        assert enrolment.request.reference in mail.text
        assert "{" not in mail.subject + mail.text


def test_discarding_a_suspect_request_writes_to_nobody():
    enrolment = in_state(S.SET_ASIDE)

    ENROLMENT_LIFECYCLE.apply(enrolment, "discard", by=STAFF, now=NOW)

    assert OutgoingMessage.objects.count() == 0


@pytest.mark.parametrize("name", ["decline", "confirm_directly"])
def test_some_transitions_need_a_reason(name):
    enrolment = in_state(S.REQUESTED)

    with pytest.raises(TransitionRefused, match="motif"):
        ENROLMENT_LIFECYCLE.apply(enrolment, name, by=STAFF, now=NOW, reason="  ")

    assert enrolment.state == S.REQUESTED


@pytest.mark.parametrize("name", ["confirm", "confirm_directly"])
@pytest.mark.parametrize("state", [S.REQUESTED, S.PENDING_AGREEMENT, S.WITHDRAWAL_PERIOD])
def test_an_individual_is_never_confirmed_by_a_hand(name, state):
    enrolment = in_state(state, individual())

    with pytest.raises(TransitionRefused):
        ENROLMENT_LIFECYCLE.apply(enrolment, name, by=STAFF, now=NOW, reason="Motif.", forced=True)

    assert enrolment.state == state


def test_a_signed_contract_opens_the_withdrawal_period_and_its_end_confirms():
    enrolment = in_state(S.PENDING_AGREEMENT, individual())
    ENROLMENT_LIFECYCLE.apply(enrolment, "sign_contract", by=STAFF, now=NOW)
    last_day = paris(2027, 2, 1, 23, 59)

    with pytest.raises(TransitionRefused, match="court encore"):
        ENROLMENT_LIFECYCLE.apply(
            enrolment, "end_withdrawal_period", by=Actor(Role.SYSTEM), now=last_day
        )
    end_withdrawal_periods(last_day)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.withdrawal_ends_on) == (S.WITHDRAWAL_PERIOD, last_day.date())
    assert end_withdrawal_periods(last_day + timedelta(minutes=1)) == 1

    enrolment.refresh_from_db()
    kinds = list(OutgoingMessage.objects.order_by("pk").values_list("kind", flat=True))
    assert enrolment.state == S.CONFIRMED
    assert kinds == ["formation_contract_signed", "formation_confirmed"]


@pytest.mark.parametrize(("minute", "possible"), [(-1, True), (0, False)])
def test_nobody_retracts_once_the_period_is_over(minute, possible):
    enrolment = in_state(S.PENDING_AGREEMENT, individual())
    ENROLMENT_LIFECYCLE.apply(enrolment, "sign_contract", by=STAFF, now=NOW)
    at = paris(2027, 2, 2) + timedelta(minutes=minute)

    refusal = ENROLMENT_LIFECYCLE.refusal(enrolment, "retract", Actor(Role.PERSON), at)

    assert (refusal is None) is possible


def test_staff_sets_a_custom_aside_with_a_reason_and_a_person_never():
    """The second on the list is offered a seat before the first, who wants two at once."""
    session = SessionFactory(first=STARTS, capacity=2)
    enrol(session, individual(1), NOW)
    enrol(session, group(2, 3), NOW)
    first = Enrolment.objects.get(last_name="Moreau 2")
    assert first.state == S.WAITLISTED

    for by, forced, reason in ((STAFF, False, "Vu au téléphone."), (STAFF, True, " ")):
        with pytest.raises(TransitionRefused):
            ENROLMENT_LIFECYCLE.apply(first, "offer", by=by, now=NOW, forced=forced, reason=reason)
    event = ENROLMENT_LIFECYCLE.apply(
        first, "offer", by=STAFF, now=NOW, forced=True, reason="Vu au téléphone."
    )

    assert (event.forced, event.reason, first.state) == (True, "Vu au téléphone.", S.OFFERED)


def test_a_recovered_request_goes_to_the_list_when_the_session_is_full():
    session = SessionFactory(first=STARTS, capacity=1)
    suspect = enrol_visitor(session, individual(1), NOW, suspect=True).enrolments.get()
    enrol(session, individual(2), NOW)

    with pytest.raises(TransitionRefused, match="complète"):
        ENROLMENT_LIFECYCLE.apply(suspect, "recover", by=STAFF, now=NOW)
    ENROLMENT_LIFECYCLE.apply(suspect, "recover_waiting", by=STAFF, now=NOW)

    mail = OutgoingMessage.objects.get(to="stagiaire1@exemple.test")
    assert (suspect.state, mail.kind) == (S.WAITLISTED, "formation_waitlisted")
    assert counters_agree(session.pk)


def test_a_suspect_copy_of_a_live_enrolment_is_not_recovered():
    session = SessionFactory(first=STARTS)
    suspect = enrol_visitor(session, individual(1), NOW, suspect=True).enrolments.get()
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

    assert offered <= {"decline", "decline_offer", "retract"}
