"""A visitor finds her way with the menu."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.gestures import focused_words, press, tab_to

ADDRESSES = {
    "À propos": "/a-propos/",
    "Conseil": "/conseil/",
    "Stratégie": "/strategie/",
    "Évaluations": "/evaluations/",
    "Formation": "/formation/",
    "Recrutement": "/recrutement/",
    "Blog": "/blog/",
    "Références": "/references/",
    "Accueil": "/",
}
SUBMENU = "Infos administratives"
ADDRESSES_OF_SUBMENU = {
    "Contact": "/infos-administratives/contact/",
    "Mentions légales": "/infos-administratives/mentions-legales/",
    "Infos administratives": "/infos-administratives/",
}


def test_every_entry_is_reached_with_the_keyboard_alone(visitor: Page) -> None:
    visitor.goto("/conseil/")
    for title, address in ADDRESSES.items():
        tab_to(visitor, title)
        visitor.keyboard.press("Enter")
        expect(visitor).to_have_url(re.compile(rf"://[^/]+{address}$"))
        expect(visitor.get_by_role("heading", level=1)).to_be_visible()


def test_every_entry_of_the_submenu_is_reached_with_the_keyboard_alone(visitor: Page) -> None:
    visitor.goto("/conseil/")
    for title, address in ADDRESSES_OF_SUBMENU.items():
        tab_to(visitor, SUBMENU)
        visitor.keyboard.press("Enter")
        tab_to(visitor, title)
        visitor.keyboard.press("Enter")
        expect(visitor).to_have_url(re.compile(rf"://[^/]+{address}$"))
        expect(visitor.get_by_role("heading", level=1)).to_have_text(title)


def test_the_present_page_is_marked_in_the_menu(visitor: Page) -> None:
    visitor.goto("/strategie/")
    menu = visitor.get_by_role("navigation", name="Menu principal")

    expect(menu.locator("[aria-current=page]")).to_have_text(["Stratégie"])


def test_escape_closes_the_submenu_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/conseil/")
    contact = page.get_by_role("navigation", name="Menu principal").get_by_text("Contact")
    tab_to(page, SUBMENU)
    page.keyboard.press("Enter")
    expect(contact).to_be_visible()
    tab_to(page, "Contact")
    page.keyboard.press("Escape")

    expect(contact).to_be_hidden()
    assert focused_words(page) == SUBMENU


def test_the_skip_link_leads_to_the_content(visitor: Page) -> None:
    visitor.goto("/conseil/")
    visitor.keyboard.press("Tab")
    assert focused_words(visitor) == "Aller au contenu"
    visitor.keyboard.press("Enter")

    expect(visitor.locator("main")).to_be_focused()


def test_the_menu_of_a_phone_opens_and_closes(visitor: Page) -> None:
    visitor.set_viewport_size(PHONE)
    visitor.goto("/conseil/")
    menu = visitor.get_by_role("navigation", name="Menu principal")
    expect(menu).to_be_hidden()
    press(visitor, "Menu")
    menu.get_by_text(SUBMENU).first.click()
    expect(menu.get_by_role("link", name="Contact")).to_be_visible()
    press(visitor, "Fermer")
    expect(menu).to_be_hidden()

    press(visitor, "Menu")
    menu.get_by_role("link", name="Évaluations").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Évaluations")
