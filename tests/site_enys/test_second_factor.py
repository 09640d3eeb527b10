"""After the password, a code: once, counted when wrong, and by no other way around."""

import json

from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from courrier.models import OutgoingMessage
from site_enys.exceptions import Refused
from site_enys.models import RateWindow
from site_enys.sign_in import accounts, encryption, limits
from tests.factories.people import UserFactory
from tests.harness.client import SiteClient
from tests.site_enys.signing_in import (
    CODE,
    LOGIN,
    PASSWORD,
    SECURITY,
    attempt,
    code_of,
    come_in,
    give_application,
    recovery_codes_of,
    secret_of,
    signed_in,
)

LONGER = "une-phrase-bien-longue"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "courrier.backends.OutboxBackend"


@pytest.fixture
def user():
    return UserFactory(role="redaction")


def told(user):
    mails = OutgoingMessage.objects.filter(
        to=user.email, subject__icontains="votre compte a changé"
    )
    return [mail.text.split("\n")[2] for mail in mails.order_by("pk")]


# -- Coming in -----------------------------------------------------------------------------------


def test_the_password_alone_opens_nothing(client, user):
    give_application(user)

    response = attempt(client, user)

    assert response.url == CODE
    assert signed_in(client) is None
    assert client.get("/admin/").url.startswith(LOGIN)


def test_the_code_opens(client, user):
    secret = give_application(user)
    attempt(client, user)

    response = client.post(CODE, {"code": code_of(secret)})

    assert response.url == "/admin/"
    assert signed_in(client) == str(user.pk)


def test_one_comes_back_to_the_page_that_was_asked_for(client, user):
    secret = give_application(user)
    attempt(client, user, data={"next": "/admin/pages/"})

    assert client.post(CODE, {"code": code_of(secret)}).url == "/admin/pages/"


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(client, user, steps):
    secret = give_application(user)
    attempt(client, user)

    assert client.post(CODE, {"code": code_of(secret, steps=steps)}).status_code == 302


@pytest.mark.parametrize("steps", [-3, 3])
def test_an_old_code_is_wrong(client, user, steps):
    secret = give_application(user)
    attempt(client, user)

    response = client.post(CODE, {"code": code_of(secret, steps=steps)})

    assert "n’est pas le bon" in response.content.decode()
    assert signed_in(client) is None


def test_a_code_opens_once_on_whatever_process(client, user):
    from django.core.cache import cache  # noqa: PLC0415 - what another process has of its own

    secret, other = give_application(user), SiteClient()
    code = code_of(secret)
    attempt(client, user)
    attempt(other, user)
    client.post(CODE, {"code": code})
    cache.clear()

    response = other.post(CODE, {"code": code})

    assert response.status_code == 200
    assert signed_in(other) is None


def test_a_recovery_code_opens_once_and_the_owner_is_told(client, user):
    give_application(user)
    code, *others = recovery_codes_of(user)
    attempt(client, user)

    response = client.post(CODE, {"code": code})

    assert response.url == "/admin/"
    assert told(user) == ["Un code de secours de votre compte vient de servir. Il vous en reste 9."]
    again = SiteClient()
    attempt(again, user)
    assert again.post(CODE, {"code": code}).status_code == 200
    assert recovery_codes_of(user) == others


@pytest.mark.parametrize(
    "code", ["", " ", "000000", "a" * 5000, "１２３４５６", "' OR 1=1", "12\x0034", "é" * 6, "²³"]
)
def test_what_is_no_code_is_refused_in_french(client, user, code):
    give_application(user)
    attempt(client, user)

    response = client.post(CODE, {"code": code})

    assert response.status_code == 200
    assert signed_in(client) is None


def test_the_step_of_the_code_is_nobodys_without_a_password(client):
    assert client.get(CODE).url == LOGIN
    assert client.post(CODE, {"code": "123456"}).url == LOGIN


def test_one_may_start_again_with_another_account(client, user):
    give_application(user)
    attempt(client, user)
    assert client.get(LOGIN).url == CODE

    client.post(reverse("account_start_again"))

    assert client.get(LOGIN).status_code == 200
    assert client.get(CODE).url == LOGIN


def test_a_sign_in_that_waits_is_given_up_after_a_quarter_of_an_hour(client, user):
    secret = give_application(user)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        attempt(client, user)
        clock.shift(16 * 60)

        response = client.post(CODE, {"code": code_of(secret)})

    assert response.url == LOGIN
    assert signed_in(client) is None


