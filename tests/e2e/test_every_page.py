"""What holds on every public page without a form."""

from django.test import Client

from wagtail.models import Page as TreePage

from playwright.sync_api import Page

from home.models import ContactPage
from tests.e2e.conftest import SMALLEST
from tests.e2e.gestures import scrolls_sideways


def addresses() -> list[str]:
    """Every page of the tree but the one with a form, the lists, the search and an error."""
    tree = TreePage.objects.live().public().filter(depth__gt=1).not_type(ContactPage)
    client = Client()
    lists = ["/recherche/", "/recherche/?q=formation", "/page-d-autrefois/"]
    months = client.get("/blog/").context["months"]
    if months:
        latest = months[0]["month"]
        lists += [f"/blog/archives/{latest:%Y/%m}/", f"/blog/archives/{latest:%Y}/"]
        lists += ["/blog/archives/", "/blog/etiquettes/"]
    return [page.url for page in tree] + lists


def test_no_page_leaves_a_cookie_or_scrolls_sideways(page: Page) -> None:
    """Nor calls a third party: `page` itself refuses every request that leaves this machine."""
    page.set_viewport_size(SMALLEST)
    faults = []
    for address in addresses():
        page.goto(address)
        if page.context.cookies():
            faults.append(f"{address} : un cookie")
            page.context.clear_cookies()
        if scrolls_sideways(page):
            faults.append(f"{address} : plus large que l’écran")
        if page.get_by_role("heading", level=1).count() != 1:
            faults.append(f"{address} : un seul titre principal attendu")

    assert faults == []


def test_the_home_page_asks_for_six_things_at_the_most(page: Page) -> None:
    """What a slow phone waits for: each thing asked for shares its line with the others."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/")
    page.wait_for_load_state("networkidle")

    asked = [url for url in asked if not url.startswith("data:")]
    assert len(asked) <= 6, asked
