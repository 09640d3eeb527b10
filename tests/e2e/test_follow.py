"""An employer follows a request by the link of the e-mail, with and without JavaScript."""

import re

from django.utils import timezone

from playwright.sync_api import Page, expect

from courrier.models import OutgoingMessage
from formation import links
from formation.enums import Availability, EnrolmentState
from formation.models import Enrolment
from formation.services.enrolment import enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from site_enys.states import PERSON
from tests.e2e.found import last_seat, session_now, sign_up_address
from tests.e2e.gestures import axe_finds, field, fill_in, press
from tests.factories.formation import individual

BUYER = {
    "Entreprise ou organisme": "Association Le Phare",
    "Votre nom": "Paul Girard",
    "Votre adresse électronique": "paul@le-phare.test",
}
FIRST = {
    "Prénom du ou de la stagiaire": "Awa",
    "Nom du ou de la stagiaire": "Diop",
    "Adresse électronique du ou de la stagiaire": "awa@le-phare.test",
}
SECOND = {
    "Prénom du ou de la stagiaire": "Luc",
    "Nom du ou de la stagiaire": "Morel",
    "Adresse électronique du ou de la stagiaire": "luc@le-phare.test",
}
COLLEAGUE = {
    "Prénom du ou de la collègue": "Inès",
    "Nom du ou de la collègue": "Faure",
    "Son adresse électronique": "ines@le-phare.test",
}


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def link_received(address: str) -> str:
    text = OutgoingMessage.objects.filter(to=address).order_by("-pk")[0].text
    return path_of(re.search(r"https?://\S+/suivi/lien/\S+", text)[0])


def test_two_people_are_enrolled_one_is_replaced_and_the_other_leaves(visitor: Page) -> None:
    session = session_now(Availability.OPEN)
    visitor.goto(sign_up_address(session))
    fill_in(visitor, BUYER | FIRST)
    press(visitor, "Ajouter une personne")
    second = visitor.get_by_role("group", name="Personne 2")
    for label, answer in SECOND.items():
        field(second, label).fill(answer)
    press(visitor, "Envoyer ma demande d’inscription")
    expect(visitor.get_by_text("2 places sont comptées")).to_be_visible()

    visitor.goto(link_received("paul@le-phare.test"))
    expect(visitor).to_have_url(re.compile(r"/formation/suivi/demande/[0-9a-f-]+/$"))
    expect(visitor.get_by_role("heading", name="Awa Diop")).to_be_visible()

    visitor.get_by_role("link", name="Remplacer par un ou une collègue (Luc Morel)").click()
    fill_in(visitor, COLLEAGUE)
    press(visitor, "Remplacer par un ou une collègue")
    expect(visitor.get_by_role("status")).to_contain_text("remplacement est enregistré")
    expect(visitor.get_by_role("heading", name="Inès Faure")).to_be_visible()

    visitor.get_by_role("link", name="Se désister (Awa Diop)").click()
    press(visitor, "Se désister")
    expect(visitor.get_by_role("status")).to_contain_text("désistement est enregistré")
    visitor.reload()
    states = dict(
        Enrolment.objects.filter(email__endswith="le-phare.test").values_list("email", "state")
    )
    assert states == {
        "awa@le-phare.test": EnrolmentState.WITHDRAWN,
        "luc@le-phare.test": EnrolmentState.SUBSTITUTED,
        "ines@le-phare.test": EnrolmentState.REQUESTED,
    }


def test_a_freed_seat_is_accepted_by_a_button_and_not_by_the_link(visitor: Page) -> None:
    session, now = last_seat(), timezone.now()
    seated = enrol(session, individual(1), now).enrolments.get()
    waits = enrol(session, individual(2), now).enrolments.get()
    ENROLMENT_LIFECYCLE.apply(seated, "withdraw", by=PERSON, now=now)

    visitor.goto(link_received("stagiaire2@exemple.test"))
    expect(visitor.get_by_text("Une place est gardée jusqu’au")).to_be_visible()
    waits.refresh_from_db()
    assert waits.state == EnrolmentState.OFFERED
    visitor.get_by_role("link", name="Accepter la place").click()
    press(visitor, "Accepter la place")

    expect(visitor.get_by_role("status")).to_contain_text("la place est acceptée")
    waits.refresh_from_db()
    assert waits.state == EnrolmentState.REQUESTED


def test_a_link_that_was_cut_offers_another_one(visitor: Page) -> None:
    enrolment = enrol(session_now(Availability.OPEN), individual(1), timezone.now())
    visitor.goto(path_of(links.request_url(enrolment))[:-6] + "/")

    expect(visitor.get_by_role("alert")).to_contain_text("Ce lien n’est plus valable")
    fill_in(
        visitor,
        {
            "Référence de la demande": enrolment.reference,
            "Votre adresse électronique": "stagiaire1@exemple.test",
        },
    )
    press(visitor, "Recevoir mon lien")

    expect(visitor.get_by_role("status")).to_contain_text("un courriel vient de partir")
    visitor.goto(link_received("stagiaire1@exemple.test"))
    expect(visitor.get_by_text("Demande reçue")).to_be_visible()


def test_axe_finds_nothing_on_the_pages_that_the_link_opens(page: Page) -> None:
    session, now = last_seat(), timezone.now()
    seated = enrol(session, individual(1), now).enrolments.get()
    waits = enrol(session, individual(2), now).enrolments.get()
    ENROLMENT_LIFECYCLE.apply(seated, "withdraw", by=PERSON, now=now)

    page.goto("/formation/suivi/")
    found = axe_finds(page)
    page.goto(path_of(links.enrolment_url(waits)))
    found += axe_finds(page)
    for act in ("Accepter la place", "Corriger les coordonnées"):
        page.get_by_role("link", name=act).click()
        found += axe_finds(page)
        page.go_back()
    page.goto(sign_up_address(session_now(Availability.OPEN)))
    press(page, "Ajouter cinq personnes")
    found += axe_finds(page)

    assert found == []
