"""A trainee answers on a phone, the figure reaches the page; somebody complains."""

import re
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

import pytest
from playwright.sync_api import Browser, Page, expect

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, SurveyKind
from formation.models import Complaint, CoursePage, Enrolment, Session, Survey
from formation.services import surveys
from tests.e2e.conftest import PHONE, watched_page
from tests.e2e.gestures import axe_finds, fill_in, press, scrolls_sideways
from tests.factories.formation import hot_answers

MARKS = {
    "Dans l’ensemble, votre satisfaction est": "Très bonne",
    "Les objectifs annoncés ont été atteints.": "Plutôt oui",
    "Le contenu m’est utile dans mon travail.": "Tout à fait",
    "L’animation m’a permis d’apprendre.": "Tout à fait",
    "La durée et le rythme m’ont convenu.": "Plutôt non",
}
CONDITIONS = "L’accueil et les conditions me convenaient."


@pytest.fixture(params=[True, False], ids=["avec JavaScript", "sans JavaScript"])
def phone(request: pytest.FixtureRequest, browser: Browser, live_server) -> Iterator[Page]:
    options = {"java_script_enabled": request.param, "viewport": PHONE}
    with watched_page(browser, live_server.url, **options) as page:
        yield page


@pytest.fixture
def course() -> CoursePage:
    """A course of which a session has ended yesterday; its questionnaires have just left."""
    now = timezone.now()
    enrolment = Enrolment.objects.filter(state=EnrolmentState.CONFIRMED).order_by("pk").first()
    Session.objects.filter(pk=enrolment.session_id).update(
        starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1)
    )
    surveys.send_due(now)
    return enrolment.session.course


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def link_received(course: CoursePage) -> str:
    """The link of the last questionnaire « à chaud » of the course."""
    asked = Survey.objects.filter(kind=SurveyKind.HOT, session__course=course, answered_at=None)
    mail = OutgoingMessage.objects.about(asked.exclude(enrolment=None).last()).get()
    return path_of(re.search(r"https?://\S+/evaluation/lien/\S+", mail.text)[0])


def choose(page: Page, answers: dict[str, str]) -> None:
    for question, answer in answers.items():
        asked = page.get_by_role("group", name=re.compile(rf"^{re.escape(question)}"))
        asked.get_by_label(answer, exact=True).check()


def test_the_fifth_answer_brings_the_figure_to_the_page(phone: Page, course: CoursePage) -> None:
    session = Survey.objects.filter(session__course=course, kind=SurveyKind.HOT).last().session
    hot_answers(session, 4, 4, 4, 2)
    phone.goto(course.url)
    expect(phone.get_by_text("moins de cinq réponses")).to_be_visible()

    phone.goto(link_received(course))
    choose(phone, MARKS)
    fill_in(phone, {"Ce que vous retenez, ce qui aurait pu être mieux": "Un vrai temps d’échange."})
    press(phone, "Envoyer mes réponses")
    expect(phone.get_by_role("alert")).to_contain_text("Choisissez une des réponses.")
    expect(phone.get_by_label("Ce que vous retenez")).to_have_value("Un vrai temps d’échange.")
    choose(phone, {CONDITIONS: "Tout à fait"})
    press(phone, "Envoyer mes réponses")

    expect(phone.get_by_role("status")).to_contain_text("Vos réponses sont enregistrées")
    assert not scrolls_sideways(phone)
    phone.get_by_role("link", name="la page de la formation").click()
    expect(phone.get_by_text("80 % de participants satisfaits")).to_be_visible()


def test_an_answer_is_corrected_by_the_same_link(phone: Page, course: CoursePage) -> None:
    link = link_received(course)
    phone.goto(link)
    choose(phone, MARKS | {CONDITIONS: "Tout à fait"})
    press(phone, "Envoyer mes réponses")
    phone.goto(link)
    expect(phone.get_by_role("status")).to_contain_text("Vous avez répondu le")

    choose(phone, {"Dans l’ensemble, votre satisfaction est": "Plutôt faible"})
    press(phone, "Corriger mes réponses")

    expect(phone.get_by_role("status")).to_contain_text("Vos réponses sont enregistrées")
    assert Survey.objects.get(rating__isnull=False, session__course=course).rating == 2


def test_a_complaint_is_sent_from_the_page_of_a_course(phone: Page, course: CoursePage) -> None:
    phone.goto(course.url)
    phone.get_by_role("link", name="Faire une réclamation").click()
    choose(phone, {"Vous êtes": "Stagiaire"})
    fill_in(
        phone,
        {
            "Votre nom": "Awa Diop",
            "Objet": "Salle fermée",
            "Ce qui s’est passé, et ce que vous attendez de nous": "Une heure d’attente.",
        },
    )
    press(phone, "Envoyer ma réclamation")
    expect(phone.get_by_role("alert")).to_contain_text("Indiquez une adresse ou un téléphone")
    fill_in(phone, {"Votre adresse électronique": "awa@exemple.test"})
    press(phone, "Envoyer ma réclamation")

    complaint = Complaint.objects.get(author_email="awa@exemple.test")
    expect(phone.get_by_role("status")).to_contain_text(complaint.reference)
    assert not scrolls_sideways(phone)


def test_axe_finds_nothing_on_these_pages(page: Page, course: CoursePage) -> None:
    page.set_viewport_size(PHONE)
    page.goto(link_received(course))
    found = axe_finds(page)
    press(page, "Envoyer mes réponses")
    found += axe_finds(page)
    choose(page, MARKS | {CONDITIONS: "Tout à fait"})
    press(page, "Envoyer mes réponses")
    found += axe_finds(page)
    page.goto("/formation/reclamation/")
    found += axe_finds(page)
    page.goto("/formation/evaluation/lien/rien/")
    found += axe_finds(page)

    assert found == []


def test_the_figures_are_read_by_the_team(sign_in, course: CoursePage) -> None:
    session = Survey.objects.filter(session__course=course, kind=SurveyKind.HOT).last().session
    hot_answers(session, 4, 4, 4, 2, 3)
    desk = sign_in("formation")

    desk.goto("/admin/formation/resultats/")
    desk.get_by_role("link", name=session.code).click()

    expect(desk.get_by_role("img", name="Évaluation à chaud : question générale")).to_be_visible()
    desk.get_by_text("Les mêmes chiffres en tableau").first.click()
    expect(desk.get_by_role("table").first).to_contain_text("Très bonne")
    assert axe_finds(desk) == []
