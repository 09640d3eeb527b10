"""The rules of accounts: who lacks a second factor, and what ends what."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, QuerySet
from django.http import HttpRequest

from wagtail.log_actions import log

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from site_enys.exceptions import Refused
from site_enys.models import SignInSettings, User

from .mails import tell_owner

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: What the history of an account says.
SESSIONS_ENDED, FACTOR_RESET = "site_enys.end_sessions", "site_enys.reset_second_factor"
NOT_ONESELF = (
    "Pour votre propre compte, passez par «\u00a0Mon compte\u202f», «\u00a0Sécurité\u202f»."
)
NOT_HIS_RANK = "Seul un super-utilisateur agit sur le compte d’un autre."
NOTHING_TO_RESET = "Ce compte n’a pas de second facteur."
NO_SESSION = "Ce compte n’a aucune session ouverte."


def factors_of(user: Any) -> QuerySet[Authenticator]:
    """What she signs in with besides a password; recovery codes are not one by themselves."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS)


def must_set_up(user: Any) -> bool:
    """Whether a role of this person asks for a second factor that she does not have. One query.

    A superuser has every role.
    """
    roles: Any = SignInSettings.second_factor_for.through
    required = roles.objects.all() if user.is_superuser else roles.objects.filter(group__user=user)
    return required.filter(~Exists(factors_of(user))).exists()


def end_sessions(user: Any, *, but: str = "") -> int:
    """End the sessions of this account, all but the one of that key; return how many."""
    sessions = list(UserSession.objects.filter(user_id=user.pk).exclude(session_key=but))
    for session in sessions:
        session.end()
    return len(sessions)


def open_sessions(user: Any) -> list[UserSession]:
    """The sessions of this account that still open something, the last one first."""
    alive = UserSession.objects.purge_and_list(user)
    return sorted(alive, key=lambda session: session.created_at, reverse=True)


def refuse_if_not_allowed(account: Any, by: Any) -> None:
    """Raises Refused for oneself, and for a superuser unless by another one."""
    if by is not None and by.pk == account.pk:
        raise Refused(NOT_ONESELF)
    if by is not None and account.is_superuser and not by.is_superuser:
        raise Refused(NOT_HIS_RANK)


def close_sessions_of(account: User, *, by: Any, now: datetime) -> int:
    """The direction ends every session of a member of the team; the owner is told.

    Raises Refused for oneself, for a superuser, and when there is nothing to end.
    """
    refuse_if_not_allowed(account, by)
    with transaction.atomic():
        ended = end_sessions(account)
        if not ended:
            raise Refused(NO_SESSION)
        log(instance=account, action=SESSIONS_ENDED, user=by)
        tell_owner(account, "La direction a fermé toutes vos sessions ouvertes.", now=now)
    return ended


def reset_second_factor(account: User, *, by: Any, now: datetime) -> None:
    """Take the second factor away from who has lost it; sessions end, the owner is told.

    `by` is None for the command. Raises Refused for oneself, for a superuser, and when there is
    no second factor.
    """
    refuse_if_not_allowed(account, by)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=account.pk)
        deleted, _ = Authenticator.objects.filter(user_id=account.pk).delete()
        if not deleted:
            raise Refused(NOTHING_TO_RESET)
        end_sessions(account)
        log(instance=account, action=FACTOR_RESET, user=by)
        what = (
            "Le second facteur de votre compte a été retiré, avec les clés et les codes de secours."
        )
        tell_owner(account, what, now=now)


def forget_sign_in(request: HttpRequest) -> None:
    """End the sessions of this account but that of the request: after a change of its locks."""
    end_sessions(request.user, but=request.session.session_key or "")
