"""Which sessions to hold or call off, by when, and what each decision sends."""

from datetime import date, timedelta

from django.urls import reverse

import pytest
import time_machine

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, SessionState, Urgency, Visibility
from formation.models import Enrolment, Session
from formation.services.board import (
    DECIDED_BEFORE,
    DECISION_NOTICE,
    board,
    decision_day,
    under_their_minimum,
)
from formation.services.enrolment import enrol
from formation.services.sessions import SESSION_LIFECYCLE
from site_enys.admin import admin_url
from site_enys.states import Actor, Role
from tests.desk import lines_waiting
from tests.factories.formation import CoursePageFactory, SessionFactory, individual, sign_up
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
TODAY = date(2027, 1, 15)
STARTS = paris(2027, 3, 1, 9)
STAFF = Actor(Role.STAFF)


def undecided(decision_on=None, **fields):
    values = {"first": STARTS, "min_participants": 4, "decision_on": decision_on} | fields
    return SessionFactory(**values)


# -- When ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "urgency"),
    [(-1, Urgency.LATE), (0, Urgency.TODAY), (1, Urgency.TO_COME)],
)
def test_a_decision_is_late_due_today_or_to_come(days, urgency):
    undecided(TODAY + timedelta(days=days))

    line = board(NOW)[0]

    assert (line.urgency, line.days_left, line.by_default) == (urgency, days, False)


def test_a_session_without_a_day_is_decided_two_weeks_before_it_starts():
    session = undecided()

    [line] = board(NOW)

    assert timedelta(days=14) == DECIDED_BEFORE
    assert decision_day(session) == line.decision_on == date(2027, 2, 15)
    assert line.by_default


def test_the_day_is_that_of_paris():
    undecided(date(2027, 1, 16))

    assert board(paris(2027, 1, 15, 23, 59))[0].urgency == Urgency.TO_COME
    assert board(paris(2027, 1, 16))[0].urgency == Urgency.TODAY


def test_the_most_pressing_decision_comes_first():
    course = CoursePageFactory()
    later = undecided(TODAY + timedelta(days=9), course=course)
    by_default = undecided(course=course)
    late = undecided(TODAY - timedelta(days=9), course=course)

    assert [line.session for line in board(NOW)] == [late, later, by_default]


# -- Which --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", SessionState)
def test_only_announced_sessions_await_a_decision(state):
    undecided(state=state)

    assert len(board(NOW)) == (state == SessionState.PUBLISHED)


@pytest.mark.parametrize(("now", "shown"), [(STARTS - timedelta(seconds=1), True), (STARTS, False)])
def test_a_session_that_has_begun_is_past_deciding(now, shown):
    undecided()

    assert bool(board(now)) is shown


@pytest.mark.parametrize(("taken", "missing"), [(0, 4), (3, 1), (4, 0), (5, 0)])
def test_the_board_counts_who_is_missing(taken, missing):
    undecided(seats_taken=taken, waiting_count=0)

    [line] = board(NOW)

    assert (line.missing, line.people) == (missing, taken)


def test_alternatives_are_the_other_open_sessions_of_the_course():
    course = CoursePageFactory()
    session = undecided(TODAY, course=course)
    other = undecided(TODAY + timedelta(days=1), course=course)
    sure = undecided(course=course, state=SessionState.CONFIRMED, first=paris(2027, 5, 3, 9))
    undecided(course=course, state=SessionState.CANCELLED)
    undecided(course=course, visibility=Visibility.HIDDEN, state=SessionState.CONFIRMED)
    undecided(
        course=course,
        capacity=4,
        seats_taken=4,
        accepts_waiting_list=False,
        state=SessionState.CONFIRMED,
    )
    undecided(state=SessionState.CONFIRMED)  # of another course

    first, second = board(NOW)

    assert first.session == session
    assert [line.session for line in first.alternatives] == [other, sure]
    assert [line.session for line in second.alternatives] == [session, sure]


# -- The desk -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "taken", "shown"),
    [
        (DECISION_NOTICE.days, 3, True),
        (DECISION_NOTICE.days + 1, 3, False),
        (DECISION_NOTICE.days, 4, False),
        (-5, 0, True),
    ],
)
def test_the_desk_shows_who_is_short_of_people_ten_days_before(days, taken, shown):
    session = undecided(TODAY + timedelta(days=days), seats_taken=taken)

    assert under_their_minimum(NOW) == ([session] if shown else [])


def test_the_default_day_counts_on_the_desk_too():
    session = undecided(first=NOW + DECIDED_BEFORE + DECISION_NOTICE)

    assert under_their_minimum(NOW) == [session]


@pytest.mark.parametrize(("days", "urgent"), [(1, False), (0, True), (-1, True)])
def test_the_line_of_the_desk_leads_to_the_board(log_in, rf, days, urgent):
    undecided(TODAY + timedelta(days=days))
    request = rf.get("/admin/")
    request.user = log_in("formation").user

    [line] = lines_waiting(request, NOW)

    assert (line.url, line.urgent) == (reverse("formation_board"), urgent)


