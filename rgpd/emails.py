"""What is written to whoever exercises her rights, in the transaction of what it announces."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from courrier.services.outbox import queue

from .links import access_url
from .models import PersonalAccess, RightsRequest


def link(access: PersonalAccess) -> None:
    """To any address, known or not: it tells nothing of what is held, and no screen shows it."""
    context = {"access_url": access_url(access)}
    _to_person("rgpd_link", access.email, context, about=access, secret=True)


def received(request: RightsRequest) -> None:
    """What was asked has arrived, and the day before which it is answered."""
    _to_person("rgpd_received", request.email, {"request": request}, about=request)


def erased(
    request: RightsRequest,
    *,
    erased: list[tuple[str, int]],
    kept: list[tuple[str, list[str], str]],
) -> None:
    """What went (processing, count), what stays (processing, names of rows, reason)."""
    context = {"request": request, "erased": erased, "kept": kept}
    _to_person("rgpd_erased", request.email, context, about=request)


def _to_person(kind: str, to: str, context: dict[str, Any], **options: Any) -> None:
    own = {"mine_url": settings.SITE_URL + reverse("rgpd_mine")}
    queue(kind, to, own | context, reply_to=settings.STAFF_EMAIL, **options)
