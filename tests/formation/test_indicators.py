"""The result indicators of a course: counted, published with what makes them readable."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from formation.enums import SessionState, SurveyKind
from formation.models import CoursePage, Survey
from formation.models.conformity import conformity
from formation.rgpd.surveys import anonymise
from formation.services.indicators import (
    course_results,
    results_of,
    session_needs,
    session_results,
)
from formation.words import results_words
from tests.factories.formation import CoursePageFactory, SessionFactory, hot_answers
from tests.formation.test_pages import html
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

FIRST, LAST = paris(2026, 3, 2, 9), paris(2026, 9, 7, 9)
NOW = paris(2026, 11, 20, 12)
DAY = timedelta(days=1)


@pytest.fixture
def course():
    return CoursePageFactory()


@pytest.fixture
def session(course):
    return SessionFactory(course=course, first=FIRST, state=SessionState.COMPLETED)


def test_the_rate_is_the_share_of_those_who_are_satisfied(course, session):
    hot_answers(session, 4, 4, 3, 2, 1, 3, None, None)

    results = results_of(course, NOW)

    assert (results.asked, results.answers, results.satisfied) == (8, 6, 4)
    assert results.rate == Decimal("66.7")
    assert results.response_rate == Decimal("75.0")


@pytest.mark.parametrize(("marks", "rate"), [((3, 3, 3, 3), None), ((3,) * 5, Decimal(100))])
def test_under_five_answers_there_is_no_rate(course, session, marks, rate):
    hot_answers(session, *marks)

    assert results_of(course, NOW).rate == rate


def test_the_period_goes_from_the_first_session_to_the_last(course, session):
    later = SessionFactory(course=course, first=LAST, state=SessionState.COMPLETED)
    silent = SessionFactory(course=course, first=LAST + 30 * DAY, state=SessionState.COMPLETED)
    hot_answers(session, 4, 4, 4)
    hot_answers(later, 4, 4, at=later.ends_at + 3 * DAY)
    hot_answers(silent, None)

    results = results_of(course, NOW)

    assert (results.first_day, results.last_day) == (date(2026, 3, 2), date(2026, 9, 8))
    assert results.latest == later.ends_at + 3 * DAY
    assert (results.asked, results.sessions) == (6, 2)


def test_only_the_last_three_years_count(course, session):
    hot_answers(session, *(4,) * 5)
    until = session.ends_at + timedelta(days=3 * 365 + 1)

    assert results_of(course, until - timedelta(seconds=1)).answers == 5
    assert results_of(course, until).answers == 0


def test_what_was_answered_later_did_not_count_then(course, session):
    hot_answers(session, *(4,) * 5, at=NOW)

    assert results_of(course, NOW - DAY).answers == 0
    assert results_of(course, NOW).answers == 5


def test_other_questionnaires_and_other_courses_do_not_count(course, session):
    hot_answers(session, *(1,) * 5)
    Survey.objects.update(kind=SurveyKind.COLD)
    hot_answers(SessionFactory(first=FIRST, state=SessionState.COMPLETED), *(1,) * 5)

    assert results_of(course, NOW).answers == 0


def test_marks_that_are_anonymised_still_count(course, session):
    hot_answers(session, *(4,) * 5)
    for survey in Survey.objects.all():
        anonymise(survey)

    assert results_of(course, NOW).rate == 100
    [found] = session_results(session)
    assert found.scales[0].counts == (0, 0, 0, 5)


# -- In words -----------------------------------------------------------------------------------


def said(course, now=NOW):
    lines = results_words(course, results_of(course, now))
    return " ".join(f"{label} : {told}" for label, told in lines).replace("\u00a0", " ")


def test_a_rate_is_said_with_all_that_makes_it_readable(course, session):
    hot_answers(session, 4, 4, 4, 4, 1, None)

    words = said(course)

    assert "80 % de participants satisfaits (5 réponses sur 6 questionnaires envoyés)" in words
    assert "1 session du 2 mars 2026 au 3 mars 2026" in words
    assert "Dernière réponse le 3 mars 2026." in words
    assert "est satisfait qui répond 3 ou 4 sur 4" in words.lower()


def test_too_few_answers_are_said_without_a_rate(course, session):
    hot_answers(session, 4, 4, 4, 4)

    assert said(course) == "Satisfaction : moins de cinq réponses, pas encore de taux."


def test_a_new_course_says_when_it_is_held_first(course):
    course.first_session_on = date(2027, 9, 1)

    assert "première session le 1er septembre 2027" in said(course)


# -- The page and the gate ----------------------------------------------------------------------


def test_the_page_shows_the_rate_and_keeps_its_number_of_queries(client, course, count_queries):
    # Before any answer: what is cached is in memory.
    client.get(course.url)
    before = count_queries(lambda: client.get(course.url))
    for month in range(1, 8):
        held = SessionFactory(
            course=course, first=paris(2026, month, 5, 9), state=SessionState.COMPLETED
        )
        hot_answers(held, 4, 4, 2, None)

    page = html(client.get(course.url))

    assert "66,7 % de participants satisfaits" in page
    assert count_queries(lambda: client.get(course.url)) == before <= 15


def test_an_answer_does_not_move_the_date_of_the_content(course, session):
    CoursePage.objects.get(pk=course.pk).save_revision().publish()
    before = CoursePage.objects.get(pk=course.pk)
    hot_answers(session, *(4,) * 5)

    CoursePage.objects.get(pk=course.pk).save()

    after = CoursePage.objects.get(pk=course.pk)
    assert (after.updated_on, after.content_digest) == (before.updated_on, before.content_digest)


def missing(course):
    return {line.field for line in conformity(course).missing}


def test_a_course_is_published_on_results_a_session_to_come_or_its_first_day():
    course = CoursePageFactory(first_session_on=None, live=False)
    assert "first_session_on" in missing(course)

    held = SessionFactory(course=course, first=paris(2026, 5, 4, 9), state=SessionState.COMPLETED)
    assert "first_session_on" in missing(course)
    hot_answers(held, 4)
    assert "first_session_on" not in missing(course)


def test_a_session_to_come_is_enough():
    course = CoursePageFactory()
    SessionFactory(course=course)

    assert "first_session_on" not in missing_without_a_day(course)


def missing_without_a_day(course):
    return {line.field for line in conformity(course, {"first_session_on": None}).missing}


@pytest.mark.parametrize(
    ("marks", "days", "told"),
    [((), 10, False), ((None,), 10, True), ((4,) * 5, 10, False), ((4,) * 5, 400, True)],
)
def test_the_editor_is_told_of_too_few_answers_and_of_old_ones(course, marks, days, told, settings):
    from django.utils import timezone  # noqa: PLC0415 - the real day, as the editor sees it

    now = timezone.now()
    held = SessionFactory(course=course, first=now - (days + 2) * DAY, state=SessionState.COMPLETED)
    hot_answers(held, *marks)

    advice = [line.sentence for line in conformity(course).advice]

    assert any("réponses à chaud" in sentence for sentence in advice) is told


# -- What the team and the trainers read --------------------------------------------------------


def a_survey(session, kind, number, answers, comment=""):
    return Survey.objects.create(
        kind=kind,
        session=session,
        respondent=f"enrolment:{number}",
        sent_at=FIRST,
        answered_at=FIRST,
        answers=answers,
        rating=answers.get("satisfaction"),
        comment=comment,
    )


def test_the_results_of_a_session_are_marks_choices_and_texts(session):
    a_survey(session, SurveyKind.COLD, 1, {"satisfaction": 4, "frein": "time"}, "Zut")
    a_survey(session, SurveyKind.COLD, 2, {"satisfaction": 2, "frein": "time"}, "Épatant")
    Survey.objects.create(
        kind=SurveyKind.COLD, session=session, respondent="enrolment:3", sent_at=FIRST
    )

    [cold] = session_results(session)

    assert (cold.sent, cold.answered, cold.response_rate) == (3, 2, Decimal("66.7"))
    general, freins = cold.scales[0], dict(cold.choices[0].counts)
    assert (general.counts, general.average) == ((0, 1, 0, 1), Decimal("3.0"))
    assert (freins["Du temps"], freins["Rien"]) == (2, 0)
    assert cold.texts[0].texts == ("Épatant", "Zut")


def test_needs_are_read_person_by_person(session):
    a_survey(session, SurveyKind.NEEDS, 1, {"experience": 2, "prerequis": "no"})

    [needs] = session_needs(session)

    assert [told for _, told in needs.lines] == ["J’ai quelques repères", "Non, parlons-en"]


def test_the_results_take_one_query_whatever_the_number_of_answers(course, session, count_queries):
    hot_answers(session, 4)
    one = count_queries(lambda: session_results(session))
    hot_answers(session, *(3,) * 29)

    assert count_queries(lambda: session_results(session)) == one == 1
    assert count_queries(lambda: course_results(course, NOW)) == 1
    assert count_queries(lambda: results_of(course, NOW)) == 1
