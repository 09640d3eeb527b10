"""A candidate answers an offer."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

import pytest
from playwright.sync_api import Page, expect

from recrutement.demo.cv import cv_of
from recrutement.models import JobOfferPage
from tests.e2e.found import open_offer
from tests.e2e.gestures import NOT_ALLOWED, field, fill_in, press

ANSWERS = {
    "Prénom": "Inès",
    "Nom": "Garnier",
    "Adresse électronique": "ines@exemple.test",
    "Votre message": "J’ai conduit quatre évaluations de services d’aide à domicile.",
}
CV = cv_of("Inès Garnier", ["Cheffe de service, 2019-2026", "DEIS, 2024"])
SEND = "Envoyer ma candidature"


def attach(page: Page, content: bytes = CV, name: str = "CV Inès Garnier.pdf") -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    field(page, "CV").set_input_files(files=[file])


def apply(page: Page, offer: JobOfferPage) -> str:
    """Send a good application; the reference that it gets."""
    page.goto(f"/recrutement/postuler/{offer.reference}/")
    fill_in(page, ANSWERS)
    attach(page)
    press(page, SEND)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre candidature est arrivée")
    return page.locator(".reference").inner_text()


def open_application(page: Page, reference: str) -> None:
    page.goto("/admin/")
    press(page, "Recrutement")
    page.get_by_role("link", name="Candidatures", exact=True).click()
    page.get_by_role("link", name=reference).click()


def test_from_the_list_of_offers_to_the_cv_that_staff_reads(
    visitor: Page, sign_in: Callable[[str], Page]
) -> None:
    offer = open_offer()
    visitor.goto("/recrutement/")
    visitor.get_by_role("link", name=offer.title, exact=True).click()
    visitor.get_by_role("link", name="Postuler à cette offre").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(offer.title)
    reference = apply(visitor, offer)
    visitor.reload()
    expect(visitor.locator(".reference")).to_have_text(reference)

    recruiter = sign_in("recrutement")
    open_application(recruiter, reference)
    expect(recruiter.get_by_role("main")).to_contain_text("ines@exemple.test")
    with recruiter.expect_download() as download:
        recruiter.get_by_role("link", name="CV", exact=True).click()
    assert Path(download.value.path()).read_bytes() == CV

    director = sign_in("direction")
    director.goto("/admin/")
    press(director, "Paramètres")
    director.get_by_role("link", name="Pièces consultées").click()
    row = director.get_by_role("row").filter(has_text=reference)
    expect(row).to_contain_text("Thomas Lefèvre")
    director.get_by_role("link", name="Courriels", exact=True).click()
    row = director.get_by_role("row").filter(has_text="ines@exemple.test")
    expect(row).to_contain_text(reference)


def test_an_editor_opens_neither_the_application_nor_the_cv(
    page: Page, sign_in: Callable[[str], Page]
) -> None:
    reference = apply(page, open_offer())
    recruiter = sign_in("recrutement")
    open_application(recruiter, reference)
    cv = recruiter.get_by_role("link", name="CV", exact=True).get_attribute("href")

    editor = sign_in("redaction")
    editor.goto(recruiter.url)
    expect(editor.get_by_text(NOT_ALLOWED)).to_be_visible()
    editor.goto(cv)  # as if there were none: its number tells nothing
    expect(editor.get_by_role("heading", level=1)).to_have_text("Erreur 404")


def test_a_mistake_elsewhere_does_not_lose_the_file(visitor: Page) -> None:
    visitor.goto(f"/recrutement/postuler/{open_offer().reference}/")
    fill_in(visitor, ANSWERS | {"Adresse électronique": "ines chez exemple"})
    attach(visitor)
    press(visitor, SEND)
    expect(visitor.get_by_role("alert").get_by_role("listitem")).to_have_count(1)
    expect(visitor.get_by_text("CV Inès Garnier.pdf (1 page) est déjà joint")).to_be_visible()

    fill_in(visitor, {"Adresse électronique": "ines@exemple.test"})
    press(visitor, SEND)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Votre candidature est arrivée")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"Bonjour", "cv.pdf", "Ce fichier porte le nom d’un PDF, mais n’en est pas un."),
        (CV[:-40], "cv.pdf", "Ce PDF est incomplet"),
        (CV, "cv.docx", "Votre CV doit être un fichier PDF"),
    ],
)
def test_a_file_that_is_no_good_pdf_gets_one_helpful_sentence(
    page: Page, content: bytes, name: str, sentence: str
) -> None:
    page.goto(f"/recrutement/postuler/{open_offer().reference}/")
    fill_in(page, ANSWERS)
    attach(page, content, name)
    press(page, SEND)

    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(field(page, "Votre message")).to_have_value(ANSWERS["Votre message"])


def test_an_offer_closed_meanwhile_refuses_on_the_server(visitor: Page) -> None:
    offer = open_offer()
    visitor.goto(f"/recrutement/postuler/{offer.reference}/")
    fill_in(visitor, ANSWERS)
    attach(visitor)
    yesterday = timezone.localdate() - timedelta(days=1)
    JobOfferPage.objects.filter(pk=offer.pk).update(closing_date=yesterday)
    press(visitor, SEND)

    expect(visitor.get_by_role("main")).to_contain_text("Candidatures closes")
    assert not offer.applications.filter(email="ines@exemple.test").exists()
