"""Nobody gives what they do not hold: only a superuser makes, changes or stops a superuser.

Wagtail lets whoever may change accounts tick « Administrateur », or write to oneself the password
reset of somebody who has every right.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from wagtail import hooks

from site_enys.models import User


def refuse_more_than_own(request: HttpRequest, accounts: Iterable[Any] = ()) -> None:
    """Raise PermissionDenied when the request makes or touches a superuser without being one."""
    user: Any = request.user
    if user.is_superuser:
        return
    touched = any(isinstance(one, User) and one.is_superuser for one in accounts)
    if touched or "is_superuser" in request.POST:
        raise PermissionDenied


@hooks.register("before_create_user")
def refuse_a_new_superuser(request: HttpRequest) -> None:
    refuse_more_than_own(request)


@hooks.register("before_edit_user")
def refuse_to_change_a_superuser(request: HttpRequest, account: User) -> None:
    refuse_more_than_own(request, [account])


@hooks.register("before_bulk_action")
def refuse_to_change_superusers(
    request: HttpRequest, _kind: str, objects: Iterable[Any], _action: Any
) -> None:
    refuse_more_than_own(request, objects)
