"""On the narrowest screen, every page that anybody may read, forms with their mistakes included.

`main` clips what leaves it, for its drawings: a page may be cut without scrolling sideways.
"""

import pytest
from playwright.sync_api import Page, Route

from tests.e2e.conftest import SMALLEST
from tests.fuzz.pages import make_the_other_pages
from tests.walk import Shown, pages_read
from tests.world import lay_files, make_world

#: What is written or filled in beyond the edge, but in what scrolls by itself.
CUT = """() => {
  const scrolls = (it) =>
    it && (getComputedStyle(it).overflowX === "auto" || scrolls(it.parentElement));
  const written = "h1, h2, h3, p, li, dt, dd, label, legend, input, select, textarea, a, button";
  return [...document.querySelectorAll(`main :is(${written})`)]
    .filter((it) => it.checkVisibility({visibilityProperty: true}) && !scrolls(it))
    .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
    .map((it) => `${it.tagName} ${(it.innerText || it.name || "").slice(0, 60)}`);
}"""


@pytest.fixture
def shown() -> list[Shown]:
    side = make_world()["a"]
    make_the_other_pages()
    lay_files(side)
    return list(pages_read(side))


def test_nothing_is_cut_on_the_narrowest_screen(shown: list[Shown], page: Page) -> None:
    page.set_viewport_size(SMALLEST)
    faults = {}
    for each in shown:
        if found := cut_in(page, each.html):
            faults[each.name] = found

    assert faults == {}


def test_what_is_cut_is_seen(page: Page) -> None:
    page.set_viewport_size(SMALLEST)
    sheet = '<!doctype html><main style="overflow-x: clip"><p style="width: 400px">Large</p></main>'

    assert cut_in(page, sheet) == ["P Large"]


def cut_in(page: Page, html: str) -> list[str]:
    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/page-lue/", answer)
    page.goto("/page-lue/")
    found = page.evaluate(CUT)
    page.unroute("**/page-lue/", answer)
    return list(found)
