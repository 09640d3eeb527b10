"""What is written to whoever applies, and to whoever reads."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from courrier.services.outbox import queue
from recrutement.models import Application
from recrutement.notice import notice


def acknowledged(application: Application, *, updated: bool = False) -> None:
    """E1: we have it, its number, and the day before which we answer.

    Nothing in it was written by the sender: the address may belong to somebody else.
    """
    _to_person("recrutement_accuse", application, updated=updated)


def staff_told(application: Application, *, updated: bool = False) -> None:
    """S1: to the person who follows the offer, else to the team; without any name."""
    if to := _recruiter_address(application) or settings.STAFF_EMAIL:
        address = reverse("wagtailsnippets_recrutement_application:inspect", args=[application.pk])
        context = {
            "application": application,
            "updated": updated,
            "admin_url": f"{settings.WAGTAILADMIN_BASE_URL}{address}",
        }
        queue("recrutement_nouvelle", to, context, about=application)


def invited(application: Application) -> None:
    _to_person("recrutement_entretien", application)


def proposed(application: Application) -> None:
    _to_person("recrutement_proposition", application)


def hired(application: Application) -> None:
    _to_person("recrutement_recrutee", application)


def rejected(application: Application) -> None:
    _to_person("recrutement_refus", application)


def withdrawn(application: Application) -> None:
    _to_person("recrutement_retrait", application)


def closed(application: Application) -> None:
    _to_person("recrutement_sans_suite", application)


def _to_person(kind: str, application: Application, **context: Any) -> None:
    queue(
        kind,
        application.email,
        {
            "application": application,
            "offer": application.offer,
            "kept_for": notice().delay_words,
        }
        | context,
        about=application,
        reply_to=settings.STAFF_EMAIL or _recruiter_address(application),
    )


def _recruiter_address(application: Application) -> str:
    recruiter = application.offer.recruiter if application.offer else None
    return recruiter.email if recruiter else ""
