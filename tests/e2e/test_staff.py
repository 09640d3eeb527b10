"""Each role of the team finds its own desk, and only that one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from site_enys.checks import DEMO_PASSWORD
from tests.e2e.gestures import NOT_ALLOWED

TRAINING = [
    "Sessions",
    "Maintien des sessions",
    "Inscriptions",
    "Demandes",
    "Conventions et contrats",
    "Sur mesure",
    "Documents délivrés",
    "Thèmes",
    "Formateurs",
    "Lieux",
]
QUALITY = [
    "Résultats",
    "Évaluations",
    "Réclamations",
    "Actions d’amélioration",
    "Salle d’audit",
    "Bilan pédagogique et financier",
    "Chiffres",
]
RECRUITMENT = ["Candidatures", "Tableau", "Offres", "Vivier"]
BLOG = ["Commentaires", "Auteurs", "Catégories", "Étiquettes"]
PRIVACY = ["Demandes", "Textes montrés", "Une personne", "Conservation", "Registre des traitements"]
SEARCH = ["Mis en avant", "Sans résultat"]
# The sub-menu of each entry; the pages, whose sub-menu is the tree, and plain entries have none.
MENUS: dict[str, dict[str, list[str]]] = {
    "direction": {
        "Pages": [],
        "Formation": TRAINING,
        "Qualité": QUALITY,
        "Recrutement": [*RECRUITMENT, "Conservation"],
        "Blog": BLOG,
        "Recherche": SEARCH,
        "Messages": [],
        "À rafraîchir": [],
        "Pages légales": [],
        "Courriels": [],
        "Vie privée": PRIVACY,
        "Images": [],
        "Documents": [],
        "Aide": [],
        "Paramètres": [
            "Circuits de relecture",
            "Étapes de relecture",
            "Utilisateurs",
            "État du site",
            "Comptes et connexions",
            "Collections",
            "Redirections",
            "Charte",
            "Protection des formulaires",
            "Connexion de l’équipe",
            "Déclaration d’accessibilité",
            "Identité du cabinet",
            "Conditions de vente des formations",
            "Réglages du recrutement",
            "Journal des connexions",
            "Pièces consultées",
            "Tâches programmées",
        ],
    },
    "redaction": {
        "Pages": [],
        "Blog": BLOG,
        "Recherche": SEARCH,
        "Messages": [],
        "À rafraîchir": [],
        "Pages légales": [],
        "Images": [],
        "Documents": [],
        "Aide": [],
        "Paramètres": [
            "Redirections",
            "Charte",
            "Déclaration d’accessibilité",
            "Identité du cabinet",
        ],
    },
    "formation": {
        "Pages": [],
        "Formation": TRAINING,
        "Qualité": QUALITY,
        "À rafraîchir": [],
        "Images": [],
        "Documents": [],
        "Aide": [],
        "Paramètres": ["Conditions de vente des formations"],
    },
    "recrutement": {
        "Pages": [],
        "Recrutement": RECRUITMENT,
        "À rafraîchir": [],
        "Images": [],
        "Documents": [],
        "Aide": [],
    },
    "evaluation": {"Recrutement": ["Candidatures", "Tableau"], "Aide": []},
}


def menu_of(page: Page) -> dict[str, list[str]]:
    """The entries of the main menu with those of their sub-menus, in the order of the screen."""
    entries = page.locator(".sidebar-main-menu > ul > li")
    expect(entries.first).to_be_visible()
    found = {}
    for entry in entries.all():
        title, *children = entry.locator(".menuitem-label").all_text_contents()
        found[title] = children
    return found


@pytest.mark.parametrize("role", MENUS)
def test_each_role_sees_its_own_menus_and_no_other(
    role: str, sign_in: Callable[[str], Page]
) -> None:
    page = sign_in(role)
    page.goto("/admin/")

    # As a list: two dictionaries in another order are equal.
    assert list(menu_of(page).items()) == list(MENUS[role].items())


def test_a_wrong_password_is_said_and_the_right_one_opens_the_desk(page: Page) -> None:
    page.goto("/admin/")
    page.locator("[name=username]").fill("formation")
    page.locator("[name=password]").fill("pas-le-bon")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Veuillez essayer de nouveau")).to_be_visible()

    page.locator("[name=username]").fill("formation")
    page.locator("[name=password]").fill(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("Tableau de bord"))
    expect(page.get_by_role("heading", name="Aujourd’hui")).to_be_visible()


@pytest.mark.parametrize("role", MENUS)
def test_each_line_of_the_desk_opens_the_screen_that_deals_with_it(
    role: str, sign_in: Callable[[str], Page]
) -> None:
    page = sign_in(role)
    page.goto("/admin/")
    desk = page.locator(".today")
    lines = [link.get_attribute("href") for link in desk.last.get_by_role("link").all()]
    for line in lines:
        page.goto(line)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text(NOT_ALLOWED)).to_have_count(0)
