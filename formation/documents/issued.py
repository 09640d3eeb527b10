"""What is delivered: a draft with its data, then the stamp that says which document it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from formation.enums import DocumentKind
from formation.exceptions import DocumentIncomplete
from formation.models import Enrolment, EnrolmentRequest, IssuedDocument, Session, TimeSlot
from home.models import OrganisationSettings
from site_enys.qr import printed_qr
from site_enys.templatetags.typography import long_date

from .leaflet import author, footer

Subject = Session | EnrolmentRequest | Enrolment | TimeSlot
_WORDS = {Session: "session", EnrolmentRequest: "request", Enrolment: "enrolment", TimeSlot: "slot"}


@dataclass(frozen=True)
class Draft:
    """A document that lacks nothing: what it is, whose it is, how it is drawn, and its data.

    `data` must fit in JSON and holds the `letterhead`; the number, the version, the day and the
    check code come with `services.issue.issue`. A function that makes a draft raises
    DocumentIncomplete, which names all that is missing.
    """

    kind: DocumentKind
    about: Subject
    template: str
    data: Mapping[str, Any]


def subject_of(about: Subject) -> str:
    """How a document names whose it is: « enrolment:12 »."""
    return f"{_WORDS[type(about)]}:{about.pk}"


def refuse_if_missing(wanted: Mapping[str, Any]) -> None:
    """Raise DocumentIncomplete with the name of each thing that is empty."""
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        raise DocumentIncomplete(missing)


def firm(organisation: OrganisationSettings) -> dict[str, Any]:
    """What every document wants to know of the firm."""
    return {"la raison sociale (Réglages, Identité du cabinet)": organisation.legal_name}


def signatory(organisation: OrganisationSettings) -> dict[str, Any]:
    """Who answers for the firm, where a document is signed."""
    return {
        "qui représente le cabinet (Réglages, Identité du cabinet)": organisation.representative
    }


def as_stored(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a draft as the database gives them back."""
    return json.loads(json.dumps(dict(data)))


def as_project(draft: Draft) -> dict[str, Any]:
    """The data of a draft that is read before its issue: no number, and nothing to check."""
    return as_stored(draft.data) | {
        "stamp": {
            "draft": True,
            "kind": draft.kind.label,
            "number": "Projet",
            "version": 1,
            "issued_on": "non délivré",
            "check_url": "",
            "check_code": "",
            "qr": "",
        }
    }


def stamped(document: IssuedDocument) -> dict[str, Any]:
    """The frozen data of a document with its stamp: what its template is drawn from."""
    url = check_url(document)
    return document.data | {
        "stamp": {
            "draft": False,
            "kind": document.get_kind_display(),
            "number": document.number,
            "version": document.version,
            "issued_on": long_date(timezone.localdate(document.issued_at)),
            "check_url": url,
            "check_code": grouped(document.check_code),
            "qr": printed_qr(url),
        }
    }


def letterhead(organisation: OrganisationSettings) -> dict[str, Any]:
    """Who delivers, for the head and the foot of a document."""
    address = [line for line in organisation.head_office.splitlines() if line.strip()]
    return {
        "author": author(organisation),
        "footer": footer(organisation),
        "address": address,
        "contact": [fact for fact in (organisation.phone, organisation.email) if fact],
    }


def check_url(document: IssuedDocument) -> str:
    """Where anybody who holds the document may check it."""
    return settings.SITE_URL + reverse("formation_check", args=[document.check_code])


def grouped(code: str) -> str:
    """« K7QF 2M9R XB3D 5TVW »: a code that is copied from paper by eye."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
