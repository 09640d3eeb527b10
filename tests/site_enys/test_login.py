"""The sign-in of the team: guessing is stopped, and a forgotten password is no error."""

import re

from django.core import mail
from django.test import RequestFactory

import pytest
from axes.models import AccessAttempt

from courrier.models import OutgoingMessage
from site_enys.clients import client_address
from site_enys.sign_in import limits
from tests.factories.people import UserFactory

LOGIN = "/admin/login/"
PASSWORD = "mot-de-passe-de-test"

pytestmark = pytest.mark.django_db


def attempt(client, user, password, **meta):
    return client.post(LOGIN, {"username": user.username, "password": password}, **meta)


def test_the_sign_in_screen_is_in_french_and_names_the_house(client):
    html = client.get(LOGIN).content.decode()

    words = " ".join(re.sub(r"<(style|svg).*?</\1>|<[^>]+>", " ", html, flags=re.S).split())
    assert "S’identifier - ENYS Conseil" in words
    assert "Nom d’utilisateur" in words
    assert "Mot de passe" in words
    assert "Password" not in words


def test_guessing_is_stopped_even_with_the_right_password_in_the_end(client, settings):
    user = UserFactory(role="redaction")
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert attempt(client, user, "faux").status_code == 200

    last = attempt(client, user, "faux")

    assert last.status_code == 429
    assert "patience" in last.content.decode()
    assert attempt(client, user, PASSWORD).status_code == 429
    # Somebody else, and the same person elsewhere, are not locked out by that.
    assert attempt(client, UserFactory(role="redaction"), PASSWORD).status_code == 302
    assert attempt(client, user, PASSWORD, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_behind_a_proxy_the_address_is_the_visitors(client, settings):
    settings.PROXY_COUNT = 1
    user = UserFactory()

    attempt(client, user, "faux", HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.5")

    assert AccessAttempt.objects.get().ip_address == "203.0.113.5"


def test_no_password_is_kept(client):
    attempt(client, UserFactory(), "secret-de-quelqu-un")

    assert "secret-de-quelqu-un" not in str(AccessAttempt.objects.values().get())


def test_the_cookie_of_the_session_is_out_of_reach_of_scripts(client):
    response = attempt(client, UserFactory(role="redaction"), PASSWORD)

    cookie = response.cookies["sessionid"]
    # Without « Se souvenir de moi » it ends with the browser.
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_the_sign_in_does_not_lead_elsewhere(client):
    user = UserFactory(role="redaction")

    response = client.post(
        LOGIN,
        {"username": user.username, "password": PASSWORD, "next": "https://mal.example/"},
    )

    assert response.url == "/admin/"


# -- Forgotten password -------------------------------------------------------------------------


@pytest.fixture
def forget(client, settings):
    """What happens when somebody asks for a new password, with the mail settings of the site."""
    settings.EMAIL_BACKEND = "courrier.backends.OutboxBackend"

    def forget(address):
        return client.post("/admin/password_reset/", {"email": address}, follow=True)

    return forget


def test_without_mail_server_a_forgotten_password_is_no_error(forget, client):
    user = UserFactory(role="redaction")

    response = forget(user.email)

    assert response.status_code == 200
    message = OutgoingMessage.objects.get()
    assert (message.kind, message.to, message.state) == ("compte", user.email, "queued")
    assert mail.outbox == []
    [link] = re.findall(r"/admin/password_reset/confirm/\S+", message.text)
    assert client.get(link, follow=True).status_code == 200


def test_nobody_learns_who_has_an_account(forget):
    known, unknown = forget(UserFactory(role="redaction").email), forget("inconnu@enys.test")

    assert known.redirect_chain == unknown.redirect_chain
    assert OutgoingMessage.objects.count() == 1


def test_the_form_works_as_much_for_an_address_that_nobody_has(forget, count_queries):
    user = UserFactory(role="redaction")
    forget("premier@enys.test")

    known = count_queries(lambda: forget(user.email))

    assert count_queries(lambda: forget("inconnu@enys.test")) in range(known - 1, known + 2)


def test_a_mailbox_is_not_filled_by_our_form(forget):
    user = UserFactory(role="redaction")

    answers = {forget(user.email).status_code for _ in range(limits.RESETS_PER_ADDRESS + 2)}

    assert answers == {200}
    assert OutgoingMessage.objects.count() == limits.RESETS_PER_ADDRESS


def test_asking_again_and_again_from_one_place_is_stopped(forget, monkeypatch):
    monkeypatch.setattr(limits, "RESETS_PER_NETWORK", 2)

    assert [forget(f"{i}@enys.test").status_code for i in range(3)] == [200, 200, 429]


def test_the_link_never_follows_the_name_of_the_request(forget, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    user = UserFactory(role="redaction")

    client.post("/admin/password_reset/", {"email": user.email}, headers={"host": "mal.example"})

    assert "mal.example" not in OutgoingMessage.objects.get(to=user.email).text


def test_trying_many_accounts_from_one_place_is_stopped(client, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_SIGN_INS_PER_HOUR", 3)
    for _ in range(3):
        assert attempt(client, UserFactory(), "faux").status_code == 200

    assert attempt(client, UserFactory(role="redaction"), PASSWORD).status_code == 429


# -- The address of a visitor -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.5", "192.0.2.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "1.1.1.1, 203.0.113.5", "203.0.113.5"),
        (2, "203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (2, "203.0.113.5", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "1.1.1.1, ", "192.0.2.1"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxy_wrote(settings, proxies, forwarded, address):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded}
    )

    assert client_address(request) == address
