"""axe finds nothing on any kind of page and in any state, small and large, light and dark."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from formation.enums import Availability
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.found import open_offer, session_now, sign_up_address, silent_post, space_of
from tests.e2e.gestures import axe_finds, press

CONTACT = "/infos-administratives/contact/"

PAGES: dict[str, Callable[[], str]] = {
    "l’accueil": lambda: "/",
    "une page de présentation": lambda: "/a-propos/",
    "une rubrique": lambda: "/infos-administratives/",
    "les références": lambda: "/references/",
    "les mentions légales": lambda: "/infos-administratives/mentions-legales/",
    "les données personnelles": lambda: "/infos-administratives/confidentialite/",
    "l’accessibilité": lambda: "/infos-administratives/accessibilite/",
    "le contact": lambda: CONTACT,
    "le catalogue": lambda: "/formation/",
    "une formation": lambda: session_now(Availability.OPEN).course.url,
    "une inscription": lambda: sign_up_address(session_now(Availability.OPEN)),
    "une liste d’attente": lambda: sign_up_address(session_now(Availability.FULL_WAITLIST)),
    "les inscriptions closes": lambda: sign_up_address(session_now(Availability.CLOSED)),
    "une demande sur mesure": lambda: "/formation/sur-mesure/",
    "une réclamation": lambda: "/formation/reclamation/",
    "une vérification": lambda: "/formation/verification/?code=INCONNU",
    "les offres": lambda: "/recrutement/",
    "une offre": lambda: open_offer().url,
    "une candidature": lambda: f"/recrutement/postuler/{open_offer().reference}/",
    "l’espace d’une candidature": lambda: space_of("interview"),
    "un lien perdu": lambda: "/recrutement/suivi/",
    "le blog": lambda: "/blog/",
    "un article": lambda: silent_post().url,
    "une réponse": lambda: silent_post().answer_url,
    "une recherche": lambda: "/recherche/?q=formation",
    "une recherche vaine": lambda: "/recherche/?q=hippopotame",
    "une page absente": lambda: "/page-d-autrefois/",
}
CONTRAST_ONLY = {"runOnly": ["color-contrast"]}


def check(page: Page, *screens: dict[str, int]) -> None:
    """Everything once per screen, then the contrasts again in the other colours."""
    for screen in screens:
        page.set_viewport_size(screen)
        for colours, options in (("light", {}), ("dark", CONTRAST_ONLY)):
            # Otherwise the colours slide from one scheme to the other while axe looks.
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            assert axe_finds(page, **options) == [], f"{screen}, {colours}"


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on(name: str, page: Page) -> None:
    page.goto(PAGES[name]())
    page.keyboard.press("Escape")

    check(page, DESKTOP, PHONE)


@pytest.mark.parametrize(
    ("name", "button"),
    [
        ("le contact", "Envoyer le message"),
        ("une inscription", "Envoyer ma demande d’inscription"),
        ("une candidature", "Envoyer ma candidature"),
        ("une réponse", "Envoyer le commentaire"),
    ],
)
def test_axe_finds_nothing_on_errors_of(name: str, button: str, page: Page) -> None:
    page.goto(PAGES[name]())
    press(page, button)
    page.get_by_role("alert").wait_for()

    check(page, DESKTOP, PHONE)


def test_axe_finds_nothing_on_the_page_that_opens_over_the_home(page: Page) -> None:
    page.goto("/")
    page.get_by_role("region", name=re.compile("ingénieur social")).wait_for()

    check(page, DESKTOP, PHONE)


@pytest.mark.parametrize("act", ["Entrer dans le vivier", "Effacer mes données"])
def test_axe_finds_nothing_on_what_a_candidate_does(act: str, page: Page) -> None:
    page.goto(space_of("interview"))
    page.get_by_role("link", name=act).click()
    page.get_by_role("button", name=act).wait_for()

    check(page, DESKTOP, PHONE)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["bureau", "téléphone"])
def test_axe_finds_nothing_on_the_open_menu(screen: dict[str, int], page: Page) -> None:
    page.set_viewport_size(screen)
    page.goto("/conseil/")
    if screen is PHONE:
        press(page, "Menu")
    page.get_by_role("navigation", name="Menu principal").get_by_text("Infos").first.click()

    check(page, screen)


@pytest.mark.parametrize(
    ("address", "button"),
    [
        ("/formation/sur-mesure/", "Envoyer ma demande"),
        ("/formation/reclamation/", "Envoyer ma réclamation"),
        ("/formation/suivi/", "Recevoir mon lien"),
        ("/mes-donnees/", "Recevoir mon lien"),
    ],
)
def test_axe_finds_nothing_on_the_errors_of_the_other_forms(
    address: str, button: str, page: Page
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    press(page, button)
    page.get_by_role("alert").wait_for()

    assert axe_finds(page) == []


def test_axe_finds_nothing_at_the_door_of_the_admin(page: Page) -> None:
    found = []
    page.goto("/admin/login/")
    found += axe_finds(page)
    page.get_by_role("button", name="S’identifier", exact=True).click()
    found += axe_finds(page)
    page.goto("/admin/password_reset/")
    found += axe_finds(page)

    assert found == []


def test_axe_finds_nothing_where_a_second_factor_is_set(
    sign_in: Callable[[str], Page],
) -> None:
    page = sign_in("redaction")
    page.goto("/admin/compte/")
    found = axe_finds(page)
    page.get_by_role("link", name="Régler une application").click()
    found += axe_finds(page)

    assert found == []
