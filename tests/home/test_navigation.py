import re

from wagtail.models import PageViewRestriction

import pytest

from tests.factories.home import (
    ContactPageFactory,
    LegalPageFactory,
    SectionPageFactory,
    ServicePageFactory,
)

pytestmark = pytest.mark.django_db


def test_menu_has_two_levels_and_says_where_one_is(client) -> None:
    contact = ContactPageFactory(show_in_menus=True)

    html = client.get(contact.url).content.decode()

    assert '<summary class="is-within">Infos administratives</summary>' in html
    assert '<a href="/infos-administratives/contact/" aria-current="page">Contact</a>' in html
    assert '<a href="/">Accueil</a>' in html


def test_menu_leaves_out_drafts_private_and_unmarked_pages(client) -> None:
    ServicePageFactory(title="Page en brouillon", show_in_menus=True, live=False)
    ServicePageFactory(title="Page hors du menu", show_in_menus=False)
    private = ServicePageFactory(title="Page réservée", show_in_menus=True)
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    html = client.get("/").content.decode()

    for title in ("Page en brouillon", "Page hors du menu", "Page réservée"):
        assert title not in html


@pytest.mark.parametrize("count", [1, 30])
def test_menu_takes_the_same_queries_whatever_it_holds(client, count_queries, count) -> None:
    section = SectionPageFactory()
    for _ in range(count):
        ServicePageFactory(show_in_menus=True)
        ServicePageFactory(show_in_menus=True, parent=section)
    client.get("/")

    assert count_queries(lambda: client.get("/")) == 4


def test_breadcrumb_leads_back_to_the_home_page(client) -> None:
    contact = ContactPageFactory()

    html = client.get(contact.url).content.decode()

    trail = html[html.index('aria-label="Fil d’Ariane"') :]
    assert trail.index('href="/"') < trail.index('href="/infos-administratives/"')


def canonical(client, address):
    html = client.get(address).content.decode()
    return re.search(r'<link rel="canonical" href="http://testserver([^"]*)">', html).group(1)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/formation/?page=3&utm_source=lettre", "/formation/?page=3"),
        ("/formation/?page=1", "/formation/"),
        ("/formation/?page=03", "/formation/?page=3"),
        ("/formation/?page=" + "9" * 5000, "/formation/"),
        ("/formation/?page=²", "/formation/"),
        ("/?page=3&utm_source=lettre", "/"),
    ],
)
def test_canonical_keeps_the_page_number_of_a_list_and_nothing_else(
    client, address, expected
) -> None:
    assert canonical(client, address) == expected


def test_canonical_never_echoes_a_parameter(client) -> None:
    html = client.get("/", {"page": '"><script>alert(1)</script>'}).content.decode()

    assert '<link rel="canonical" href="http://testserver/">' in html


@pytest.mark.parametrize("fate", ["draft", "private", "moved", "deleted"])
def test_the_footer_names_the_legal_pages_that_can_be_opened(client, fate):
    infos = SectionPageFactory(title="Infos", slug="infos-administratives")
    privacy = LegalPageFactory(parent=infos, kind="privacy", slug="confidentialite")
    acts = {
        "draft": privacy.unpublish,
        "private": lambda: PageViewRestriction.objects.create(
            page=privacy, restriction_type="login"
        ),
        "moved": lambda: privacy.move(SectionPageFactory(slug="ailleurs"), pos="last-child"),
        "deleted": privacy.delete,
    }
    assert 'href="/infos-administratives/confidentialite/"' in client.get("/").content.decode()

    acts[fate]()

    footer = client.get("/").content.decode().partition("site-footer")[2]
    assert 'href="/infos-administratives/confidentialite/"' not in footer
    assert ('href="/ailleurs/confidentialite/"' in footer) is (fate == "moved")
