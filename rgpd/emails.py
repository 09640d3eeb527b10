"""What is written about people's rights, in the transaction of what it announces."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from courrier.services.outbox import queue
from site_enys.groups import DPO
from site_enys.models import User

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


def answered(request: RightsRequest) -> None:
    """The answer, word for word."""
    _to_person("rgpd_request_answered", request.email, {"request": request}, about=request)


def refused(request: RightsRequest) -> None:
    """Why not, and to whom one may complain (RGPD, article 12.4)."""
    _to_person("rgpd_request_refused", request.email, {"request": request}, about=request)


def extended(request: RightsRequest, reason: str) -> None:
    """Why the answer takes longer, and its new day (RGPD, article 12.3)."""
    context = {"request": request, "reason": reason}
    _to_person("rgpd_request_extended", request.email, context, about=request)


def due(requests: Iterable[RightsRequest], today: date, url: str) -> None:
    """Remind those who answer to people about their data; names nobody."""
    lines = [
        {
            "reference": request.reference,
            "kind": request.get_kind_display(),
            "answer_by": request.answer_by,
            "late": request.answer_by < today,
        }
        for request in requests
    ]
    for address in referents():
        queue("rgpd_requests_due", address, {"lines": lines, "url": url})


def referents() -> list[str]:
    """The addresses of the referents, or the team's when there is none."""
    own = User.objects.filter(is_active=True, groups__name=DPO).exclude(email="")
    found = own.order_by("pk").values_list("email", flat=True)
    return list(found) or [settings.STAFF_EMAIL]


def _to_person(kind: str, to: str, context: dict[str, Any], **options: Any) -> None:
    own = {"mine_url": settings.SITE_URL + reverse("rgpd_mine")}
    queue(kind, to, own | context, reply_to=settings.STAFF_EMAIL, **options)
