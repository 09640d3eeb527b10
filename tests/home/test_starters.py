"""A new page begins with a starter, whose guiding words never go online."""

import json
import re

from django.core.exceptions import ValidationError
from django.urls import reverse

from wagtail.blocks import StreamValue
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

import pytest

from blog.models import PostPage
from blog.services.starters import ARTICLE
from formation.models import CoursePage
from formation.models.course_rules import missing_items
from formation.services.starters import COURSE
from home.models import HomePage, LegalPage, ServicePage
from home.models.base import NotPublishable
from home.review import remarks
from home.review.panel import reading
from home.services import guiding, starters
from home.starters import SERVICE_PAGE
from recrutement.models import JobOfferPage
from recrutement.services.starters import OFFER
from tests.factories.blog import the_blog
from tests.factories.home import ContactPageFactory, SectionPageFactory, ServicePageFactory

pytestmark = pytest.mark.django_db

OFFERED = [
    (kind, starter)
    for kind, offered in (
        (ServicePage, SERVICE_PAGE),
        (PostPage, ARTICLE),
        (CoursePage, COURSE),
        (JobOfferPage, OFFER),
    )
    for starter in offered
]
IDS = [f"{kind.__name__}-{starter.key}" for kind, starter in OFFERED]
GUIDE = re.compile(r"\[À écrire[^\]]*\]")


def add_address(parent, kind: str = "servicepage", app: str = "home") -> str:
    return reverse("wagtailadmin_pages:add", args=[app, kind, parent.pk])


def begun(kind, starter, **fields):
    """A page with that beginning, not saved."""
    page = kind(title="Une page", slug="une-page", **fields)
    starter.fill(page)
    return page


def held(page) -> dict[str, object]:
    """What the fields of the page hold, its relations apart."""
    return {
        field.name: getattr(page, field.name)
        for field in page._meta.fields
        if not field.is_relation
    }


def bodies(page) -> list[tuple[str, StreamValue]]:
    return [(name, value) for name, value in held(page).items() if isinstance(value, StreamValue)]


def guides_in(page) -> list[str]:
    return [words for value in held(page).values() for words in guiding.left_in(value)]


@pytest.mark.parametrize(("kind", "starter"), OFFERED, ids=IDS)
def test_a_starter_holds_sound_blocks_once_its_guiding_words_are_replaced(kind, starter) -> None:
    ContactPageFactory()
    page = begun(kind, starter)
    assert guides_in(page)

    for name, body in bodies(page):
        written = GUIDE.sub("Écrit", json.dumps(body.get_prep_value(), ensure_ascii=False))
        setattr(page, name, written)

    assert kind is JobOfferPage or sum(len(body) for _name, body in bodies(page)) >= 2
    page.full_stream_clean()
    assert not any(guiding.left_in(body) for _name, body in bodies(page))


@pytest.mark.parametrize(("kind", "starter"), OFFERED, ids=IDS)
def test_a_starter_fits_the_fields_that_it_fills(kind, starter) -> None:
    page = begun(kind, starter)

    for name in starter.values():
        page._meta.get_field(name).clean(getattr(page, name), page)


def test_a_begun_page_is_kept_as_a_draft_and_refused_to_readers() -> None:
    page = begun(ServicePage, SERVICE_PAGE[0], live=False)
    HomePage.objects.get().add_child(instance=page)
    page.save_revision()
    page.refresh_from_db()

    with pytest.raises(NotPublishable) as refusal:
        page.get_latest_revision().publish()

    assert "passages à écrire, entre crochets" in " ".join(refusal.value.sentences)
    assert not ServicePage.objects.get(pk=page.pk).live


def test_guiding_words_are_refused_wherever_they_stand() -> None:
    for fields in ({"introduction": guiding.guide("x")}, {"title": guiding.guide("x")}):
        with pytest.raises(NotPublishable, match="Il reste un passage à écrire"):
            ServicePageFactory(**fields)
    assert guiding.left_in("On peut [écrire] entre crochets, et dire à écrire.") == []


