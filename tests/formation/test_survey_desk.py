"""The screens of the surveys: who reads what, a reminder, the funder, the figures."""

import io
import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

import pytest
from openpyxl import load_workbook

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, SessionState, SurveyKind
from formation.models import Enrolment, Session, Survey
from formation.services import surveys
from formation.services.enrolment import enrol
from site_enys.admin import admin_url
from tests.factories.formation import SessionFactory, group, hot_answers

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def session():
    """Ended yesterday; two people of one employer have followed it, and were asked."""
    now = timezone.now()
    session = SessionFactory(first=now + 30 * DAY, code="RA-2027-9")
    enrol(session, group(1, 2), now)
    Enrolment.objects.update(state=EnrolmentState.ATTENDED)
    Session.objects.filter(pk=session.pk).update(
        starts_at=now - 2 * DAY, ends_at=now - DAY, state=SessionState.COMPLETED
    )
    session.refresh_from_db()
    surveys.send_due(now)
    return session


@pytest.fixture
def hot(session):
    return Survey.objects.filter(session=session, kind=SurveyKind.HOT).order_by("pk")


HOT = {
    "satisfaction": 4,
    "objectifs": 3,
    "contenu": 4,
    "animation": 4,
    "rythme": 2,
    "accueil": 3,
    "comment": "=1+1",
}


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("&nbsp;", " "))


def addresses(session, survey):
    return [
        reverse("formation_results"),
        reverse("formation_session_results", args=[session.pk]),
        reverse("formation_course_results", args=[session.course_id]),
        admin_url(Survey, "list"),
        admin_url(Survey, "inspect", survey.pk),
        reverse("formation_survey_remind", args=[survey.pk]),
        reverse("formation_ask_funder", args=[survey.enrolment.request_id]),
    ]


@pytest.mark.parametrize("role", ["formation", "direction"])
def test_the_training_team_and_the_direction_open_every_screen(log_in, session, hot, role):
    client = log_in(role)

    for url in addresses(session, hot[0]):
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("role", ["redaction", "recrutement"])
def test_the_other_roles_open_none(log_in, session, hot, role):
    client = log_in(role)

    for url in addresses(session, hot[0]):
        for response in (client.get(url), client.post(url, {"email": "x@x.test"})):
            # A screen of figures takes no POST at all.
            assert response.get("Location") == reverse("wagtailadmin_home"), url
    assert Survey.objects.filter(reminders=0).count() == Survey.objects.count()


def test_nobody_writes_an_answer_in_the_admin(log_in, hot):
    client = log_in("direction")

    for view in ("edit", "delete"):
        assert client.get(admin_url(Survey, view, hot[0].pk)).status_code in {302, 403, 404}


def test_the_answers_of_a_trainee_are_read_with_the_group_and_never_alone(log_in, session, hot):
    surveys.answer(hot[0], HOT | {"comment": "Un mot reconnaissable"}, now=timezone.now())
    client = log_in("formation")

    alone = text_of(client.get(admin_url(Survey, "inspect", hot[0].pk)))
    together = text_of(client.get(reverse("formation_session_results", args=[session.pk])))

    assert "Un mot reconnaissable" not in alone
    assert "lues avec celles du groupe" in alone
    assert "Un mot reconnaissable" in together
    assert "Moreau" not in together


def test_what_a_company_says_is_read_with_its_name(log_in, session):
    request = session.requests.get()
    survey = surveys.ask_funder(request, "opco@x.test", now=timezone.now())
    surveys.answer(survey, {"satisfaction": 2, "comment": "Pièces en retard"}, now=timezone.now())

    text = text_of(log_in("formation").get(admin_url(Survey, "inspect", survey.pk)))

    assert "Plutôt faible" in text
    assert "Pièces en retard" in text


def test_a_reminder_is_read_then_sent(log_in, hot):
    client, url = log_in("formation"), reverse("formation_survey_remind", args=[hot[0].pk])

    preview = text_of(client.post(url, {"preview": "on"}))
    unsent = OutgoingMessage.objects.filter(kind="formation_survey_reminder").count()
    client.post(url)

    assert "Un courriel partira" in preview
    assert unsent == 0
    assert hot[0].reminders == 1
    assert OutgoingMessage.objects.filter(kind="formation_survey_reminder").count() == 1


def test_who_has_answered_cannot_be_reminded(log_in, hot):
    surveys.answer(hot[0], HOT, now=timezone.now())
    client = log_in("formation")

    shown = text_of(client.get(admin_url(Survey, "inspect", hot[0].pk)))
    refused = text_of(client.post(reverse("formation_survey_remind", args=[hot[0].pk])))

    assert "Relancer" not in shown
    assert "Ce questionnaire a déjà sa réponse." in refused


def test_the_funder_is_written_to_at_the_address_that_is_typed(log_in, session):
    request = session.requests.get()
    client, url = log_in("formation"), reverse("formation_ask_funder", args=[request.pk])
    results = reverse("formation_session_results", args=[session.pk])

    offered = client.get(results).content.decode()
    wrong = text_of(client.post(url, {"email": "pas une adresse"}))
    sent = client.post(url, {"email": "opco@x.test"})

    assert url in offered
    assert "adresse" in wrong
    assert sent["Location"] == results
    assert Survey.objects.get(kind=SurveyKind.FUNDER).email == "opco@x.test"


def test_the_export_holds_marks_and_words_without_a_name_or_a_formula(log_in, session, hot):
    surveys.answer(hot[0], HOT, now=timezone.now())
    url = f"{admin_url(Survey, 'list')}?session={session.pk}&kind=hot&export="
    client = log_in("formation")

    book = load_workbook(io.BytesIO(b"".join(client.get(url + "xlsx").streaming_content)))
    text = b"".join(client.get(url + "csv").streaming_content).decode()

    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert len(rows) == 3
    assert any("Les objectifs annoncés" in str(cell) for row in rows for cell in row)
    assert "'=1+1" in text
    assert "Moreau" not in text
    assert "stagiaire1" not in text


def test_the_screen_of_the_session_leads_to_its_results(log_in, session):
    page = log_in("formation").get(admin_url(Session, "inspect", session.pk))

    assert reverse("formation_session_results", args=[session.pk]) in page.content.decode()


def test_the_course_says_what_its_page_says(log_in, session):
    hot_answers(session, 4, 4, 4, 4, 2)
    url = reverse("formation_course_results", args=[session.course_id])

    text = text_of(log_in("formation").get(url))

    assert "80 % de participants satisfaits (5 réponses sur 7 questionnaires envoyés)" in text


def test_the_screens_cost_the_same_for_one_and_for_thirty(log_in, session, count_queries):
    client = log_in("formation")
    urls = addresses(session, Survey.objects.filter(kind=SurveyKind.HOT).first())[:4]

    def costs():
        return [count_queries(lambda url=url: client.get(url)) for url in urls]

    hot_answers(session, 4)
    costs()
    one = costs()
    hot_answers(session, *(3,) * 29)
    for number in range(8):
        other = SessionFactory(
            first=timezone.now() - 20 * DAY, state=SessionState.COMPLETED, code=f"X-{number}"
        )
        hot_answers(other, 4)

    assert costs() == one
