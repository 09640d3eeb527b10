"""« L’ingénieur social », opened over the home page and a page of its own."""

from wagtail.models import PageViewRestriction

import pytest

from home.models import HomePage
from tests.factories.home import ServicePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened():
    page = ServicePageFactory(title="L’ingénieur social", slug="l-ingenieur-social")
    HomePage.objects.update(opened_page=page)
    return page


def test_page_opens_over_the_home_page_and_closes(client, opened) -> None:
    html = client.get("/").content.decode()

    assert 'id="page-ouverte" popover data-once' in html
    assert 'popovertarget="page-ouverte" popovertargetaction="hide"' in html
    assert "✕" in html


def test_without_script_a_button_opens_it_and_a_link_leads_to_it(client, opened) -> None:
    html = client.get("/").content.decode()

    assert '<button class="button button--quiet sheet-opener" type="button"' in html
    assert 'href="/l-ingenieur-social/"' in html


def test_it_is_a_page_of_its_own(client, opened) -> None:
    html = client.get("/l-ingenieur-social/").content.decode()

    assert "<h1>L’ingénieur social</h1>" in html
    assert "popover data-once" not in html


@pytest.mark.parametrize("fate", ["unpublished", "private", "deleted"])
def test_nothing_opens_when_the_page_is_not_public(client, opened, fate) -> None:
    if fate == "unpublished":
        opened.unpublish()
    elif fate == "private":
        PageViewRestriction.objects.create(page=opened, restriction_type="login")
    else:
        opened.delete()

    assert "page-ouverte" not in client.get("/").content.decode()