@pytest.mark.parametrize("starter", OFFER, ids=lambda starter: starter.key)
def test_an_offer_with_guiding_words_is_refused_to_readers(starter) -> None:
    page = begun(JobOfferPage, starter)

    with pytest.raises(ValidationError) as refusal:
        page.check_written()

    assert {"introduction", "missions", "profile", "process"} <= set(refusal.value.message_dict)


def test_the_review_leads_to_each_passage_that_is_still_to_write() -> None:
    page = begun(ServicePage, SERVICE_PAGE[0])

    found = [remark for remark in remarks(page) if remark.code == "a-ecrire"]
    panel = reading(page)

    assert len(found) == len(set(guides_in(page)))
    assert {remark.place.field for remark in found} == {"kicker", "introduction", "body"}
    assert len(panel.missing) == len(found)
    assert not any("[À écrire" in line.excerpt for line in panel.advice)


def test_a_course_with_guiding_words_still_lacks_what_the_law_asks() -> None:
    page = begun(CoursePage, COURSE[0])

    missing = set(missing_items(page, {}))

    assert {"objectives", "audience", "prerequisites", "programme"} <= missing


# -- In the admin -------------------------------------------------------------------------------


def test_what_a_page_begins_with_is_asked_first(log_in) -> None:
    url = add_address(HomePage.objects.get())

    html = log_in("redaction").get(f"{url}?next=/admin/reports/").content.decode()

    assert "Par quoi commencer" in html
    for starter in starters.starters_of(ServicePage):
        assert starter.label in html
        assert f"?next=%2Fadmin%2Freports%2F&amp;modele={starter.key}" in html


def test_the_form_begins_with_the_chosen_starter(log_in) -> None:
    url = add_address(HomePage.objects.get())
    client = log_in("redaction")

    begun_form = client.get(f"{url}?modele=demarche").content.decode()
    blank_form = client.get(f"{url}?modele=vide").content.decode()
    unknown = client.get(f"{url}?modele=autre").content.decode()

    assert "ce que cette démarche permet" in begun_form
    assert 'name="title"' in begun_form
    assert 'name="title"' in blank_form
    assert "[À écrire" not in blank_form
    assert "Par quoi commencer" in unknown


def test_a_kind_of_page_without_starter_opens_its_form(log_in) -> None:
    section = SectionPageFactory()

    html = log_in("direction").get(add_address(section, "legalpage")).content.decode()

    assert starters.starters_of(LegalPage) == ()
    assert 'name="title"' in html


@pytest.mark.parametrize("query", ["", "?modele=service", "?modele=vide"])
def test_who_may_not_add_a_page_is_offered_nothing(log_in, query) -> None:
    response = log_in("evaluation").get(add_address(HomePage.objects.get()) + query)

    assert response.status_code in {302, 403}
    assert b"Par quoi commencer" not in response.content


def test_an_article_too_begins_with_a_starter(log_in) -> None:
    url = add_address(the_blog(), "postpage", "blog")

    html = log_in("redaction").get(url).content.decode()

    assert len(starters.starters_of(PostPage)) == 4
    assert "Retour d’expérience" in html


def test_what_is_typed_in_the_form_is_published_only_when_it_is_all_written(log_in) -> None:
    def typed(text: str) -> dict:
        return nested_form_data(
            {
                "title": "Médiation",
                "slug": "mediation",
                "kicker": "",
                "introduction": "Reprendre langue.",
                "body": streamfield([("paragraph", rich_text(f"<p>{text}</p>"))]),
                "action-publish": "1",
            }
        )

    url, client = add_address(HomePage.objects.get()), log_in("redaction")

    refused = client.post(url, typed(guiding.guide("le sujet")))
    published = client.post(url, typed("Le sujet."))

    assert "Il reste un passage" in refused.content.decode()
    assert published.status_code == 302
    assert ServicePage.objects.get(slug="mediation").live
