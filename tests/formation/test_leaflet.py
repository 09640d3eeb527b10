"""The leaflet of a course: the act within reach, the session to look at first, the steps."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

import pytest

from formation.enums import SessionState
from formation.forms.complaint import ComplaintForm
from formation.forms.sign_up import IndividualEnrolmentForm
from formation.forms.tailored import TailoredRequestForm
from formation.models import CoursePage
from formation.services.agenda import foremost, sessions_of
from formation.templatetags.formation_tags import sign_up_progress
from formation.words import short_dates
from tests.factories.formation import CoursePageFactory, SessionFactory
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def course() -> CoursePage:
    return CoursePageFactory()


def held_in(course: CoursePage, days: int, **facts):
    return SessionFactory(course=course, first=timezone.now() + timedelta(days=days), **facts)


def test_the_session_to_look_at_first_takes_people(course):
    held_in(course, 20, state=SessionState.CANCELLED)
    held_in(course, 30, enrol_closes_at=timezone.now() - timedelta(days=1))
    takes_people = held_in(course, 60)

    first = foremost(sessions_of(course, timezone.now()))

    assert first.session == takes_people


def test_without_one_that_takes_people_it_is_the_next_that_is_held(course):
    held_in(course, 20, state=SessionState.POSTPONED)
    closed = held_in(course, 30, enrol_closes_at=timezone.now() - timedelta(days=1))

    assert foremost(sessions_of(course, timezone.now())).session == closed
    assert foremost([]) is None


def test_the_sign_up_is_in_the_panel_among_the_dates_and_at_the_foot_of_a_phone(client, course):
    session = held_in(course, 60)

    page = text_of(client.get(course.url))

    address = reverse("formation_enrol", args=[session.code])
    assert page.count(f'href="{address}"') == 3
    panel, text = page.index('class="panel'), page.index('id="objectifs"')
    assert page.index(address) < text
    assert panel < text < page.index('class="reach"')


def test_nothing_is_within_reach_when_nothing_can_be_booked(client, course):
    held_in(course, 20, state=SessionState.CANCELLED)

    page = text_of(client.get(course.url))

    assert "Aucune date pour l’instant" in page
    assert 'class="reach"' not in page


@pytest.mark.parametrize(
    ("first", "days", "words"),
    [
        (paris(2027, 3, 1, 9), 1, "1er\u00a0mars"),
        (paris(2027, 3, 3, 9), 3, "3 – 5\u00a0mars"),
        (paris(2027, 3, 31, 9), 2, "31\u00a0mars – 1er\u00a0avril"),
    ],
)
def test_dates_under_a_month_do_without_the_year(first, days, words):
    session = SessionFactory(first=first)
    session.ends_at = first + timedelta(days=days - 1, hours=3)

    assert short_dates(session) == words


def test_the_steps_are_those_of_the_buyer():
    assert [name for _, name in sign_up_progress("individual", 1)["steps"]][1:3] == [
        "Le contrat à signer",
        "Le délai de rétractation",
    ]
    assert sign_up_progress("cpf", 0)["steps"] == []


def test_a_form_that_comes_back_says_it_in_the_title_of_the_page(client, course):
    address = reverse("formation_enrol", args=[held_in(course, 60).code])

    shown, refused = text_of(client.get(address)), text_of(client.post(address, {}))

    assert "<title>Demande d’inscription&nbsp;: " in shown
    assert "<title>Erreur&nbsp;: Demande d’inscription&nbsp;: " in refused


@pytest.mark.parametrize("form", [ComplaintForm, IndividualEnrolmentForm, TailoredRequestForm])
def test_fields_put_under_titles_are_all_there_once(form):
    shown = form()

    names = [field.name for section in shown.sections for field in section.fields]

    assert sorted(names) == sorted(field.name for field in shown.visible_fields())
    assert [section.legend for section in shown.sections][-1] == ""