# -- The screen ---------------------------------------------------------------------------------


@pytest.fixture
def _at_work():
    with time_machine.travel(NOW, tick=False):
        yield


BOARD = "/admin/formation/maintien/"


@pytest.mark.usefixtures("_at_work")
def test_the_board_says_everything_a_decision_needs(log_in):
    course = CoursePageFactory()
    session = undecided(TODAY - timedelta(days=2), course=course, capacity=6)
    other = SessionFactory(course=course, first=paris(2027, 5, 3, 9), state=SessionState.CONFIRMED)
    for number in (1, 2, 3):
        enrol(session, individual(number), NOW)

    html = log_in("formation").get(BOARD).content.decode()

    for words in (
        "En retard",
        "depuis 2\u00a0jours",
        "il manque 1\u00a0personne",
        "3\u00a0places prises",
        "3\u00a0personnes concernées",
        other.code,
        admin_url(Session, "transition", session.pk, "confirm"),
        admin_url(Session, "transition", session.pk, "cancel"),
    ):
        assert words in html
    assert admin_url(Session, "transition", session.pk, "postpone") not in html
    assert "Moreau" not in html


@pytest.mark.usefixtures("_at_work")
def test_an_empty_board_says_so_and_is_in_the_menu(log_in):
    client = log_in("formation")

    assert "Aucune session n’attend" in client.get(BOARD).content.decode()
    assert "Maintien des sessions" in client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", ["redaction", "recrutement"])
def test_the_other_roles_see_no_board(log_in, role):
    client = log_in(role)

    assert client.get(BOARD).status_code in {302, 403}
    assert "Maintien des sessions" not in client.get("/admin/").content.decode()


@pytest.mark.usefixtures("_at_work")
def test_the_board_costs_the_same_with_one_session_and_with_thirty(log_in, count_queries):
    client = log_in("formation")
    undecided(TODAY)
    client.get(BOARD)
    with_one = count_queries(lambda: client.get(BOARD))
    for rank in range(29):
        course = CoursePageFactory() if rank % 2 else Session.objects.first().course
        undecided(TODAY, course=course)

    assert count_queries(lambda: client.get(BOARD)) == with_one


# -- What a decision sends ----------------------------------------------------------------------


@pytest.fixture
def busy():
    """Two people sent by an employer, one who pays for herself and waits."""
    session = undecided(TODAY, capacity=2, min_participants=1)
    for data in (sign_up(1), sign_up(2), individual(3)):
        enrol(session, data, NOW)
    OutgoingMessage.objects.all().delete()
    return Session.objects.get(pk=session.pk)


@pytest.mark.usefixtures("_at_work")
@pytest.mark.parametrize("name", ["confirm", "cancel", "postpone"])
def test_the_preview_is_what_leaves(log_in, busy, name):
    shown = log_in("formation").get(admin_url(Session, "transition", busy.pk, name))
    mails = shown.context["mails"]
    assert OutgoingMessage.objects.count() == 0

    SESSION_LIFECYCLE.apply(busy, name, by=STAFF, now=NOW, reason="Effectif insuffisant.")

    sent = OutgoingMessage.objects.all()
    assert [(mail.to, mail.subject, mail.text) for mail in mails] == [
        (real.to, real.subject, real.text) for real in sent.order_by("pk")
    ]


@pytest.mark.usefixtures("_at_work")
def test_the_screen_of_a_cancellation_shows_the_letters_and_changes_nothing(log_in, busy):
    address = admin_url(Session, "transition", busy.pk, "cancel")

    html = log_in("formation").get(address).content.decode()

    busy.refresh_from_db()
    assert "5 courriels partiront" in html
    assert "Session annulée" in html
    assert "stagiaire3@exemple.test" in html
    assert (busy.state, busy.seats_taken, busy.waiting_count) == (SessionState.PUBLISHED, 2, 1)
    assert not Enrolment.objects.filter(state=EnrolmentState.CANCELLED).exists()
    assert not busy.events.exists()


@pytest.mark.usefixtures("_at_work")
def test_a_decision_that_is_no_longer_possible_previews_nothing(log_in, busy):
    Session.objects.filter(pk=busy.pk).update(state=SessionState.CANCELLED)
    address = admin_url(Session, "transition", busy.pk, "cancel")

    response = log_in("formation").get(address)

    assert response.context["mails"] == []
    assert "partiront" not in response.content.decode()


@pytest.mark.usefixtures("_at_work")
def test_the_letters_are_not_for_who_may_not_read_the_enrolments(log_in, busy):
    client = log_in("formation")
    client.user.groups.get().permissions.remove(
        *client.user.groups.get().permissions.filter(codename="view_enrolment")
    )

    html = client.get(admin_url(Session, "transition", busy.pk, "cancel")).content.decode()

    assert "Maintenir" not in html
    assert "Moreau" not in html
