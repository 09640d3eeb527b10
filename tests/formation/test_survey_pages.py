"""What the link of a questionnaire opens, for whom, and what is kept of what is typed."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

import pytest

from formation import links
from formation.enums import EnrolmentState, SurveyKind
from formation.forms.survey import SurveyForm
from formation.models import Enrolment, Session, Survey
from formation.questionnaires import QUESTIONNAIRES
from formation.services.enrolment import enrol
from formation.services.indicators import results_of
from rgpd.models import NoticeVersion
from site_enys.links import GRANT_LASTS, revoke
from tests.factories.formation import SessionFactory, hot_answers, individual
from tests.harness.client import SiteClient

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOT = {
    "satisfaction": "4",
    "objectifs": "3",
    "contenu": "4",
    "animation": "4",
    "rythme": "2",
    "accueil": "3",
    "comment": "Merci.",
    "may_publish": "on",
}


@pytest.fixture
def survey():
    return a_survey(SurveyKind.HOT)


def a_survey(kind, **fields):
    """Sent yesterday, for a session that ended then, or that begins in a month for the needs."""
    now = timezone.now()
    needs = kind == SurveyKind.NEEDS
    session = SessionFactory(**({} if needs else {"first": now - 3 * DAY}))
    if kind == SurveyKind.COLD:
        Session.objects.filter(pk=session.pk).update(
            ends_at=now - 61 * DAY, starts_at=now - 62 * DAY
        )
    if kind == SurveyKind.COMPANY:
        Session.objects.filter(pk=session.pk).update(ends_at=now - 8 * DAY, starts_at=now - 9 * DAY)
    session.refresh_from_db()
    return Survey.objects.create(
        kind=kind, session=session, respondent="essai:1", sent_at=now - DAY, **fields
    )


def ended(session, days):
    """Move the end of the session so many days back."""
    at = timezone.now() - days * DAY
    Session.objects.filter(pk=session.pk).update(ends_at=at, starts_at=at - DAY)
    session.refresh_from_db()


def path_of(url):
    return "/" + url.split("/", 3)[3]


def opened(client, survey):
    return client.get(path_of(links.survey_url(survey)))["Location"]


def post(client, page, survey, **answers):
    asked = QUESTIONNAIRES[survey.kind]
    token = SurveyForm(asked=asked, now=timezone.now() - timedelta(seconds=30)).new_token()
    return client.post(page, {"form_token": token, **answers})


def text_of(response):
    return plain(response.content.decode())


def plain(text):
    return re.sub(r"\s+", " ", text.replace("&nbsp;", " "))


# -- The link -----------------------------------------------------------------------------------


def test_the_link_leads_to_an_address_without_its_token(client, survey):
    response = client.get(path_of(links.survey_url(survey)))
    page = client.get(response["Location"])

    assert response.status_code == 303
    assert response["Location"] == f"/formation/evaluation/{survey.public_id}/"
    assert page.status_code == 200
    assert [answer["Referrer-Policy"] for answer in (response, page)] == [
        "no-referrer",
        "same-origin",
    ]
    assert "no-store" in page["Cache-Control"]
    survey.refresh_from_db()
    assert survey.answered_at is None


@pytest.mark.parametrize(
    "break_it", [lambda url: url[:-3] + "AA/", lambda url: url.rsplit("/", 2)[0] + "/cassé/"]
)
def test_an_altered_link_shows_one_neutral_page(client, survey, break_it):
    response = client.get(break_it(path_of(links.survey_url(survey))))

    assert response.status_code == 403
    assert "Ce lien n’est plus valable" in text_of(response)
    assert survey.session.course.title not in text_of(response)


def test_the_link_of_an_enrolment_opens_no_questionnaire(client, survey):
    Survey.objects.filter(pk=survey.pk).update(link_nonce=survey.public_id)
    token = links.REQUEST.token(Survey.objects.get(pk=survey.pk))

    assert client.get(reverse("formation_survey_open", args=[token])).status_code == 403


def test_nobody_opens_the_page_without_the_link_or_with_somebody_elses(client, survey):
    other = a_survey(SurveyKind.HOT)
    opened(client, other)

    for name in ("formation_survey", "formation_survey_thanks"):
        url = reverse(name, args=[survey.public_id])
        assert client.get(url).status_code == SiteClient().get(url).status_code == 403
    assert post(client, reverse("formation_survey", args=[survey.public_id]), survey, **HOT)
    survey.refresh_from_db()
    assert survey.answered_at is None


def test_the_page_closes_when_the_link_is_revoked_or_the_grant_is_over(client, survey, monkeypatch):
    page = opened(client, survey)
    later = timezone.now() + GRANT_LASTS + timedelta(seconds=1)
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: later)
        assert client.get(page).status_code == 403

    revoke(survey)

    assert client.get(page).status_code == 403


# -- The answers --------------------------------------------------------------------------------


def test_an_answer_is_kept_and_thanked_for_once(client, survey):
    page = opened(client, survey)
    asked = QUESTIONNAIRES[survey.kind]
    token = SurveyForm(asked=asked, now=timezone.now() - timedelta(seconds=30)).new_token()

    first, second = (client.post(page, {"form_token": token, **HOT}) for _ in "12")

    survey.refresh_from_db()
    assert (first.status_code, first["Location"]) == (303, f"{page}merci/")
    assert second["Location"] == first["Location"]
    assert (survey.rating, survey.comment, survey.may_publish) == (4, "Merci.", True)
    assert survey.answers["rythme"] == 2
    assert survey.notice_shown_at
    assert NoticeVersion.objects.get(key="evaluation").version == survey.notice_version
    assert "Vos réponses sont enregistrées" in text_of(client.get(first["Location"]))


def test_the_answers_are_shown_again_and_corrected(client, survey):
    page = opened(client, survey)
    post(client, page, survey, **HOT)

    again = text_of(client.get(page))
    post(client, page, survey, **HOT | {"satisfaction": "2", "comment": ""})

    assert "Vous avez répondu le" in again
    assert again.count(" checked") == len(HOT) - 1  # each mark, and the tick
    assert "Merci.</textarea>" in again
    survey.refresh_from_db()
    assert (survey.rating, survey.comment, survey.may_publish) == (2, "", False)


@pytest.mark.parametrize("kind", SurveyKind)
def test_every_questionnaire_is_asked_with_legends_and_words(client, kind):
    page = opened(client, a_survey(kind))

    text = text_of(client.get(page))

    asked = QUESTIONNAIRES[kind]
    for question in asked.questions:
        assert plain(question.label) in text
    assert text.count("<legend>") == sum(
        question.kind.value in {"scale", "choice"} for question in asked.questions
    )
    assert plain(asked.privacy) in text


def test_what_is_missing_is_said_beside_the_question_and_nothing_is_lost(client, survey):
    page = opened(client, survey)

    response = post(client, page, survey, **HOT | {"contenu": "", "comment": "À garder"})

    text = text_of(response)
    assert response.status_code == 422
    assert "Choisissez une des réponses." in text
    assert "À garder</textarea>" in text
    survey.refresh_from_db()
    assert survey.answered_at is None


@pytest.mark.parametrize(
    "hostile",
    [
        {"satisfaction": "5"},
        {"satisfaction": "0"},
        {"satisfaction": "quatre"},
        {"comment": "a\x00b"},
        {"comment": "a\u202eb"},
        {"comment": "x" * 10_000},
    ],
)
def test_hostile_answers_get_a_sentence(client, survey, hostile):
    response = post(client, opened(client, survey), survey, **HOT | hostile)

    assert response.status_code == 422
    assert "form-errors" in text_of(response)


def test_emoji_and_tags_are_words_like_others(client, survey):
    page = opened(client, survey)

    post(client, page, survey, **HOT | {"comment": "<b>Bien</b> 🎉 =1+1"})

    survey.refresh_from_db()
    assert survey.comment == "<b>Bien</b> 🎉 =1+1"
    assert "&lt;b&gt;Bien&lt;/b&gt; 🎉" in text_of(client.get(page))


def test_a_closed_questionnaire_says_so_and_takes_nothing(client, survey):
    page = opened(client, survey)
    Session.objects.update(ends_at=timezone.now() - 40 * DAY, starts_at=timezone.now() - 41 * DAY)

    shown, sent = client.get(page), post(client, page, survey, **HOT)

    assert "Ce questionnaire est clos" in text_of(shown)
    assert '<form method="post" class="form survey"' not in text_of(shown)
    assert sent.status_code == 422
    survey.refresh_from_db()
    assert survey.answered_at is None


def test_who_was_absent_answers_nothing(client):
    session = SessionFactory(first=timezone.now() - 3 * DAY)
    enrolment = enrol(SessionFactory(), individual(1), timezone.now()).enrolments.get()
    Enrolment.objects.filter(pk=enrolment.pk).update(state=EnrolmentState.NO_SHOW)
    survey = Survey.objects.create(
        kind=SurveyKind.HOT,
        session=session,
        enrolment=enrolment,
        respondent="essai:2",
        sent_at=timezone.now(),
    )

    assert "Ce questionnaire est clos" in text_of(client.get(opened(client, survey)))


def test_the_figure_reaches_the_page_of_the_course_with_the_fifth_answer(client, survey):
    course = survey.session.course
    hot_answers(survey.session, 4, 4, 4, 2)
    before = text_of(client.get(course.url))

    post(client, opened(client, survey), survey, **HOT)

    assert "moins de cinq réponses" in before
    assert "80 % de participants satisfaits" in text_of(client.get(course.url))
    assert results_of(course, timezone.now()).answers == 5


def test_the_pages_take_few_queries(client, survey, count_queries):
    page = opened(client, survey)
    client.get(page)

    assert count_queries(lambda: client.get(page)) <= 15
