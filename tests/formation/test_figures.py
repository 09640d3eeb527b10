"""The figures of a year: fill rate, cancellations, satisfaction, by month and by course."""

import io
from datetime import timedelta
from decimal import Decimal

from django.urls import reverse

import openpyxl
import pytest
import time_machine

from formation.enums import EnrolmentState, SessionState, SurveyKind
from formation.models import Enrolment, Session, Survey
from formation.services.figures import figures_of
from tests.factories.formation import CoursePageFactory, group, sign_up
from tests.factories.running import confirmed, held_session
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

MARCH = paris(2027, 3, 1, 9)


def rate(session, *ratings):
    for number, rating in enumerate(ratings):
        Survey.objects.create(
            kind=SurveyKind.HOT,
            session=session,
            respondent=f"essai:{number}",
            sent_at=MARCH,
            answered_at=MARCH,
            rating=rating,
        )


def test_the_fill_rate_is_that_of_the_sessions_that_were_held():
    full = held_session(MARCH, capacity=2)
    confirmed(full, group(1, 2))
    half = held_session(MARCH + timedelta(days=1), capacity=2)
    confirmed(half)
    called_off = held_session(MARCH + timedelta(days=2), capacity=50)
    Session.objects.filter(pk=called_off.pk).update(state=SessionState.CANCELLED)

    total = figures_of(2027).total

    assert (total.held, total.cancelled) == (2, 1)
    assert total.fill_rate == Decimal("75.0")
    assert total.cancellation_rate == Decimal("33.3")


@pytest.mark.parametrize(
    ("state", "counted"),
    [
        (EnrolmentState.WITHDRAWN, 1),
        (EnrolmentState.RETRACTED, 1),
        (EnrolmentState.NO_SHOW, 1),
        (EnrolmentState.TRANSFERRED, 0),
        (EnrolmentState.CANCELLED, 0),
        (EnrolmentState.ATTENDED, 0),
    ],
)
def test_who_gives_up_is_not_who_is_moved(state, counted):
    confirmed(held_session(MARCH))
    Enrolment.objects.update(state=state)

    assert figures_of(2027).total.gave_up == counted


def test_satisfaction_begins_at_three_out_of_four():
    rate(held_session(MARCH), 1, 2, 3, 4)

    total = figures_of(2027).total

    assert (total.answers, total.satisfied, total.satisfaction_rate) == (4, 2, Decimal("50.0"))


def test_an_answer_to_another_survey_does_not_count():
    rate(held_session(MARCH), 4)
    Survey.objects.update(kind=SurveyKind.COLD)

    assert figures_of(2027).total.satisfaction_rate is None


def test_a_session_counts_in_the_month_in_which_it_begins():
    session = held_session(paris(2027, 3, 31, 9), days=2)
    confirmed(session)

    months = figures_of(2027).months

    assert [month.held for month in months] == [0, 0, 1, *[0] * 9]
    assert months[2].label == "mars"


def test_courses_are_in_alphabetical_order():
    for title in ("Évaluer", "Animer", "Zoner"):
        held_session(MARCH, course=CoursePageFactory(title=title))

    assert [one.label for one in figures_of(2027).courses] == ["Animer", "Évaluer", "Zoner"]


def test_an_empty_year_has_no_rate():
    year = figures_of(2027)

    assert (year.total.fill_rate, year.total.satisfaction_rate, list(year.courses)) == (
        None,
        None,
        [],
    )


@pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.POSTPONED])
def test_what_was_not_announced_at_a_date_does_not_count(state):
    session = held_session(MARCH)
    Session.objects.filter(pk=session.pk).update(state=state)

    assert figures_of(2027).total.held == 0


def test_a_year_costs_three_queries_however_full(count_queries):
    for number in range(30):
        session = held_session(MARCH + timedelta(days=number))
        confirmed(session, sign_up(number))
        rate(session, 4)

    assert count_queries(lambda: figures_of(2027)) == 3


# -- The screen ---------------------------------------------------------------------------------


@time_machine.travel(paris(2027, 6, 1, 9), tick=False)
def test_staff_sees_the_figures_drawn_and_in_a_table(log_in):
    session = held_session(MARCH, capacity=4)
    confirmed(session)
    rate(session, 4, 1)

    page = log_in("formation").get(reverse("formation_figures"))

    assert page.context["year"] == 2027
    assert "25\u00a0%" in page.text
    assert "50\u00a0%" in page.text
    assert page.text.count('<svg class="chart__svg"') == 5


@time_machine.travel(paris(2027, 6, 1, 9), tick=False)
def test_the_figures_are_exported_by_month_and_by_course(log_in):
    confirmed(held_session(MARCH, capacity=4))

    answer = log_in("direction").get(reverse("formation_figures_workbook"))

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Par mois", "Par formation"]
    march = list(book["Par mois"].iter_rows(values_only=True))[3]
    assert (march[0], march[1], march[5]) == ("mars", 1, 25)


@pytest.mark.parametrize("name", ["formation_figures", "formation_figures_workbook"])
def test_other_roles_do_not_see_the_figures(log_in, name):
    assert log_in("recrutement").get(reverse(name)).status_code in {302, 403}
