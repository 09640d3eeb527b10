"""Sending the application form as a browser does."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from recrutement.forms import ApplicationForm
from recrutement.models import JobOfferPage
from site_enys.public_forms import HONEYPOT
from tests.recrutement import pdfs

PERSON = {
    "first_name": "Inès",
    "last_name": "Garnier",
    "email": "ines.garnier@exemple.test",
    "phone": "06 39 98 12 04",
    "message": "Huit ans en foyer.",
    "source": "site",
}


def address(offer: JobOfferPage | None) -> str:
    if offer is None:
        return reverse("recrutement_spontaneous")
    return reverse("recrutement_apply", args=[offer.reference])


def token(offer: JobOfferPage | None, *, age: timedelta = timedelta(seconds=30)) -> str:
    return ApplicationForm(offer=offer, now=timezone.now() - age).new_token()


def cv(content: bytes | None = None, name: str = "CV.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdfs.pdf() if content is None else content, "application/pdf")


def answers(offer: JobOfferPage | None, **changes: Any) -> dict[str, Any]:
    """What a person fills in; a value None leaves the field out."""
    data = PERSON | {"form_token": token(offer), "cv": cv(), HONEYPOT: ""} | changes
    return {name: value for name, value in data.items() if value is not None}


def post(client: Any, offer: JobOfferPage | None, **changes: Any) -> Any:
    return client.post(address(offer), answers(offer, **changes))
