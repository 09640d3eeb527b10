"""The e-mails about people's rights; each must be queued in the transaction of its change."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from courrier.services.outbox import queue
from site_enys.groups import DPO
from site_enys.models import User

from .models import RightsRequest


def request_received(request: RightsRequest) -> None:
    """Acknowledge it, with the day of the answer (RGPD, article 12.3)."""
    _to_person("rgpd_request_received", request)


def request_answered(request: RightsRequest) -> None:
    """The answer, word for word."""
    _to_person("rgpd_request_answered", request)


def request_refused(request: RightsRequest) -> None:
    """Why not, and to whom one may complain (RGPD, article 12.4)."""
    _to_person("rgpd_request_refused", request)


def request_extended(request: RightsRequest, reason: str) -> None:
    """Why the answer takes longer, and its new day (RGPD, article 12.3)."""
    _to_person("rgpd_request_extended", request, reason=reason)


def requests_due(requests: Iterable[RightsRequest], today: date, url: str) -> None:
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


def _to_person(kind: str, request: RightsRequest, **context: Any) -> None:
    queue(
        kind,
        request.email,
        {"request": request, **context},
        about=request,
        reply_to=settings.STAFF_EMAIL,
    )