def test_an_account_closed_meanwhile_does_not_come_in(client, user):
    secret = give_application(user)
    attempt(client, user)
    user.is_active = False
    user.save()

    client.post(CODE, {"code": code_of(secret)})

    assert client.get("/admin/").url.startswith(LOGIN)


# -- Wrong codes ---------------------------------------------------------------------------------


def test_wrong_codes_lead_to_the_same_lockout_as_wrong_passwords(client, user, settings):
    secret = give_application(user)
    attempt(client, user)
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert client.post(CODE, {"code": "1"}).status_code == 200

    last = client.post(CODE, {"code": "1"})

    assert last.status_code == 429
    assert "patience" in last.content.decode()
    assert client.post(CODE, {"code": code_of(secret)}).status_code == 429
    assert attempt(SiteClient(), user).status_code == 429


def test_wrong_codes_from_many_addresses_lock_the_account_s_codes(client, user, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES_PER_HOUR", 3)
    secret = give_application(user)
    for number in range(3):
        other = SiteClient(REMOTE_ADDR=f"192.0.2.{number}")
        attempt(other, user)
        other.post(CODE, {"code": "1"})

    attempt(client, user)
    response = client.post(CODE, {"code": code_of(secret)})

    assert response.status_code == 429
    assert signed_in(client) is None
    elsewhere = UserFactory(role="redaction")
    come_in(SiteClient(), elsewhere, give_application(elsewhere))


def test_what_is_counted_is_in_the_database(client, user):
    give_application(user)
    attempt(client, user)

    client.post(CODE, {"code": "1"})

    assert RateWindow.objects.get().count == 1


def test_no_wrong_code_is_kept(client, user):
    from axes.models import AccessAttempt  # noqa: PLC0415

    give_application(user)
    attempt(client, user)
    client.post(CODE, {"code": "987654321012"})

    assert "987654321012" not in str(AccessAttempt.objects.values().get())


# -- By no other way -----------------------------------------------------------------------------

AROUND = [LOGIN, "/_util/login/", "/admin/password_reset/confirm/", "/login/", "/accounts/login/"]


@pytest.mark.parametrize("url", AROUND)
def test_no_other_address_signs_in_with_the_password_alone(client, user, url):
    give_application(user)

    data = {"username": user.username, "login": user.username, "password": PASSWORD}
    client.post(url, data | {"remember": "on"})

    assert signed_in(client) is None


def test_no_address_shows_another_sign_in_than_ours():
    from django.contrib.auth import views as django_views  # noqa: PLC0415
    from django.urls import get_resolver  # noqa: PLC0415

    doors = (
        django_views.LoginView,
        django_views.PasswordResetView,
        django_views.PasswordResetConfirmView,
        django_views.PasswordChangeView,
    )
    found = {
        pattern
        for pattern, view in every_view(get_resolver())
        if issubclass(getattr(view, "view_class", object), doors)
    }

    # Ours come first at two of these addresses; the reset pages of Wagtail answer 404.
    assert found == {
        "admin/login/",
        "admin/password_reset/",
        "admin/password_reset/confirm/<uidb64>/<token>/",
        "_util/login/",
    }


def every_view(resolver, prefix=""):
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern).lstrip("^")
        if hasattr(entry, "url_patterns"):
            yield from every_view(entry, pattern)
        else:
            yield pattern, entry.callback


def test_the_reset_pages_of_wagtail_are_closed(client, user):
    from django.contrib.auth.tokens import default_token_generator  # noqa: PLC0415
    from django.utils.http import urlsafe_base64_encode  # noqa: PLC0415

    uid = urlsafe_base64_encode(str(user.pk).encode())
    token = default_token_generator.make_token(user)

    response = client.get(f"/admin/password_reset/confirm/{uid}/{token}/")

    assert response.status_code == 404


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "password/set/", "confirm-email/", "login/code/", "inactive/"]
)
def test_what_the_site_does_not_need_has_no_address(client, path):
    assert client.get(f"/admin/compte/{path}").status_code in {302, 404}
    assert client.get(f"/accounts/{path}").status_code == 404


def test_a_new_password_does_not_spare_the_second_factor(client, user):
    secret = give_application(user)
    client.post("/admin/password_reset/", {"email": user.email})
    text = OutgoingMessage.objects.get(to=user.email).text
    link = next(line for line in text.split() if "/confirm/" in line)
    page = client.get(link, follow=True)

    chosen = {"password1": LONGER, "password2": LONGER}
    response = client.post(page.redirect_chain[-1][0], chosen)

    assert response.url == LOGIN
    assert signed_in(client) is None
    assert attempt(client, user, LONGER).url == CODE
    assert client.post(CODE, {"code": code_of(secret)}).status_code == 302


