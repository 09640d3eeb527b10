"""A session made from another: its dates are looked at before it is kept."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

import pytest
import time_machine

from formation.enums import Rhythm, SessionState
from formation.exceptions import CodeTaken, DayPast
from formation.models import Session, TimeSlot
from formation.services.cloning import copy_of, keep, next_code, review, whole_days
from formation.services.enrolment import enrol
from site_enys.admin import admin_url
from site_enys.states import Actor, Role
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    TrainerFactory,
    VenueFactory,
    half_days,
    individual,
)
from tests.harness.clock import paris
from tests.races import at_once

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
STAFF = Actor(Role.STAFF)
FIRST = date(2027, 6, 7)


@pytest.fixture
def original():
    made = SessionFactory(
        first=STARTS,
        code="RA-2027-03",
        capacity=9,
        min_participants=3,
        decision_on=date(2027, 2, 15),
        enrol_closes_at=paris(2027, 2, 22, 18),
    )
    return Session.objects.get(pk=made.pk)  # with its instants as the database gives them


# -- What is copied -----------------------------------------------------------------------------


def test_a_copy_keeps_what_is_decided_once_and_none_of_the_people(original):
    enrol(original, individual(), NOW)

    copy = keep(copy_of(original, FIRST, Rhythm.SAME_GAPS), STAFF, NOW, original=original)

    copy.refresh_from_db()
    assert (copy.course, copy.venue, copy.capacity) == (original.course, original.venue, 9)
    assert (copy.state, copy.seats_taken, copy.enrolments.count()) == (SessionState.DRAFT, 0, 0)
    assert copy.slots.count() == original.slots.count() == 4
    assert (copy.first_day, copy.last_day) == (FIRST, FIRST + timedelta(days=1))
    assert copy.public_id != original.public_id
    event = copy.events.get()
    assert (event.transition, event.reason) == ("plan", "Copie de RA-2027-03.")


def test_the_dates_around_the_session_keep_their_distance_and_their_hour(original):
    copy = copy_of(original, FIRST, Rhythm.SAME_GAPS)

    assert copy.decision_on == FIRST - timedelta(days=14)
    # From winter to summer time: still six in the evening.
    assert copy.enrol_closes_at == paris(2027, 5, 31, 18)
    assert copy.enrol_opens_at is None


def test_the_distance_counts_from_the_day_on_which_the_copy_really_begins(original):
    copy = copy_of(original, date(2027, 6, 5), Rhythm.CONSECUTIVE)  # a Saturday

    assert timezone.localdate(copy.slots.all()[0].starts_at) == FIRST
    assert copy.decision_on == FIRST - timedelta(days=14)


def test_a_session_without_half_days_is_copied_as_whole_days():
    empty = SessionFactory(state=SessionState.DRAFT, slots=[], course__duration_days="2.5")

    copy = copy_of(empty, FIRST, Rhythm.CONSECUTIVE)

    assert len(copy.slots.all()) == 6


def test_whole_days_make_a_session_of_their_own():
    course, venue, trainer = CoursePageFactory(code="RA1"), VenueFactory(), TrainerFactory()

    session = keep(
        whole_days(course, FIRST, Rhythm.WEEKLY, 3, venue=venue, trainer=trainer), STAFF, NOW
    )

    assert (session.code, session.venue, session.slots.count()) == ("RA1-2027-06", venue, 6)
    assert {slot.trainer for slot in session.slots.all()} == {trainer}
    assert session.last_day == FIRST + timedelta(days=14)


# -- Codes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "taken", "suggested"),
    [
        ("RA-2027-03-01", [], "RA-2027-06-07"),
        ("RA-2027-03", [], "RA-2027-06"),
        ("RA-2027-03", ["RA-2027-06"], "RA-2027-06-2"),
        ("RA-2027-03", ["RA-2027-06", "RA-2027-06-2"], "RA-2027-06-3"),
        ("RA-2027", [], "RA-2027-2"),
        ("RA-7", [], "RA-8"),
        ("RA-09", ["RA-10"], "RA-11"),
        ("RA", [], "RA-2"),
        ("RA", ["RA-2"], "RA-3"),
        ("12", [], "13"),
    ],
)
def test_the_next_free_code_follows_that_of_the_original(code, taken, suggested):
    session = SessionFactory(first=STARTS, code=code)
    for other in taken:
        SessionFactory(course=session.course, code=other)

    assert next_code(session, FIRST) == suggested


# -- Refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "refused"),
    [
        (paris(2027, 6, 7, 8, 59), False),
        (paris(2027, 6, 7, 9), True),
        (paris(2027, 6, 8), True),
    ],
)
def test_nothing_is_planned_in_the_past(original, now, refused):
    copy = copy_of(original, FIRST, Rhythm.SAME_GAPS)

    if refused:
        with pytest.raises(DayPast):
            keep(copy, STAFF, now)
    else:
        keep(copy, STAFF, now)
    assert Session.objects.count() == (1 if refused else 2)


def test_a_code_is_given_once(original):
    keep(copy_of(original, FIRST, Rhythm.SAME_GAPS), STAFF, NOW)

    with pytest.raises(CodeTaken):
        keep(copy_of(original, FIRST, Rhythm.SAME_GAPS, "RA-2027-06"), STAFF, NOW)
    assert Session.objects.count() == 2
    assert TimeSlot.objects.count() == 8


@pytest.mark.django_db(transaction=True)
def test_the_same_plan_kept_twice_at_once_makes_one_session(original):
    plans = [copy_of(original, FIRST, Rhythm.SAME_GAPS) for _ in range(2)]

    outcomes = at_once(*[lambda plan=plan: keep(plan, STAFF, NOW) for plan in plans])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CodeTaken", "Session"]
    assert Session.objects.count() == 2


# -- What stands in the way ---------------------------------------------------------------------


def test_the_review_of_a_session_leaves_itself_out(original):
    assert [line.warnings for line in review(original)] == [[]] * 4


def test_a_draft_elsewhere_at_that_time_is_said(original):
    trainer = TrainerFactory()
    draft = SessionFactory(first=paris(2027, 6, 7, 9), code="AUTRE-1", state=SessionState.DRAFT)
    for session in (original, draft):
        session.slots.update(trainer=trainer)

    lines = review(copy_of(Session.objects.get(pk=original.pk), FIRST, Rhythm.SAME_GAPS))

    assert lines[0].warnings == [
        "Marc Delattre anime déjà la session AUTRE-1 (brouillon).",
        "Maison des associations, Lyon accueille déjà la session AUTRE-1 (brouillon).",
    ]


def test_a_session_without_half_day_has_nothing_to_review():
    assert review(SessionFactory(state=SessionState.DRAFT, slots=[])) == []


def test_the_plan_costs_the_same_with_one_half_day_and_with_thirty(original, count_queries):
    def plan(pk):
        fresh = Session.objects.select_related("course", "venue").get(pk=pk)
        return [
            [str(line.slot.trainer), *line.warnings]
            for line in review(copy_of(fresh, FIRST, Rhythm.SAME_GAPS))
        ]

    short = SessionFactory(first=STARTS, code="UN", slots=half_days(STARTS, 1)[:1])
    long = SessionFactory(first=STARTS, code="QUINZE", slots=half_days(STARTS, 15))
    for session in (short, long):
        session.slots.update(trainer=TrainerFactory())
    with_one = count_queries(lambda: plan(short.pk))
    for rank in range(30):
        meets = SessionFactory(first=paris(2027, 6, 7, 9), course=short.course, code=f"X-{rank}")
        meets.slots.update(trainer=TrainerFactory())

    assert count_queries(lambda: plan(long.pk)) == with_one
    assert len(plan(long.pk)) == 30
    assert len(plan(long.pk)[0]) == 61  # the trainer, then 30 times the trainer and the place


# -- The screens --------------------------------------------------------------------------------


@pytest.fixture
def at_work():
    with time_machine.travel(NOW, tick=False):
        yield


def address(session):
    return reverse("formation_duplicate", args=[session.pk])


@pytest.mark.usefixtures("at_work")
def test_the_dates_are_shown_before_anything_is_kept(log_in, original):
    client = log_in("formation")
    query = {"first_day": "2027-03-26", "rhythm": Rhythm.SAME_GAPS, "code": ""}

    empty = client.get(address(original)).content.decode()
    shown = client.get(address(original), query)

    html = shown.content.decode()
    assert "Créer le brouillon" not in empty
    assert "Vendredi 26\u00a0mars 2027" in html
    assert "C’est un samedi." in html
    assert '<input type="text" name="code"' in html
    assert 'name="code" value=' not in html.partition("<table")[0]  # proposed, not typed
    assert "Créer le brouillon RA-2027-03-2" in html
    assert Session.objects.count() == 1


@pytest.mark.usefixtures("at_work")
def test_the_button_keeps_what_was_shown_and_only_once(log_in, original):
    client = log_in("formation")
    data = {"first_day": "2027-06-07", "rhythm": Rhythm.CONSECUTIVE, "code": "RA-2027-06"}

    created = client.post(address(original), data)
    again = client.post(address(original), data)

    copy = Session.objects.get(code="RA-2027-06")
    assert created["Location"] == admin_url(Session, "inspect", copy.pk)
    assert "Une autre session porte déjà ce code" in again.content.decode()
    assert Session.objects.count() == 2
    assert copy.events.get().user == client.user


@pytest.mark.usefixtures("at_work")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("first_day", "2027-01-15", "Choisissez un jour à venir"),
        ("first_day", "0207-06-07", "Vérifiez l’année"),
        ("first_day", "9999-12-31", "Vérifiez l’année"),
        ("first_day", "demain", "date valide"),
        ("first_day", "", "Champ requis"),
        ("rhythm", "mensuel", "choix valide"),
        ("code", "ra 2027", "capitales, chiffres et tirets"),
        ("code", "X" * 41, "40"),
        ("code", "RA-2027-03", "porte déjà ce code"),
    ],
)
def test_a_wrong_plan_is_refused_in_french(log_in, original, field, value, sentence):
    data = {"first_day": "2027-06-07", "rhythm": Rhythm.CONSECUTIVE, "code": "RA-8"}
    client = log_in("formation")

    for response in (
        client.get(address(original), data | {field: value}),
        client.post(address(original), data | {field: value}),
    ):
        assert response.status_code == 200
        assert sentence in response.content.decode()
    assert Session.objects.count() == 1


@pytest.mark.usefixtures("at_work")
def test_a_new_session_is_laid_out_in_whole_days(log_in):
    course = CoursePageFactory(code="RA1")
    client, url = log_in("formation"), reverse("formation_whole_days")
    data = {"course": course.pk, "first_day": "2027-03-26", "rhythm": "consecutive", "days": 2}

    blank = client.get(url, {"course": course.pk}).content.decode()
    shown = client.get(url, data).content.decode()
    client.post(url, data | {"code": "RA1-2027-03", "venue": "", "trainer": ""})

    session = Session.objects.get()
    assert f'<option value="{course.pk}" selected>' in blank
    assert "Mêmes écarts" not in blank
    assert "Mardi 30\u00a0mars 2027" in shown
    assert "Lundi 29" not in shown
    assert session.ends_at == paris(2027, 3, 30, 17, 30)


@pytest.mark.parametrize("role", ["redaction", "recrutement"])
def test_the_other_roles_plan_nothing(log_in, original, role):
    client = log_in(role)
    data = {"first_day": "2099-06-07", "rhythm": Rhythm.CONSECUTIVE, "code": "RA-8"}

    for url in (address(original), reverse("formation_whole_days")):
        assert client.get(url).status_code in {302, 403}
        assert client.post(url, data).status_code in {302, 403}
    assert Session.objects.count() == 1


def test_a_session_that_is_gone_is_not_found(log_in):
    assert log_in("formation").get("/admin/formation/sessions/0/dupliquer/").status_code == 404


def test_list_and_screen_lead_to_the_copy(log_in, original):
    client = log_in("formation")

    listed = client.get(admin_url(Session, "list")).content.decode()
    shown = client.get(admin_url(Session, "inspect", original.pk)).content.decode()

    assert address(original) in listed
    assert reverse("formation_whole_days") in listed
    assert address(original) in shown


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SessionState.DRAFT, True),
        (SessionState.PUBLISHED, True),
        (SessionState.CONFIRMED, True),
        (SessionState.CANCELLED, False),
        (SessionState.COMPLETED, False),
    ],
)
def test_the_screen_of_a_session_says_what_its_dates_meet(log_in, state, said):
    session = SessionFactory(first=paris(2027, 5, 6, 9), state=state)  # Ascension day

    html = log_in("formation").get(admin_url(Session, "inspect", session.pk)).content.decode()

    assert ("Jour férié\u00a0: Ascension." in html) is said
