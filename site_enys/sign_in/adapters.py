"""Where django-allauth asks the site: messages, e-mails, addresses, encryption."""

from ipaddress import ip_address
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.handlers.proxy import AxesProxyHandler

from site_enys.clients import client_address

from . import encryption
from .browsers import browser_of
from .mails import tell_owner

NOTICES = {
    "mfa/email/totp_activated": "Une application de codes protège maintenant votre compte.",
    "mfa/email/totp_deactivated": "L’application de codes a été retirée de votre compte.",
    "mfa/email/webauthn_added": "Une clé d’accès a été ajoutée à votre compte.",
    "mfa/email/webauthn_removed": "Une clé d’accès a été retirée de votre compte.",
    "mfa/email/recovery_codes_generated": (
        "De nouveaux codes de secours ont été faits pour votre compte. Les anciens ne valent plus."
    ),
}
MESSAGES = {
    "account/messages/password_changed.txt": "Votre mot de passe est changé.",
    "account/messages/logged_out.txt": "Vous êtes déconnecté.",
    "mfa/messages/totp_activated.txt": "L’application de codes est réglée.",
    "mfa/messages/totp_deactivated.txt": "L’application de codes est retirée.",
    "mfa/messages/webauthn_added.txt": "La clé d’accès est ajoutée.",
    "mfa/messages/webauthn_removed.txt": "La clé d’accès est retirée.",
    "usersessions/messages/sessions_logged_out.txt": "Vos autres sessions sont fermées.",
}
WRONG_CODE = "Ce code n’est pas le bon, ou il a déjà servi."
WRONG_PASSWORD = "Ce mot de passe n’est pas le bon."  # noqa: S105 - a sentence
UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - a Unix socket has none, and the column wants one


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "enter_current_password": WRONG_PASSWORD,
        "incorrect_password": WRONG_PASSWORD,
        "invalid_password_reset": "Ce lien n’est plus valable.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only the script of passkeys asks for JSON; no other answer has a second shape."""
        return request.headers.get("Accept") == "application/json" and request.path == reverse(
            "mfa_login_webauthn"
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        try:
            return str(ip_address(client_address(request)))
        except ValueError:
            return UNKNOWN_ADDRESS

    def login(self, request: HttpRequest, user: Any) -> None:
        # The journal of django-axes reads what it usually notes while a password is checked.
        AxesProxyHandler.update_request(request)
        super().login(request, user)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """Who has a second factor shows it again: the password alone would open its removal."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        stronger = [method for method in methods if method["id"] != "reauthenticate"]
        return stronger or methods

    def add_message(  # noqa: PLR0917 - allauth's own signature
        self, request: HttpRequest, level: int, message_template: str | None = None,
        message_context: dict[str, Any] | None = None, extra_tags: str = "",
        message: str | None = None,
    ) -> None:  # fmt: skip
        said = message or MESSAGES.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: str | None = None
    ) -> None:
        if template_prefix in NOTICES:
            where = browser_of(self.get_http_user_agent(self.request))
            tell_owner(user, NOTICES[template_prefix], now=timezone.now(), where=where)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return user.get_username()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - its name
        return browser_of(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": self.get_totp_issuer()}
