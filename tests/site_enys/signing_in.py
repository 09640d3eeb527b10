"""What a member of the team does at the door, step by step."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)

from site_enys.sign_in import encryption

LOGIN, CODE, SECURITY = "/admin/login/", "/admin/compte/code/", "/admin/compte/"
PASSWORD = "mot-de-passe-de-test"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"


def attempt(client, user, password=PASSWORD, **more):
    """Send the sign-in form; `more` goes into the request (headers, REMOTE_ADDR)."""
    data = {"username": user.username, "password": password} | more.pop("data", {})
    return client.post(LOGIN, data, **more)


def give_application(user):
    """The account has an application of codes, and recovery codes; return the secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of(secret, *, steps=0):
    """The code that the application shows, now or some half-minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def recovery_codes_of(user):
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return row.wrap().get_unused_codes()


def signed_in(client):
    return client.session.get("_auth_user_id")


def come_in(client, user, secret=None, **more):
    """Sign in to the end, by the door."""
    response = attempt(client, user, **more)
    if secret:
        response = client.post(CODE, {"code": code_of(secret)}, **more)
    assert response.url == "/admin/", response.url
    return client


def secret_of(user):
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return encryption.decrypt(row.data["secret"])
