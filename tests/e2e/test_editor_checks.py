"""An editor is advised while she writes, and dates what she has read again."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from playwright.sync_api import Page, expect

from home.models import ServicePage

VAGUE = "Le lien ne dit pas où il mène"


def test_advice_appears_and_goes_as_she_types(sign_in: Callable[[str], Page]) -> None:
    editor = sign_in("redaction")
    editor.goto("/admin/pages/")
    editor.locator("a[href$='/add_subpage/']").first.click()
    editor.get_by_role("link", name="Page de présentation", exact=True).click()
    editor.get_by_role("link", name="Une page vide").click()
    panel = editor.locator("[data-conformity]")
    editor.get_by_role("textbox", name="Titre*").fill("Médiation")
    editor.locator(".c-sf-add-button").click()
    editor.get_by_role("option", name="Appel à agir").click()
    words = editor.get_by_role("textbox", name="Texte du lien*")

    words.fill("Cliquez ici")
    expect(panel).to_contain_text(VAGUE)
    expect(panel).to_contain_text("Il n’y a pas d’introduction")
    panel.get_by_role("link", name="Introduction").click()
    expect(editor.get_by_role("textbox", name="Introduction*")).to_be_focused()

    words.fill("Nous écrire")
    expect(panel).not_to_contain_text(VAGUE)


def test_a_page_read_again_leaves_the_list(sign_in: Callable[[str], Page]) -> None:
    page = ServicePage.objects.live().first()
    long_ago = timezone.now() - timedelta(days=800)
    ServicePage.objects.filter(pk=page.pk).update(last_published_at=long_ago)
    editor = sign_in("redaction")
    editor.goto("/admin/")
    editor.get_by_role("link", name="à rafraîchir").first.click()

    editor.get_by_role("button", name=f"Revu, rien à changer : {page.title}").click()

    expect(editor.get_by_text("relue aujourd’hui")).to_be_visible()
    expect(editor.get_by_role("button", name=f"Revu, rien à changer : {page.title}")).to_have_count(
        0
    )


def test_a_search_without_result_leads_to_the_form_of_an_advised_page(
    page: Page, sign_in: Callable[[str], Page]
) -> None:
    page.goto("/recherche/?q=sophrologie")
    editor = sign_in("redaction")
    editor.goto("/admin/snippets/search/searchmiss/")
    missed = editor.get_by_role("row").filter(has_text="sophrologie")
    missed.get_by_role("link", name="Mettre une page en avant").click()
    expect(editor.get_by_role("textbox", name="Mots cherchés*")).to_have_value("sophrologie")
