"""A visitor writes to the firm."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.gestures import field, fill_in, press

CONTACT = "/infos-administratives/contact/"
MESSAGE = {
    "Votre nom": "Aïcha Traoré",
    "Votre adresse électronique": "aicha@exemple.test",
    "Votre structure": "Foyer Les Tilleuls",
    "Votre message": "Bonjour,\nnous préparons notre projet d’établissement.",
}


def write(page: Page) -> None:
    page.goto(CONTACT)
    field(page, "Votre message concerne").select_option(index=1)
    fill_in(page, MESSAGE)


def test_her_message_gets_a_reference_and_reaches_the_team(
    visitor: Page, sign_in: Callable[[str], Page]
) -> None:
    write(visitor)
    press(visitor, "Envoyer le message")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Votre message est arrivé")
    reference = visitor.locator(".reference").inner_text()
    visitor.reload()
    expect(visitor.locator(".reference")).to_have_text(reference)

    editor = sign_in("redaction")
    editor.goto("/admin/")
    editor.get_by_role("link", name="Messages", exact=True).click()
    editor.get_by_role("link", name=reference).click()
    expect(editor.locator("main")).to_contain_text("nous préparons notre projet d’établissement.")

    director = sign_in("direction")
    director.goto("/admin/")
    director.get_by_role("link", name="Courriels", exact=True).click()
    row = director.get_by_role("row").filter(has_text="aicha@exemple.test")
    expect(row).to_contain_text(reference)


def test_an_incomplete_message_says_where_and_keeps_what_was_typed(visitor: Page) -> None:
    write(visitor)
    fill_in(visitor, {"Votre nom": "", "Votre adresse électronique": "aicha chez exemple"})
    press(visitor, "Envoyer le message")

    summary = visitor.get_by_role("alert")
    expect(summary).to_contain_text("Votre envoi est à corriger")
    expect(field(visitor, "Votre message")).to_have_value(MESSAGE["Votre message"])
    expect(field(visitor, "Votre adresse électronique")).to_have_value("aicha chez exemple")
    address = field(visitor, "Votre adresse électronique")
    expect(address).to_have_accessible_description(re.compile("adresse .* valide"))

    summary.get_by_role("link", name="Votre nom").click()
    expect(field(visitor, "Votre nom")).to_be_focused()

    fill_in(visitor, MESSAGE)
    press(visitor, "Envoyer le message")
    expect(visitor.locator(".reference")).to_be_visible()


def test_the_list_of_errors_takes_the_focus(page: Page) -> None:
    page.goto(CONTACT)
    press(page, "Envoyer le message")

    expect(page.get_by_role("alert")).to_be_focused()


def test_a_message_sent_at_once_is_set_aside_and_answered_alike(
    visitor: Page, sign_in: Callable[[str], Page], settings
) -> None:
    settings.FORM_MIN_SECONDS = 600
    write(visitor)
    press(visitor, "Envoyer le message")
    reference = visitor.locator(".reference").inner_text()

    director = sign_in("direction")
    director.goto("/admin/")
    director.get_by_role("link", name="Courriels", exact=True).click()
    expect(director.get_by_role("row").filter(has_text="aicha@exemple.test")).to_have_count(0)
    director.get_by_role("link", name="Messages", exact=True).click()
    director.get_by_role("link", name=reference).click()
    director.get_by_role("link", name="Ce message est sincère").click()
    press(director, "Ce message est sincère")
    director.get_by_role("link", name="Courriels", exact=True).click()
    expect(director.get_by_role("row").filter(has_text="aicha@exemple.test")).to_have_count(1)
