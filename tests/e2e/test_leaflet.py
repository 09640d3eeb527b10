"""The act of a long page stays within reach of a thumb, and never hides what has the focus."""

import pytest
from playwright.sync_api import Page, expect

from formation.enums import Availability
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.found import open_offer, session_now

HIDDEN = """() => {
  const bar = document.querySelector(".reach").getBoundingClientRect();
  const one = document.activeElement;
  const seen = one.getBoundingClientRect();
  const overlaps = seen.height > 0 && seen.bottom > bar.top && seen.top < bar.bottom;
  return overlaps && !one.closest(".reach");
}"""


@pytest.fixture(params=["une formation", "une offre"])
def leaflet(request: pytest.FixtureRequest, page: Page) -> Page:
    page.set_viewport_size(PHONE)
    offered = open_offer() if request.param == "une offre" else None
    page.goto((offered or session_now(Availability.OPEN).course).url)
    return page


def test_far_down_on_a_phone_the_act_is_one_click_away(leaflet: Page) -> None:
    leaflet.locator(".chapter").nth(3).scroll_into_view_if_needed()

    expect(leaflet.locator(".reach .button")).to_be_in_viewport()


def test_the_bar_never_hides_what_has_the_focus(leaflet: Page) -> None:
    leaflet.emulate_media(reduced_motion="reduce")
    stops = leaflet.locator("main :is(a, button, summary)").count()
    leaflet.locator("main").focus()

    for _ in range(stops):
        leaflet.keyboard.press("Tab")

        assert not leaflet.evaluate(HIDDEN), leaflet.evaluate("document.activeElement.outerHTML")


def test_beside_the_panel_there_is_no_bar(leaflet: Page) -> None:
    leaflet.set_viewport_size(DESKTOP)

    leaflet.mouse.wheel(0, 1200)

    expect(leaflet.locator(".panel .button")).to_be_in_viewport()
    expect(leaflet.locator(".reach")).to_be_hidden()
