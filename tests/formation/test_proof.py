"""The dated proof: what the page of a course said on a past day, and nothing else."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from wagtail.models import Revision

import pytest
import time_machine

from formation.documents.proof import fingerprint_of
from formation.models import CoursePage
from formation.services.proof import proof_of
from home.services.history import versions_on
from tests.factories.formation import (
    CoursePageFactory,
    CourseThemeFactory,
    TrainerFactory,
    catalogue,
)
from tests.formation.test_pages import ON_THE_PAGE
from tests.formation.test_programme import text_of
from tests.harness.clock import paris
from tests.home.test_history import publish, unpublish

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    """Published on the 2nd of March, changed on the 5th, withdrawn on the 8th."""
    page = CoursePageFactory(live=False, title="Enquêter #1", slug="enqueter")
    page.first = publish(page, paris(2026, 3, 2, 10))
    page.second = publish(page, paris(2026, 3, 5, 14, 30), audience="Cadres seulement.")
    unpublish(page, paris(2026, 3, 8, 10))
    for revision in (page.first, page.second):
        revision.refresh_from_db()  # as it is stored
    return page


def screen(course, day=""):
    return reverse("formation_proof", args=[course.pk]) + (f"?jour={day}" if day else "")


def links_in(response):
    text = response.content.decode().replace("&amp;", "&")
    return [part.split('"')[0] for part in text.split('href="') if ".pdf?jour=" in part[:200]]


def proof_on(client, course, day):
    return text_of(client.get(links_in(client.get(screen(course, day)))[-1]))


def test_the_proof_says_what_the_page_said_that_day(log_in, course):
    client = log_in("formation")

    before, after = (proof_on(client, course, day) for day in ("2026-03-04", "2026-03-06"))

    for words in ON_THE_PAGE:
        assert words in before, words
    assert "Cadres seulement." not in before
    assert "Cadres seulement." in after
    assert "Travailleurs sociaux." not in after


def test_the_proof_says_where_it_comes_from(log_in, course):
    with time_machine.travel(paris(2026, 11, 21, 9, 5), tick=False):
        text = proof_on(log_in("formation"), course, "2026-03-06")

    for words in (
        "Ce que disait la page le 6 mars 2026",
        "Enquêter #1",
        course.full_url,
        "Publiée le 5 mars 2026 à 14:30:00 (UTC+0100)",
        "en ligne jusqu’au 8 mars 2026 à 10:00:00",
        f"révision n° {course.second.pk}",
        "le 21 novembre 2026 à 09:05:00",
        "Mise à jour le 5 mars 2026",
    ):
        assert words in text, words
    assert fingerprint_of(course.second) in text.replace(" ", "")


def test_the_fingerprint_is_that_of_the_stored_content(course):
    kept = Revision.objects.get(pk=course.second.pk)
    altered = Revision(content=kept.content | {"audience": "Autre chose."})

    assert fingerprint_of(kept) == fingerprint_of(course.second)
    assert fingerprint_of(altered) != fingerprint_of(kept) != fingerprint_of(course.first)


def test_a_day_of_change_offers_what_was_online_before_and_after(log_in, course):
    client = log_in("formation")

    links = links_in(client.get(screen(course, "2026-03-05")))

    texts = [text_of(client.get(link)) for link in links]
    assert ["Cadres seulement." in text for text in texts] == [False, True]


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-09", "2025-01-01"])
def test_a_day_when_the_page_was_not_online_is_said(log_in, course, day):
    response = log_in("formation").get(screen(course, day))

    assert "Cette page n’était pas en ligne le" in response.content.decode()
    assert links_in(response) == []


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2099-01-01", "pas encore venu"),
        ("0001-01-01", "pas encore"),
        ("hier", "date valide"),
        ("%00", "date valide"),
    ],
)
def test_a_day_that_cannot_be_is_said(log_in, course, day, sentence):
    response = log_in("formation").get(screen(course, day))

    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_a_version_is_proved_only_for_the_days_when_it_was_online(log_in, course):
    client = log_in("formation")
    (link,) = links_in(client.get(screen(course, "2026-03-04")))

    assert client.get(link).status_code == 200
    for day in ("2026-03-06", "2026-03-01", "2099-01-01", "x", ""):
        assert client.get(link.replace("2026-03-04", day)).status_code == 404


def test_what_all_courses_share_is_what_the_catalogue_said_that_day(log_in, course):
    index = catalogue()
    publish(index, paris(2026, 3, 1, 8), contact_name="Ancienne chargée")
    publish(index, paris(2026, 3, 7, 8), contact_name="Nouvelle chargée")
    client = log_in("formation")

    before, after = (proof_on(client, course, day) for day in ("2026-03-06", "2026-03-07"))

    assert "Ancienne chargée" in before
    assert "Nouvelle chargée" in after
    assert "du catalogue, publiée le 1 er mars 2026" in before.replace("1er", "1 er")
    assert "ceux du jour où ce document est établi\u00a0: aucune publication" not in before


def test_common_texts_of_today_are_said_to_be_of_today(log_in, course):
    assert "aucune publication du catalogue" in proof_on(log_in("formation"), course, "2026-03-04")


def test_the_day_of_update_is_the_first_with_these_words(course):
    publish(course, paris(2026, 3, 20, 10))
    publish(course, paris(2026, 3, 25, 10))
    day = date(2026, 3, 25)

    proofs = [
        proof_of(course, version.publication, day, timezone.now())
        for version in versions_on(course, day)
    ]

    assert [proof.updated_on for proof in proofs] == [date(2026, 3, 5)] * 2


def test_what_has_been_deleted_since_does_not_prevent_the_proof(log_in, course):
    trainer = TrainerFactory(name="Ancien formateur")
    theme = CourseThemeFactory(slug="ancien")
    publish(course, paris(2026, 4, 1, 8), trainers=[trainer], theme=theme, code="ANCIEN")
    publish(
        course,
        paris(2026, 4, 5, 8),
        trainers=[TrainerFactory()],
        theme=CourseThemeFactory(),
        code="NEUF",
    )
    trainer.delete()
    theme.delete()
    CoursePageFactory(code="ANCIEN")

    text = proof_on(log_in("formation"), course, "2026-04-02")

    assert "Il manque 1 formateur" in text
    assert "Référence ANCIEN" in text


def test_the_proof_is_for_those_who_may_edit_the_page(client, log_in, course):
    (link,) = links_in(log_in("formation").get(screen(course, "2026-03-04")))

    assert client.get(screen(course)).status_code == 302
    assert client.get(link).status_code == 302
    assert log_in("recrutement").get(screen(course)).status_code in {302, 403}
    assert log_in("recrutement").get(link).status_code in {302, 403}
    assert log_in("formation").post(link).status_code == 405


def test_the_editor_of_a_course_leads_to_its_proofs_and_that_of_another_page_does_not(log_in):
    course, client = CoursePageFactory(), log_in("direction")

    editor = client.get(reverse("wagtailadmin_pages:edit", args=[course.pk]))
    other = client.get(reverse("wagtailadmin_pages:edit", args=[catalogue().pk]))

    assert f'href="{screen(course)}"' in editor.content.decode()
    assert "Preuve datée" not in other.content.decode()


def test_the_proof_changes_nothing(log_in, course):
    before = CoursePage.objects.values().get(pk=course.pk)

    proof_on(log_in("formation"), course, "2026-03-04")

    assert CoursePage.objects.values().get(pk=course.pk) == before
