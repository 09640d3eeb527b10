"""A convention is sent by the team, read and signed by its link, with and without JavaScript."""

import io
import re
from collections.abc import Callable

from django.utils import timezone

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from courrier.models import OutgoingMessage
from formation import links
from formation.enums import AgreementState, Availability, EnrolmentState
from formation.models import Enrolment
from formation.services import agreements
from site_enys.admin import admin_url
from site_enys.states import Actor, Role
from tests.e2e.found import session_now
from tests.e2e.gestures import axe_finds, fill_in, press
from tests.factories.formation import accepted, agreement_to_sign, group, individual, known_firm

SIGNATORY = "direction@deux-rives.test"
NAME = {"Votre prénom et votre nom": "Martine Aubert"}


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def link_received(address: str) -> str:
    mail = OutgoingMessage.objects.filter(to=address, kind="formation_agreement").latest("pk")
    return path_of(re.search(r"https?://\S+/convention/lien/\S+", mail.text)[0])


def code_received(address: str) -> str:
    mail = OutgoingMessage.objects.filter(to=address, kind="formation_agreement_code").latest("pk")
    return re.search(r"^\d{3}\xa0\d{3}$", mail.text, re.MULTILINE)[0]


def accept(page: Page) -> None:
    page.get_by_label(re.compile("J’ai lu et j’accepte")).check()
    fill_in(page, NAME)
    press(page, "Recevoir le code")


def states() -> set[str]:
    people = Enrolment.objects.filter(email__startswith="stagiaire", email__endswith="exemple.test")
    return set(people.values_list("state", flat=True))


def test_the_team_sends_and_the_employer_reads_then_signs(
    visitor: Page, sign_in: Callable[[str], Page]
) -> None:
    known_firm()
    demand = accepted(group(1, 2), timezone.now(), session_now(Availability.OPEN))
    desk = sign_in("formation")
    desk.goto(admin_url(type(demand), "inspect", demand.pk))
    desk.get_by_role("link", name="Préparer et envoyer à signer").click()
    desk.get_by_role("button", name="Lire d’abord les courriels").click()
    expect(desk.get_by_role("heading", name="Un courriel partira")).to_be_visible()
    desk.get_by_role("button", name="Envoyer à signer").click()
    expect(desk.get_by_text(re.compile("à signer, envoyé à Martine Aubert"))).to_be_visible()

    visitor.goto(link_received(SIGNATORY))
    expect(visitor).to_have_url(re.compile(r"/formation/convention/[0-9a-f-]+/$"))
    expect(visitor.get_by_text("Aïcha Moreau 1, Aïcha Moreau 2")).to_be_visible()
    file = visitor.get_by_role("link", name=re.compile("Lire le document")).get_attribute("href")
    pdf = visitor.request.get(file)
    assert "Convention de formation" in PdfReader(io.BytesIO(pdf.body())).pages[0].extract_text()

    press(visitor, "Recevoir le code")
    expect(visitor.get_by_text("Cochez la case").first).to_be_visible()
    accept(visitor)
    fill_in(visitor, {"Code reçu par courriel": "12"})
    press(visitor, "Signer")
    expect(visitor.get_by_text("Écrivez les six chiffres").first).to_be_visible()
    fill_in(visitor, {"Code reçu par courriel": code_received(SIGNATORY)})
    press(visitor, "Signer")

    expect(visitor.get_by_role("status")).to_contain_text("La convention est signée.")
    visitor.reload()
    assert states() == {EnrolmentState.CONFIRMED}
    visitor.goto(path_of(links.request_url(demand)))
    expect(visitor.get_by_role("link", name="Lire l’exemplaire signé (PDF)")).to_be_visible()
    desk.reload()
    expect(desk.get_by_text("L’exemplaire signé (PDF)")).to_be_visible()


def test_a_person_alone_signs_and_may_still_withdraw(visitor: Page) -> None:
    contract = agreement_to_sign(individual(1), timezone.now(), session_now(Availability.OPEN))

    visitor.goto(link_received("stagiaire1@exemple.test"))
    expect(visitor.get_by_text("Rien n’est à payer avant.")).to_be_visible()
    accept(visitor)
    fill_in(visitor, {"Code reçu par courriel": code_received("stagiaire1@exemple.test")})
    press(visitor, "Signer")

    expect(visitor.get_by_role("status")).to_contain_text("Votre contrat est signé.")
    visitor.goto(path_of(links.request_url(contract.request)))
    visitor.get_by_role("link", name=re.compile("Se rétracter du contrat")).click()
    press(visitor, "Se rétracter du contrat")
    expect(visitor.get_by_role("status")).to_contain_text("vous ne devez rien")
    assert states() == {EnrolmentState.RETRACTED}
    contract.refresh_from_db()
    assert contract.state == AgreementState.REVOKED


def test_a_link_that_was_replaced_shows_the_neutral_page(visitor: Page) -> None:
    former = agreement_to_sign(group(1), timezone.now(), session_now(Availability.OPEN))
    url = link_received(SIGNATORY)
    agreements.send(former.request, known_firm(), by=Actor(Role.STAFF), now=timezone.now())

    visitor.goto(url)

    expect(visitor.get_by_role("alert")).to_contain_text("Ce lien n’est plus valable")
    assert former.request.agreements.filter(state=AgreementState.SENT).count() == 1


def test_axe_finds_nothing_on_the_pages_of_the_signature(page: Page) -> None:
    agreement_to_sign(group(1, 2), timezone.now(), session_now(Availability.OPEN))

    page.goto(link_received(SIGNATORY))
    found = axe_finds(page)
    press(page, "Recevoir le code")
    found += axe_finds(page)
    accept(page)
    found += axe_finds(page)
    fill_in(page, {"Code reçu par courriel": code_received(SIGNATORY)})
    press(page, "Signer")
    expect(page.get_by_role("status")).to_contain_text("signée")
    found += axe_finds(page)

    assert found == []
