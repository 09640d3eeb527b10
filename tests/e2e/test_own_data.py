"""Somebody reads on « Mes données » what the site holds of her, corrects it, then erases it."""

import re
import zipfile

from playwright.sync_api import Page, expect

from courrier.models import OutgoingMessage
from home.models import ContactMessage
from tests.e2e.gestures import axe_finds, fill_in, press, scrolls_sideways
from tests.factories.home import ContactMessageFactory

ZOE = "zoe.brun@exemple.test"
PHONE = {"width": 390, "height": 844}


def link_received() -> str:
    text = OutgoingMessage.objects.filter(to=ZOE, kind="rgpd_link").order_by("-pk")[0].text
    return "/" + re.search(r"https?://\S+/lien/\S+", text)[0].split("/", 3)[3]


def assert_fits_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    assert not scrolls_sideways(page)


def open_link(page: Page) -> None:
    fill_in(page, {"Votre adresse électronique": ZOE})
    press(page, "Recevoir mon lien")
    expect(page.get_by_role("status")).to_contain_text("Un courriel part à l’adresse")
    page.goto(link_received())
    press(page, "Ouvrir mes données")
    expect(page).to_have_url(re.compile(r"/mes-donnees/vous/$"))


def test_axe_finds_nothing_on_her_pages(page: Page) -> None:
    ContactMessageFactory(email=ZOE)
    page.goto("/mes-donnees/")
    found = axe_finds(page)

    open_link(page)
    found += axe_finds(page)
    page.get_by_role("link", name=re.compile("^Corriger")).click()
    found += axe_finds(page)
    page.goto("/mes-donnees/vous/")
    page.get_by_role("link", name="Effacer mes données").click()
    found += axe_finds(page)

    assert found == []


def test_she_reads_takes_away_corrects_and_erases_what_is_held(visitor: Page) -> None:
    ContactMessageFactory(email=ZOE, name="Zoé Brn", text="Une question.\n" + "x" * 120)
    visitor.goto("/")
    visitor.get_by_role("contentinfo").get_by_role("link", name="Mes données").click()
    assert_fits_a_phone(visitor)
    open_link(visitor)
    expect(visitor.get_by_role("main")).to_contain_text("Zoé Brn")
    assert_fits_a_phone(visitor)
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Tout télécharger (ZIP)").click()
    assert "mes-donnees.pdf" in zipfile.ZipFile(download.value.path()).namelist()

    visitor.get_by_role("link", name=re.compile("^Corriger")).click()
    fill_in(visitor, {"Nom": "Zoé Brun"})
    press(visitor, "Enregistrer la correction")
    expect(visitor.get_by_role("status")).to_have_text("C’est corrigé.")
    expect(visitor.get_by_role("main")).to_contain_text("Zoé Brun")

    visitor.get_by_role("link", name="Effacer mes données").click()
    expect(visitor.get_by_role("main")).to_contain_text("Messages de contact")
    assert_fits_a_phone(visitor)
    visitor.get_by_label("J’ai compris").check()
    press(visitor, "Effacer mes données")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("L’effacement est fait")
    assert not ContactMessage.objects.filter(email=ZOE).exists()
    visitor.goto("/mes-donnees/vous/")
    expect(visitor.get_by_role("alert")).to_contain_text("n’est plus valable")
