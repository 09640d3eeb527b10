"""What the team reads; never the name of a person."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from courrier.models import OutgoingMessage
from courrier.services.outbox import queue
from recrutement.models import Application, JobOfferPage
from site_enys.admin import admin_url

from .parts import recruiter_address

OFFER_CLOSED = "recrutement_offre_close"


def staff_told(application: Application, *, updated: bool = False) -> None:
    """S1: to the person who follows the offer, else to the team."""
    if to := recruiter_address(application.offer):
        url = _address(admin_url(Application, "inspect", application.pk))
        context = {"application": application, "updated": updated, "admin_url": url}
        queue("recrutement_nouvelle", to, context, about=application)


def offer_closed(offer: JobOfferPage, waiting: int) -> OutgoingMessage:
    """S2: no application is taken any more, and so many wait for a decision."""
    context = {
        "offer": offer,
        "waiting": waiting,
        "list_url": _list_url(f"offer={offer.pk}"),
        "closing_url": _address(reverse("recrutement_close_offer", args=[offer.pk])),
    }
    return queue(OFFER_CLOSED, recruiter_address(offer), context, about=offer)


def promises_due(to: str, lines: Sequence[Any]) -> OutgoingMessage:
    """S3: how many answers are promised soon, and how many are late, offer by offer.

    A line has `subject`, `soon`, `first_day` and `late`.
    """
    context = {
        "lines": lines,
        "soon": sum(line.soon for line in lines),
        "late": sum(line.late for line in lines),
        "list_url": _list_url("overdue=oui"),
    }
    return queue("recrutement_promesses", to, context)


def _list_url(query: str) -> str:
    return f"{_address(admin_url(Application, 'list'))}?{query}"


def _address(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
