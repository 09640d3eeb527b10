"""« L'ingénieur social » opens over the home page, and is a page of its own."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.gestures import asked, focused_words, press

TITLE = "L’ingénieur social"


def sheet(page: Page) -> Locator:
    return page.get_by_role("region", name=TITLE)


def test_it_opens_on_arrival_and_closes_with_its_cross(page: Page) -> None:
    page.goto("/")
    expect(sheet(page)).to_be_visible()
    assert focused_words(page).endswith("Fermer")
    press(page, "Fermer")

    expect(sheet(page)).to_be_hidden()


def test_it_closes_with_escape(page: Page) -> None:
    page.goto("/")
    expect(sheet(page)).to_be_visible()
    page.keyboard.press("Escape")

    expect(sheet(page)).to_be_hidden()


def test_it_closes_when_the_keyboard_goes_on_to_the_page(page: Page) -> None:
    page.goto("/")
    expect(sheet(page)).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if sheet(page).is_hidden():
            break

    expect(sheet(page)).to_be_hidden()
    assert asked(page, "document.activeElement.closest('main') !== null")


def test_it_does_not_come_back_during_the_visit(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Escape")
    page.goto("/conseil/")
    page.get_by_role("link", name="Accueil").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(sheet(page)).to_be_hidden()
    page.reload()

    expect(sheet(page)).to_be_hidden()


def test_it_leaves_alone_who_comes_for_a_place_of_the_page(page: Page) -> None:
    page.goto("/#contenu")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(sheet(page)).to_be_hidden()


@pytest.mark.parametrize("way_to_close", ["la croix", "Échap"])
def test_its_button_opens_it_again(visitor: Page, way_to_close: str) -> None:
    visitor.goto("/#contenu")
    press(visitor, TITLE)
    expect(sheet(visitor)).to_be_visible()
    if way_to_close == "la croix":
        press(visitor, "Fermer")
    else:
        visitor.keyboard.press("Escape")

    expect(sheet(visitor)).to_be_hidden()


def test_it_is_a_page_of_its_own(visitor: Page) -> None:
    visitor.goto("/#contenu")
    press(visitor, TITLE)
    sheet(visitor).get_by_role("link", name="Cette page, à sa propre adresse").click()

    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(visitor.get_by_role("navigation", name="Fil d’Ariane")).to_be_visible()
