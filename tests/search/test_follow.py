"""What changes beside a page changes what the search knows of it."""

from django.utils import timezone

from taggit.models import Tag
from wagtail.models import Page

import pytest

from home.models import ContactPage, OrganisationSettings, SectionPage
from search.jobs import index_forgotten_pages, read_again
from search.models import SearchEntry
from tests.factories.blog import AuthorFactory, CategoryFactory, site_root
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    TrainerFactory,
    VenueFactory,
)
from tests.factories.recrutement import OfferFactory
from tests.search.test_search import post, search, titles

pytestmark = pytest.mark.django_db


def rename(row, name, django_capture_on_commit_callbacks):
    row.name = name
    with django_capture_on_commit_callbacks(execute=True):
        row.save()


def test_a_renamed_author_is_found_by_her_new_name(client, django_capture_on_commit_callbacks):
    author = AuthorFactory()
    post("Un titre", author=author)

    rename(author, "Awa Diop", django_capture_on_commit_callbacks)

    assert titles(search(client, "awa diop")) == ["Un titre"]
    assert titles(search(client, "yonli")) == []


def test_a_renamed_category_is_searched(client, django_capture_on_commit_callbacks):
    category = CategoryFactory(name="Métiers")
    post("Un titre", categories=[category])

    rename(category, "Vocations", django_capture_on_commit_callbacks)

    assert titles(search(client, "vocation")) == ["Un titre"]


def test_a_renamed_tag_is_searched(client, django_capture_on_commit_callbacks):
    post("Un titre", tag_names=["CAFERUIS"])

    rename(Tag.objects.get(), "CAFDES", django_capture_on_commit_callbacks)

    assert titles(search(client, "cafdes")) == ["Un titre"]


def test_a_deleted_tag_is_forgotten(client, django_capture_on_commit_callbacks):
    post("Un titre", tag_names=["Ornithologie"])

    with django_capture_on_commit_callbacks(execute=True):
        Tag.objects.get().delete()

    assert titles(search(client, "ornithologie")) == []


def test_a_course_is_found_by_its_facts(client):
    CoursePageFactory(title="Enquêter", code="ENQ-7", trainers=[TrainerFactory(name="Léa Péri")])

    for query in ("ENQ-7", "lea peri", "OPCO", "opérateur de compétences", "14 heures"):
        assert titles(search(client, query)) == ["Enquêter"], query


def test_the_cities_of_sessions_to_come_are_searched(client, django_capture_on_commit_callbacks):
    course = CoursePageFactory(title="Enquêter")

    with django_capture_on_commit_callbacks(execute=True):
        SessionFactory(course=course, venue=VenueFactory(city="Besançon"))

    assert titles(search(client, "besancon")) == ["Enquêter"]


def test_a_moved_session_is_read_again_by_the_clock(client):
    course = CoursePageFactory(title="Enquêter")
    session = SessionFactory(course=course, venue=VenueFactory(city="Besançon"))
    session.venue = VenueFactory(name="Salle du quai", city="Quimper")
    session.save()

    line = read_again(timezone.now())

    assert line == "pages relues\u00a0: 1"
    assert titles(search(client, "quimper")) == ["Enquêter"]
    assert titles(search(client, "besançon")) == []
    assert read_again(timezone.now()) == "pages relues\u00a0: 0"


def test_an_offer_is_found_by_its_facts(client):
    offer = OfferFactory(title="Chargé·e d’enquête", city="Quimper", tags=["Terrain"])

    for query in ("quimper", offer.reference, "CDI", "temps plein", "contrat à durée indéterminée"):
        assert titles(search(client, query)) == ["Chargé·e d’enquête"], query


def test_the_contact_page_is_found_by_what_people_want_of_it(client):
    section = SectionPage(title="Infos", introduction="Tout savoir.")
    site_root().add_child(instance=section)
    section.add_child(instance=ContactPage(title="Contact", introduction="Écrivez-nous."))

    for query in ("téléphone", "adresse", "où êtes-vous ?", "vous joindre", "coordonnées"):
        assert titles(search(client, query))[:1] == ["Contact"], query


def test_the_facts_of_the_firm_are_read_again(client, django_capture_on_commit_callbacks):
    section = SectionPage(title="Infos", introduction="Tout savoir.")
    site_root().add_child(instance=section)
    section.add_child(instance=ContactPage(title="Contact", introduction="Écrivez-nous."))
    firm = OrganisationSettings.for_site(section.get_site())
    firm.phone = "01 23 45 67 89"

    with django_capture_on_commit_callbacks(execute=True):
        firm.save()

    assert titles(search(client, "01 23 45 67 89")) == ["Contact"]


def test_pages_read_by_a_former_lexicon_are_read_again(client):
    page = post("Un titre")
    SearchEntry.objects.filter(pk=page.pk).update(lexicon="autrefois", text="")

    read_again(timezone.now())

    assert SearchEntry.objects.get(pk=page.pk).text != ""


def test_a_copy_and_an_alias_are_indexed_and_a_moved_page_is_still_found(client):
    page = post("Ornithologie")
    page.copy(update_attrs={"title": "Ornithologie, copie", "slug": "copie"})
    page.create_alias(update_slug="alias")

    assert len(titles(search(client, "ornithologie"))) == 3


def test_a_page_saved_out_of_sight_is_forgotten(client):
    page = post("Ornithologie")
    Page.objects.filter(pk=page.pk).update(live=False)

    assert titles(search(client, "ornithologie")) == []
    index_forgotten_pages(timezone.now())
    assert not SearchEntry.objects.filter(pk=page.pk).exists()
