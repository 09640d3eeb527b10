"""How often one may be wrong, counted in the database: the same on every process.

django-axes counts by account and address; here also by account alone, since codes are tried by
somebody who has the password, and by address alone, for who tries many accounts.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from axes.handlers.proxy import AxesProxyHandler

from site_enys.clients import client_network
from site_enys.public_forms import count_once_more, is_limit_reached

WRONG_CODES_PER_HOUR = 30  # by account: three codes out of a million are right at any moment
WRONG_SIGN_INS_PER_HOUR = 100  # by address
RESETS_PER_ADDRESS = 5
RESETS_PER_NETWORK = 30

CODES, SIGN_INS, RESETS = "second-facteur", "connexion", "mot-de-passe-oublie"


def wrong_code(request: HttpRequest, user: Any) -> None:
    """A wrong code counts like a wrong password."""
    count_once_more(CODES, str(user.pk), now=timezone.now(), limit=WRONG_CODES_PER_HOUR)
    user_login_failed.send(
        sender=__name__, credentials={"username": user.get_username()}, request=request
    )


def codes_are_locked(request: HttpRequest, user: Any) -> bool:
    """Whether no more code is read now; the answer then becomes the page of the lockout."""
    allowed = AxesProxyHandler.is_allowed(request, {"username": user.get_username()})
    if allowed and not _reached(CODES, str(user.pk), WRONG_CODES_PER_HOUR):
        return False
    lock_out(request)
    return True


def lock_out(request: HttpRequest) -> None:
    """Have django-axes answer this request by its page, 429."""
    setattr(request, "axes_locked_out", True)  # noqa: B010 - the name that axes reads


def wrong_sign_in(request: HttpRequest) -> None:
    network = client_network(request)
    count_once_more(SIGN_INS, network, now=timezone.now(), limit=WRONG_SIGN_INS_PER_HOUR)


def network_is_locked(request: HttpRequest) -> bool:
    return _reached(SIGN_INS, client_network(request), WRONG_SIGN_INS_PER_HOUR)


def may_ask_for_reset(request: HttpRequest) -> bool:
    network = client_network(request)
    return count_once_more(RESETS, network, now=timezone.now(), limit=RESETS_PER_NETWORK)


def may_write_to(address: str) -> bool:
    """Whether this mailbox may receive one more link now: nobody fills it by our form."""
    now = timezone.now()
    return count_once_more(RESETS, address.lower(), now=now, limit=RESETS_PER_ADDRESS)


def first_use(user: Any, code: str) -> bool:
    """False for a code of an application that has already served: it opens once, on any process."""
    return count_once_more("code-servi", f"{user.pk}:{code}", now=timezone.now(), limit=1)


def _reached(purpose: str, who: str, limit: int) -> bool:
    return is_limit_reached(purpose, who, now=timezone.now(), limit=limit)


def cool_off_minutes() -> int:
    return round(settings.AXES_COOLOFF_TIME * 60)