# -- Setting up, and taking away -----------------------------------------------------------------


def confirm(client, password=PASSWORD):
    return client.post(reverse("account_reauthenticate"), {"password": password})


def set_up(client, user):
    url = reverse("mfa_activate_totp")
    confirm(client)
    page = client.get(url)
    return client.post(url, {"code": code_of(page.context["form"].secret)})


def test_an_application_is_set_up_after_confirming_the_password(client, user):
    come_in(client, user)
    url = reverse("mfa_activate_totp")
    assert client.get(url).url.startswith(reverse("account_reauthenticate"))

    response = set_up(client, user)

    assert response.url == reverse("mfa_view_recovery_codes")
    assert told(user) == ["Une application de codes protège maintenant votre compte."]
    codes = client.get(response.url).content.decode()
    assert all(code in codes for code in recovery_codes_of(user))
    # They are read once.
    assert recovery_codes_of(user)[0] not in client.get(response.url).content.decode()


def test_a_wrong_first_code_sets_nothing_up(client, user):
    come_in(client, user)
    confirm(client)
    client.get(reverse("mfa_activate_totp"))

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "n’est pas le bon" in response.content.decode()
    assert not Authenticator.objects.exists()


def test_wrong_passwords_of_the_confirmation_are_counted(client, user, settings):
    come_in(client, user)
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert confirm(client, "faux").status_code == 200

    assert confirm(client, "faux").status_code == 429


def test_who_has_a_second_factor_confirms_with_it_not_with_the_password(client, user):
    secret = give_application(user)
    come_in(client, user, secret)
    url = reverse("mfa_deactivate_totp")

    assert client.get(url).url.startswith(reverse("mfa_reauthenticate"))
    assert confirm(client).url.startswith(reverse("mfa_reauthenticate"))
    assert client.post(url).status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()


def test_taking_the_application_away_ends_the_other_sessions(client, user):
    secret = give_application(user)
    come_in(client, user, secret)
    other = come_in_with_recovery(user)
    client.post(reverse("mfa_reauthenticate"), {"code": recovery_codes_of(user)[0]})

    response = client.post(reverse("mfa_deactivate_totp"))

    assert response.status_code == 302
    assert not Authenticator.objects.exists()
    assert "L’application de codes a été retirée de votre compte." in told(user)
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").url.startswith(LOGIN)


def come_in_with_recovery(user):
    other = SiteClient()
    attempt(other, user)
    other.post(CODE, {"code": recovery_codes_of(user)[0]})
    assert signed_in(other)
    return other


def test_new_recovery_codes_replace_the_former(client, user):
    secret = give_application(user)
    come_in(client, user, secret)
    former = recovery_codes_of(user)
    client.post(reverse("mfa_reauthenticate"), {"code": former[0]})

    client.post(reverse("mfa_generate_recovery_codes"))

    assert not set(former) & set(recovery_codes_of(user))
    assert "De nouveaux codes de secours ont été faits" in told(user)[-1]


# -- Passkeys: the ceremony itself is in tests/e2e ---------------------------------------------


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "pas du JSON",
        "null",
        "[]",
        "[1]",
        '"x"',
        "12",
        "{}",
        '{"id": 1}',
        '{"response": []}',
        '{"response": {"userHandle": 5}}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "zz"}}',
        json.dumps({"id": "AA", "rawId": "é", "response": {"clientDataJSON": "AA"}}),
        json.dumps({"id": "A" * 30_000}),
        "[" * 15_000,
    ],
)
def test_a_credential_that_no_browser_makes_is_refused(client, user, sent):
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "x", "credential": {}})
    give_application(user)
    assert client.post(reverse("mfa_login_webauthn"), {"credential": sent}).url == LOGIN
    Authenticator.objects.filter(type="webauthn").delete()
    attempt(client, user)

    response = client.post(CODE, {"credential": sent})

    assert response.status_code == 200
    assert signed_in(client) is None


