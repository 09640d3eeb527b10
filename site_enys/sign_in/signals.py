"""What follows by itself from a sign-in, a wrong code, a lock that changes."""

import time
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from allauth.account.signals import user_logged_in as sign_in_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_used,
)
from axes.models import AccessLog

from site_enys.models import User

from . import encryption, limits
from .accounts import end_sessions, forget_sign_in
from .browsers import browser_of
from .mails import tell_owner

SIGNED_IN_AT = "signed_in_at"


@receiver(user_logged_in)
def begin_the_session(request: HttpRequest, **kwargs: Any) -> None:
    request.session[SIGNED_IN_AT] = time.time()


@receiver(sign_in_completed)
def tell_of_a_new_browser(request: Any, user: User, **kwargs: Any) -> None:
    """The owner is told of a sign-in from a browser that none of the last six months had.

    Not of the very first sign-in, which would always be new.
    """
    before = AccessLog.objects.filter(
        username=user.get_username(), attempt_time__lt=request.axes_attempt_time
    )
    known = {browser_of(agent) for agent in before.values_list("user_agent", flat=True).distinct()}
    browser = browser_of(request.headers.get("User-Agent", ""))
    if known and browser not in known:
        what = "Quelqu’un s’est connecté à votre compte depuis un navigateur inhabituel."
        tell_owner(user, what, now=timezone.now(), where=browser)


@receiver(authentication_failed)
def count_a_wrong_code(request: HttpRequest, user: User, **kwargs: Any) -> None:
    limits.wrong_code(request, user)


@receiver(authenticator_removed)
@receiver(authenticator_added)
def end_the_other_sessions(request: HttpRequest, **kwargs: Any) -> None:
    """Whoever came in before the locks changed comes in again by the new ones."""
    forget_sign_in(request)


@receiver(authenticator_used)
def after_use(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Bring the seed under the present key; tell the owner that a recovery code has served."""
    row = renew_seeds(authenticator.pk)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        left = len(row.wrap().get_unused_codes())
        rest = (
            f"Il vous en reste {left}." if left else "C’était le dernier\u00a0: faites-en d’autres."
        )
        where = browser_of(request.headers.get("User-Agent", ""))
        what = f"Un code de secours de votre compte vient de servir. {rest}"
        tell_owner(user, what, now=timezone.now(), where=where)


def renew_seeds(pk: int) -> Authenticator:
    """The row under the present key; read again, since a form's object ignores what it used."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=pk)
        for name in {"secret", "seed"} & row.data.keys():
            row.data[name] = encryption.renewed(row.data[name])
        row.save(update_fields=["data"])
    return row


@receiver(pre_save, sender=User)
def remember_the_former_address(instance: Any, update_fields: Any, **kwargs: Any) -> None:
    instance.former_email = ""
    if instance.pk and (update_fields is None or "email" in update_fields):
        emails = User.objects.filter(pk=instance.pk).values_list("email", flat=True)
        instance.former_email = emails.first() or ""


@receiver(post_save, sender=User)
def follow_a_changed_account(instance: Any, created: Any, **kwargs: Any) -> None:
    """Whatever screen or command changed it; a closed account has no session left."""
    if created:
        return
    now = timezone.now()
    if not instance.is_active:
        end_sessions(instance)
        return
    # Set by `set_password` until the row is saved, and by nothing else.
    if instance._password is not None:  # noqa: SLF001
        tell_owner(instance, "Le mot de passe de votre compte a été changé.", now=now)
    former = instance.former_email
    if former and former.lower() != instance.email.lower():
        what = "L’adresse électronique de votre compte a été remplacée par une autre."
        tell_owner(instance, what, now=now, to=former)
