"""What holds for every page that a signed-in member of the team opens."""

import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from .accounts import must_set_up
from .signals import SIGNED_IN_AT

ADMIN = "/admin/"
# What one needs to set a second factor up, and to leave.
OPEN_WITHOUT = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}


class SignInRules(MiddlewareMixin):
    """A session ends twelve hours after its sign-in; a role may ask for a second factor.

    Who has to set one up first is led to that page from the whole admin, and is a plain visitor
    elsewhere. Without a session cookie nothing is read.
    """

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if not known or not request.user.is_authenticated:
            return None
        inside = request.path.startswith(ADMIN)
        match = request.resolver_match
        is_open = match is not None and match.url_name in OPEN_WITHOUT
        if is_over(request):
            logout(request)
            if not inside or is_open:
                return None
            messages.info(
                request, "Votre session a duré douze heures\u00a0: identifiez-vous à nouveau."
            )
            return redirect_to_login(request.get_full_path())
        if is_open or not must_set_up(request.user):
            return None
        if inside:
            return redirect("mfa_index")
        request.user = AnonymousUser()
        return None


def is_over(request: HttpRequest) -> bool:
    """Whether the sign-in is older than a session may be, however busy it was."""
    began = request.session.get(SIGNED_IN_AT)
    return began is not None and time.time() - began > settings.SESSION_COOKIE_AGE