def test_a_passkey_that_is_added_is_judged_too(client, user):
    come_in(client, user)
    confirm(client)
    url = reverse("mfa_add_webauthn")
    client.get(url)

    for sent in ("", "{}", "[]", '{"response": {"attestationObject": "AA"}}', "[" * 15_000):
        assert client.post(url, {"name": "x", "credential": sent}).status_code == 200
    assert not Authenticator.objects.exists()


def test_somebody_elses_passkey_is_not_found(client, user):
    other = Authenticator.objects.create(
        user=UserFactory(), type="webauthn", data={"name": "la sienne", "credential": {}}
    )
    come_in(client, user)
    confirm(client)

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[other.pk])).status_code == 404
        assert client.post(reverse(name, args=[other.pk]), {"name": "à moi"}).status_code == 404
    assert "la sienne" not in client.get(SECURITY).content.decode()


def test_the_options_of_a_passkey_name_no_account(client):
    response = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})

    assert response.json()["request_options"]["publicKey"].get("allowCredentials", []) == []


# -- Secrets at rest -----------------------------------------------------------------------------


def test_seeds_are_not_readable_in_the_database(user):
    secret = give_application(user)

    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret_of(user) == secret


def test_a_former_key_still_reads_and_what_it_made_is_renewed_when_it_serves(
    client, user, settings
):
    secret = give_application(user)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "la-nouvelle-cle"

    come_in(client, user, secret)

    settings.SECRET_KEY_FALLBACKS = []
    assert secret_of(user) == secret


def test_a_key_that_is_lost_opens_nothing_and_breaks_nothing(client, user, settings):
    secret = give_application(user)
    settings.SECRET_KEY = "une-autre-cle"
    attempt(client, user)

    for code in (code_of(secret), "000000", ""):
        assert client.post(CODE, {"code": code}).status_code == 200
    assert signed_in(client) is None


def test_two_encryptions_of_one_text_differ():
    assert encryption.encrypt("x") != encryption.encrypt("x")


# -- For who has lost everything -----------------------------------------------------------------


def test_the_command_takes_the_second_factor_away(client, user, capsys):
    come_in(client, user, give_application(user))

    call_command("reset_second_factor", user.username)

    assert not Authenticator.objects.exists()
    assert client.get("/admin/").url.startswith(LOGIN)
    assert "second facteur de votre compte a été retiré" in told(user)[-1]


@pytest.mark.parametrize("name", ["personne", ""])
def test_the_command_says_whom_it_does_not_know(name):
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("reset_second_factor", name)


def test_without_second_factor_there_is_nothing_to_take_away(user):
    with pytest.raises(CommandError, match="n’a pas de second facteur"):
        call_command("reset_second_factor", user.username)


def test_the_direction_takes_away_the_second_factor_of_somebody_else(log_in, user):
    give_application(user)
    direction = log_in("direction")
    url = reverse("account_sign_in", args=[user.pk])

    direction.post(url, {"reset": ""})
    twice = direction.post(url, {"reset": ""}, follow=True)

    assert not Authenticator.objects.exists()
    assert len(told(user)) == 1
    assert accounts.NOTHING_TO_RESET in twice.content.decode()
    history = direction.get(f"/admin/users/history/{user.pk}/").content.decode()
    assert "Second facteur retiré" in history


def test_not_her_own_and_not_that_of_a_superuser():
    direction, root = UserFactory(role="direction"), UserFactory(is_superuser=True)
    for account in (direction, root):
        give_application(account)

        with pytest.raises(Refused):
            accounts.reset_second_factor(account, by=direction, now=timezone.now())

    assert Authenticator.objects.count() == 4


@pytest.mark.parametrize(
    "role", ["redaction", "formation", "recrutement", "evaluation", "referent"]
)
def test_nobody_but_the_direction(log_in, user, role):
    give_application(user)
    client = log_in(role)

    client.get(reverse("team_sign_ins"))
    for name, args in (("team_sign_ins", []), ("account_sign_in", [user.pk])):
        assert client.get(reverse(name, args=args)).status_code == 302
    client.post(reverse("account_sign_in", args=[user.pk]), {"reset": ""})

    assert Authenticator.objects.count() == 2


def test_no_copy_of_the_address_is_kept_beside_the_account(client, user):
    come_in(client, user)
    user.email = "autre@enys.test"
    user.save()
    for address in (user.email, "inconnu@enys.test"):
        client.post("/admin/password_reset/", {"email": address})
    typed = {"oldpassword": PASSWORD, "password1": LONGER, "password2": LONGER}
    client.post(reverse("account_change_password"), typed)

    assert not EmailAddress.objects.exists()
