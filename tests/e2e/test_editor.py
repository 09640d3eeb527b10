"""An editor writes a page: preview, draft, publication."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.gestures import press

TITLE, LEAD = "Médiation", "Reprendre langue quand elle est rompue."
QUOTE = "On ne s’écoute bien qu’à deux."


def begin_a_page(editor: Page, starter: str) -> None:
    editor.goto("/admin/pages/")
    editor.locator("a[href$='/add_subpage/']").first.click()
    editor.get_by_role("link", name="Page de présentation", exact=True).click()
    editor.get_by_role("link", name=starter).click()


def test_a_page_is_written_previewed_kept_as_a_draft_then_published(
    page: Page, sign_in: Callable[[str], Page]
) -> None:
    editor = sign_in("redaction")
    begin_a_page(editor, "Une page vide")
    editor.get_by_role("textbox", name="Titre*").fill(TITLE)
    editor.get_by_role("textbox", name="Introduction*").fill(LEAD)
    editor.locator(".c-sf-add-button").click()
    editor.get_by_role("option", name="Citation").click()
    editor.get_by_role("textbox", name="Citation*").fill(QUOTE)

    press(editor, "Afficher/masquer la prévisualisation")
    preview = editor.frame_locator("#w-preview-iframe, iframe").first
    expect(preview.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(preview.get_by_text(QUOTE)).to_be_visible()

    press(editor, "Enregistrer le brouillon")
    expect(editor.get_by_text(f"« {TITLE} » créée")).to_be_visible()
    assert page.goto("/mediation/").status == 404

    press(editor, "Plus d'actions")
    press(editor, "Publier")
    expect(editor.get_by_text(f"« {TITLE} » a été publiée")).to_be_visible()
    page.goto("/mediation/")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text(LEAD)).to_be_visible()
    expect(page.get_by_text(QUOTE)).to_be_visible()


def test_a_page_that_misses_something_says_what_and_keeps_the_rest(
    sign_in: Callable[[str], Page],
) -> None:
    editor = sign_in("redaction")
    begin_a_page(editor, "Une page vide")
    editor.get_by_role("textbox", name="Titre*").fill(TITLE)
    press(editor, "Plus d'actions")
    press(editor, "Publier")

    expect(editor.get_by_text("ne peut être créée")).to_be_visible()
    expect(editor.get_by_role("textbox", name="Titre*")).to_have_value(TITLE)


def test_a_page_begun_with_a_starter_goes_online_once_it_is_written(
    page: Page, sign_in: Callable[[str], Page]
) -> None:
    editor = sign_in("redaction")
    begin_a_page(editor, "Présentation de l’équipe")
    expect(editor.locator("[data-conformity]")).to_contain_text("restent à écrire")
    editor.get_by_role("textbox", name="Titre*").first.fill(TITLE)
    editor.keyboard.press("Tab")  # the address follows the title that is left
    expect(editor.locator("#id_slug")).to_have_value("mediation")
    press(editor, "Enregistrer le brouillon")
    expect(editor).to_have_url(re.compile("/edit/"))
    press(editor, "Plus d'actions")
    press(editor, "Publier")
    expect(editor.get_by_text("passages à écrire, entre crochets").first).to_be_visible()
    expect(editor.locator("[data-conformity]")).to_contain_text("restent à écrire")

    replace_guiding_words(editor)
    press(editor, "Plus d'actions")
    press(editor, "Publier")
    expect(editor.get_by_text(f"« {TITLE} » a été publiée")).to_be_visible()
    page.goto("/mediation/")
    expect(page.get_by_role("heading", name="L’équipe")).to_be_visible()
    expect(page.get_by_role("heading", level=3, name="Écrit").first).to_be_visible()
    expect(page.get_by_text("À écrire")).to_have_count(0)


def replace_guiding_words(editor: Page) -> None:
    """Write in each field that a starter has filled, and take away what is not wanted."""
    for field in editor.locator("input[type=text]:visible, textarea:visible").all():
        if "[À écrire" in field.input_value():
            field.fill("Écrit")
    # A block that has nothing to say here leaves the page.
    texts = editor.get_by_role("region", name=re.compile(r"^Texte \* Notre manière"))
    press(texts, "Supprimer")
    expect(texts).to_have_count(0)
