"""Each page type: routable, rendered, edited, previewed, and where it may stand."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils import WagtailPageTestCase, page_tests
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

import pytest

from home.models import (
    ContactPage,
    HomePage,
    LegalPage,
    ReferencesPage,
    SectionPage,
    ServicePage,
)
from tests.factories.home import (
    ContactPageFactory,
    LegalPageFactory,
    ReferencesPageFactory,
    SectionPageFactory,
    ServicePageFactory,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

FACTORIES = {
    ContactPage: ContactPageFactory,
    LegalPage: LegalPageFactory,
    ReferencesPage: ReferencesPageFactory,
    SectionPage: SectionPageFactory,
    ServicePage: ServicePageFactory,
}
PAGE_TYPES = [HomePage, *FACTORIES]


@pytest.fixture
def wagtail(client, settings, monkeypatch) -> WagtailPageTestCase:
    """Wagtail's own page assertions, as functions."""
    # Wagtail's helpers sign in without naming a backend, and take the first one.
    monkeypatch.setattr(page_tests, "AUTH_BACKEND", settings.AUTHENTICATION_BACKENDS[-1])
    case = WagtailPageTestCase()
    case.client = client
    case.dummy_request = get_dummy_request()
    return case


def make(page_type: type[Page]) -> Page:
    if page_type is HomePage:
        return HomePage.objects.get()
    return FACTORIES[page_type]()


def typed(page: Page) -> dict[str, Any]:
    """What an editor sends; the blocks of a body are made by scripts in the browser."""
    fields: dict[str, Any] = {
        "title": page.title,
        "slug": page.slug,
        "introduction": "Une introduction en une phrase.",
        "headline": "Donner forme",
        "kind": "notice",
        "comments": inline_formset([]),
        "action-publish": "",
    }
    if hasattr(page, "body"):
        fields["body"] = streamfield([("paragraph", rich_text("<p>Un texte.</p>"))])
    return nested_form_data(fields)


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_is_routable_and_rendered(wagtail, page_type) -> None:
    page = make(page_type)

    wagtail.assertPageIsRoutable(page)
    wagtail.assertPageIsRenderable(page)


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_is_edited_by_an_editor(wagtail, page_type) -> None:
    page = make(page_type)

    wagtail.assertPageIsEditable(page, post_data=typed(page), user=_superuser())


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_is_previewed(wagtail, page_type) -> None:
    page = make(page_type)

    wagtail.assertPageIsPreviewable(page, post_data=typed(page), user=_superuser())


def _superuser() -> Any:
    return UserFactory(is_superuser=True)


def test_pages_stand_where_they_should(wagtail) -> None:
    wagtail.assertAllowedParentPageTypes(HomePage, {Page})
    wagtail.assertAllowedParentPageTypes(ServicePage, {HomePage, SectionPage})
    wagtail.assertAllowedParentPageTypes(ReferencesPage, {HomePage})
    wagtail.assertAllowedParentPageTypes(SectionPage, {HomePage})
    wagtail.assertAllowedParentPageTypes(ContactPage, {SectionPage})
    wagtail.assertAllowedParentPageTypes(LegalPage, {HomePage, SectionPage})
    wagtail.assertAllowedSubpageTypes(SectionPage, {ContactPage, LegalPage, ServicePage})
    for leaf in (ServicePage, ReferencesPage, ContactPage, LegalPage):
        wagtail.assertAllowedSubpageTypes(leaf, set())


def test_there_is_one_home_page_only() -> None:
    assert not HomePage.can_create_at(Page.objects.get(depth=1))


def test_a_fresh_database_shows_the_home_page(client) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert "Donner forme" in response.content.decode()


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_head_is_complete(client, page_type) -> None:
    page = make(page_type)

    html = client.get(page.url).content.decode()

    title = "Accueil" if page_type is HomePage else page.title
    assert f"<title>{title} — ENYS Conseil</title>" in html
    assert '<meta name="description" content="' in html
    assert 'name="description" content=""' not in html
    assert f'<link rel="canonical" href="http://testserver{page.url}">' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("page_type", [HomePage, ServicePage, SectionPage, LegalPage])
def test_page_without_form_sets_no_cookie(client, page_type) -> None:
    response = client.get(make(page_type).url)

    assert not response.cookies


@pytest.mark.parametrize("page_type", [HomePage, ServicePage, SectionPage, LegalPage])
def test_page_without_form_refuses_post(client, page_type) -> None:
    assert client.post(make(page_type).url).status_code == 405


def test_anonymous_page_holds_nothing_of_the_admin(client) -> None:
    assert b"wagtail-userbar" not in client.get("/").content


def test_staff_gets_the_user_bar(log_in) -> None:
    assert b"wagtail-userbar" in log_in("redaction").get("/").content


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_stays_within_twelve_queries(client, count_queries, page_type) -> None:
    page = make(page_type)
    client.get(page.url)

    assert count_queries(lambda: client.get(page.url)) <= 12


@pytest.mark.parametrize("count", [1, 30])
def test_section_lists_its_children_in_constant_queries(client, count_queries, count) -> None:
    section = SectionPageFactory()
    for number in range(count):
        LegalPageFactory(parent=section, title=f"Une page {number}")
    client.get(section.url)

    assert count_queries(lambda: client.get(section.url)) == 6


def test_section_leaves_out_drafts_and_private_pages(client) -> None:
    section = SectionPageFactory()
    LegalPageFactory(parent=section, title="Brouillon", live=False)
    private = LegalPageFactory(parent=section, title="Réservée")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    LegalPageFactory(parent=section, title="Publique")

    html = client.get(section.url).content.decode()

    assert "Publique" in html
    assert "Brouillon" not in html
    assert "Réservée" not in html


def test_robots_name_the_sitemap_that_lists_the_pages(client) -> None:
    page = ServicePageFactory()

    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content
    assert page.full_url.encode() in client.get(reverse("sitemap")).content


def test_the_sitemap_names_what_anybody_may_read_and_when_it_changed(client) -> None:
    public = ServicePageFactory()
    public.save_revision().publish()
    draft, private = ServicePageFactory(live=False), ServicePageFactory()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    response = client.get(reverse("sitemap"))

    text = response.content.decode()
    assert f"<loc>{public.full_url}</loc>" in text
    assert f"<lastmod>{timezone.localdate()}</lastmod>" in text
    assert draft.slug not in text
    assert private.slug not in text


def test_the_sitemap_costs_the_same_with_one_page_and_with_thirty(client, count_queries) -> None:
    ServicePageFactory()
    client.get(reverse("sitemap"))
    one = count_queries(lambda: client.get(reverse("sitemap")))

    ServicePageFactory.create_batch(29)

    assert count_queries(lambda: client.get(reverse("sitemap"))) == one <= 15
