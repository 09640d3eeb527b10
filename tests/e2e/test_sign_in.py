"""The second factor as its owner lives it: an application, a mistake too many, a passkey."""

from collections.abc import Callable

import pytest
from axes.models import AccessAttempt
from playwright.sync_api import Page, expect

from site_enys.checks import DEMO_PASSWORD
from tests.e2e.gestures import press, scrolls_sideways
from tests.site_enys.signing_in import code_of

TOO_MANY = 8


def give_password(page: Page) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Nom d’utilisateur").fill("redaction")
    page.get_by_label("Mot de passe").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="S’identifier", exact=True).click()


def give_code(page: Page, code: str, button: str = "Continuer") -> None:
    page.get_by_label("Code").fill(code)
    press(page, button)


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def set_up_application(page: Page) -> tuple[str, list[str]]:
    """Return the secret and the recovery codes."""
    give_password(page)
    page.goto("/admin/compte/")
    page.get_by_role("link", name="Régler une application").click()
    page.get_by_label("Votre mot de passe").fill(DEMO_PASSWORD)
    press(page, "Confirmer")
    secret = page.locator(".door__key").inner_text()
    expect(page.get_by_alt_text("Code QR")).to_be_visible()
    give_code(page, code_of(secret), "Terminer")
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    return secret, page.locator(".door__codes code").all_inner_texts()


def at_the_desk(page: Page) -> None:
    expect(page.get_by_role("heading", name="Aujourd’hui")).to_be_visible()


def test_an_application_then_too_many_mistakes_then_a_recovery_code(visitor: Page) -> None:
    secret, recovery = set_up_application(visitor)
    sign_out(visitor)
    give_password(visitor)
    give_code(visitor, code_of(secret))
    expect(visitor).to_have_url("/admin/")

    sign_out(visitor)
    give_password(visitor)
    for _ in range(TOO_MANY - 1):
        give_code(visitor, "000000")
        expect(visitor.get_by_text("Ce code n’est pas le bon")).to_be_visible()
    give_code(visitor, "000000")
    expect(visitor.get_by_role("heading", name="Un peu de patience")).to_be_visible()

    AccessAttempt.objects.all().delete()  # half an hour later
    visitor.goto("/admin/compte/code/")
    give_code(visitor, recovery[0])
    expect(visitor).to_have_url("/admin/")


@pytest.fixture
def authenticator(page: Page) -> Callable[[], None]:
    """A telephone that recognises its owner; calling it takes it away."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    key = {"authenticatorId": added["authenticatorId"]}
    return lambda: session.send("WebAuthn.setUserVerified", key | {"isUserVerified": False})


def test_a_passkey_is_the_whole_sign_in(page: Page, authenticator: Callable[[], None]) -> None:
    give_password(page)
    page.goto("/admin/account/")
    page.get_by_role("link", name="Second facteur").click()
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.get_by_label("Votre mot de passe").fill(DEMO_PASSWORD)
    press(page, "Confirmer")
    page.get_by_label("Son nom, pour la reconnaître").fill("Mon téléphone")
    press(page, "Créer la clé d’accès")
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    page.get_by_role("link", name="C’est noté").click()
    expect(page.get_by_text("Mon téléphone, depuis le")).to_be_visible()

    sign_out(page)
    page.goto("/admin/login/")
    press(page, "S’identifier avec une clé d’accès")
    at_the_desk(page)

    # After the password, it is the second factor.
    sign_out(page)
    give_password(page)
    press(page, "Utiliser une clé d’accès")
    at_the_desk(page)

    # It confirms, and is taken away.
    page.goto("/admin/compte/")
    page.get_by_role("link", name="Retirer Mon téléphone").click()
    page.get_by_role("link", name="Plutôt avec une clé d’accès").click()
    press(page, "Utiliser une clé d’accès")
    press(page, "Retirer cette clé")
    expect(page.get_by_text("La clé d’accès est retirée.")).to_be_visible()


def test_a_passkey_that_does_not_answer_leaves_the_password(
    page: Page, authenticator: Callable[[], None]
) -> None:
    authenticator()
    page.goto("/admin/login/")

    press(page, "S’identifier avec une clé d’accès")

    expect(page.get_by_text("La clé d’accès n’a pas répondu")).to_be_visible()
    give_password(page)
    at_the_desk(page)


@pytest.mark.parametrize("width", [320, 390])
def test_the_screens_of_the_door_hold_on_a_telephone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    set_up_application(page)

    assert not scrolls_sideways(page)
    for path in ("", "sessions/", "mot-de-passe/", "confirmer/code/", "secours/"):
        page.goto(f"/admin/compte/{path}")
        assert not scrolls_sideways(page), path
