"""An application from the keyboard of the person to the last line that remains of her."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from playwright.sync_api import Page, expect

from courrier.models import OutgoingMessage
from recrutement.enums import CoverLetter
from recrutement.models import AnonymizedApplication, Application, JobOfferPage, OfferOverride
from tests.e2e.gestures import NOT_ALLOWED, field, press, tab_to
from tests.e2e.test_candidate import ANSWERS, CV, SEND, apply, open_application

EMAIL = ANSWERS["Adresse électronique"]


def an_offer_read_openly() -> JobOfferPage:
    offers = JobOfferPage.objects.live().open(timezone.now()).filter(blind_review=False)
    return offers.exclude(cover_letter=CoverLetter.NONE).exclude(questions=None).get()


def a_blind_offer() -> JobOfferPage:
    return JobOfferPage.objects.live().get(blind_review=True)


def follow_the_last_mail(page: Page, kind: str) -> None:
    """As the person does: the link of her own space, in the last message of this kind."""
    mail = OutgoingMessage.objects.filter(kind=kind, to=EMAIL).latest("pk")
    link = re.search(r"https?://[^/\s]+(/recrutement/suivi/lien/\S+)", mail.text)
    assert link is not None
    page.goto(link[1])


def act(page: Page, label: str) -> None:
    page.get_by_role("main").get_by_role("link", name=label).click()


def test_an_application_is_sent_with_the_keyboard_alone(page_without_javascript: Page) -> None:
    page = page_without_javascript
    offer = an_offer_read_openly()
    page.goto("/recrutement/")
    tab_to(page, offer.title)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(offer.title)
    tab_to(page, "Postuler à cette offre")
    page.keyboard.press("Enter")
    expect(field(page, "Prénom")).to_be_visible()

    field(page, "Prénom").focus()
    for answer in ("Inès", "Garnier", EMAIL, ""):
        page.keyboard.type(answer)
        page.keyboard.press("Tab")
    # Which file is chosen in a window of the machine, out of the page.
    field(page, "CV").set_input_files(
        files=[{"name": "CV.pdf", "mimeType": "application/pdf", "buffer": CV}]
    )
    page.keyboard.press("Tab")
    page.keyboard.type(ANSWERS["Votre message"])
    tab_to(page, SEND)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Votre candidature est arrivée")
    application = Application.objects.get(email=EMAIL, offer=offer)
    assert application.message == ANSWERS["Votre message"]


def test_from_the_application_to_the_interview_then_the_pool_then_nothing(
    visitor: Page, sign_in: Callable[[str], Page]
) -> None:
    offer = an_offer_read_openly()
    reference = apply(visitor, offer)
    recruiter = sign_in("recrutement")
    open_application(recruiter, reference)
    add_a_note_and_marks(recruiter)
    invite(recruiter)

    follow_the_last_mail(visitor, "recrutement_entretien")
    expect(visitor.get_by_role("heading", name="Votre entretien")).to_be_visible()
    with visitor.expect_download() as download:
        act(visitor, "Mettre dans mon agenda")
    assert b"METHOD:REQUEST" in Path(download.value.path()).read_bytes()
    act(visitor, "Demander un aménagement")
    field(visitor, "Ce qui vous aiderait à venir").fill("Une place pour un fauteuil.")
    visitor.get_by_role("main").get_by_role("button").click()
    expect(visitor.get_by_text("Une place pour un fauteuil.")).to_be_visible()
    recruiter.reload()
    expect(recruiter.get_by_text("Une place pour un fauteuil.")).to_be_visible()

    refuse(recruiter)
    follow_the_last_mail(visitor, "recrutement_refus")
    expect(visitor.get_by_text("Non retenue")).to_be_visible()
    act(visitor, "Entrer dans le vivier")
    field(visitor, "Ce que vous savez faire").fill("Évaluation de services d’aide à domicile")
    visitor.get_by_label(re.compile("J’accepte")).check()
    visitor.get_by_role("main").get_by_role("button").click()
    expect(visitor.get_by_text("vous êtes dans notre vivier")).to_be_visible()
    recruiter.goto("/admin/snippets/recrutement/poolconsent/?q=evaluations+domiciles")
    expect(recruiter.get_by_role("main")).to_contain_text(reference)

    act(visitor, "Effacer mes données")
    visitor.get_by_label(re.compile("J’ai compris")).check()
    visitor.get_by_role("main").get_by_role("button").click()
    expect(visitor.get_by_role("main")).to_contain_text("effacé")
    assert not Application.objects.filter(reference=reference).exists()
    assert AnonymizedApplication.objects.filter(offer_reference=offer.reference).count() == 1
    recruiter.goto(f"/admin/snippets/recrutement/application/?q={reference}")
    expect(recruiter.get_by_role("main")).not_to_contain_text("Inès")


def add_a_note_and_marks(page: Page) -> None:
    page.get_by_label("Ajouter une note").fill("Très claire au téléphone.")
    press(page, "Ajouter la note")
    expect(page.locator(".dossier__note")).to_contain_text("Très claire au téléphone.")
    page.get_by_text("Donner mon évaluation").click()
    for criterion in page.locator(".dossier__criterion").all():
        criterion.get_by_label("3, bon").check()
    press(page, "Enregistrer mon évaluation")
    expect(page.locator(".dossier__marks")).to_contain_text("3,0 / 4")


def invite(page: Page) -> None:
    page.get_by_role("link", name="Inviter à un entretien").click()
    day = timezone.localdate() + timedelta(days=4)
    page.get_by_label("Sur place").check()
    page.get_by_label("Début").fill(f"{day:%d/%m/%Y} 10:30")
    page.keyboard.press("Escape")  # the calendar of the field
    page.get_by_label("Lieu, lien ou numéro").fill("1 rue de l’Exemple, Lyon")
    press(page, "Lire d’abord les courriels")
    expect(page.get_by_role("main")).to_contain_text("1 rue de l’Exemple, Lyon")
    press(page, "Envoyer l’invitation")
    expect(page.get_by_role("heading", name="Entretiens à venir")).to_be_visible()


def refuse(page: Page) -> None:
    page.get_by_role("link", name="Ne pas retenir").click()
    page.get_by_label("Une autre candidature correspond davantage").check()
    press(page, "Relire ce qui partira")
    expect(page.get_by_role("main")).to_contain_text("Une autre candidature répondait davantage")
    press(page, "Envoyer ce refus")
    expect(page.get_by_role("main")).to_contain_text("Non retenue")


def test_a_reviewer_reads_blindly_and_only_what_was_given_to_her(
    page: Page, sign_in: Callable[[str], Page]
) -> None:
    elsewhere = Application.objects.exclude(offer__reviewers__username="evaluation").first()
    assert elsewhere is not None
    reference = apply(page, a_blind_offer())
    reviewer = sign_in("evaluation")
    reviewer.goto("/admin/recrutement/tableau/")
    expect(reviewer.get_by_role("main")).to_contain_text("Candidature à l’aveugle")
    expect(reviewer.get_by_role("main")).not_to_contain_text("Inès")

    reviewer.goto(f"/admin/snippets/recrutement/application/inspect/{elsewhere.pk}/")
    expect(reviewer.get_by_text(NOT_ALLOWED)).to_be_visible()
    open_application(reviewer, reference)
    expect(reviewer.get_by_role("main")).not_to_contain_text("Inès")
    reviewer.get_by_role("link", name="Voir l’identité et les pièces").click()
    reviewer.get_by_label(re.compile("Motif")).fill("Je la reçois mardi.")
    press(reviewer, "Voir l’identité")
    expect(reviewer.get_by_role("main")).to_contain_text("Inès Garnier")
    with reviewer.expect_download() as download:
        reviewer.get_by_role("link", name="CV", exact=True).click()
    assert Path(download.value.path()).read_bytes() == CV


def test_an_offer_is_closed_and_everybody_who_waited_hears_of_it(
    page: Page, sign_in: Callable[[str], Page]
) -> None:
    offer = an_offer_read_openly()
    apply(page, offer)
    waiting = Application.objects.ongoing().filter(offer=offer).count()
    recruiter = sign_in("recrutement")
    recruiter.goto("/admin/offres/")
    row = recruiter.get_by_role("row").filter(has_text=offer.reference)
    row.get_by_role("link", name=re.compile("^Clore")).click()
    recruiter.get_by_label("Pourvue").check()
    press(recruiter, "Relire ce qui partira")
    expect(recruiter.get_by_role("heading", name="partir")).to_be_visible()
    press(recruiter, "Clore et prévenir tout le monde")

    told = OutgoingMessage.objects.filter(kind="recrutement_sans_suite")
    expect(recruiter.get_by_role("main")).to_be_visible()
    assert told.count() == waiting
    page.goto(offer.url)
    expect(page.get_by_role("main")).to_contain_text("Ce poste est pourvu.")
    expect(page.get_by_role("link", name="Postuler")).to_have_count(0)


def test_a_warning_of_the_law_is_read_then_set_aside_with_a_reason(
    sign_in: Callable[[str], Page],
) -> None:
    offer = an_offer_read_openly()
    recruiter = sign_in("recrutement")
    recruiter.goto(f"/admin/pages/{offer.pk}/edit/")
    recruiter.get_by_role("textbox", name="En deux phrases").fill(
        "Rejoignez une équipe jeune et dynamique."
    )
    expect(recruiter.get_by_text("L1132-1").first).to_be_visible()
    publish(recruiter)
    expect(recruiter.get_by_role("main")).to_contain_text("erreurs de validation")

    recruiter.get_by_role("textbox", name="Pourquoi publier").fill("Citation du site.")
    publish(recruiter)
    expect(recruiter.get_by_text("publié")).not_to_have_count(0)
    override = OfferOverride.objects.get(offer=offer)
    assert override.reason == "Citation du site."
    assert "jeune" in override.excerpt


def publish(page: Page) -> None:
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier").click()
