"""« A light that tells the truth »: the site applies to itself, through its own form, over HTTP.

Nothing is spared: the page, its tokens, the CV and its inspection, the rows, the stored file, the
acknowledgement. Whatever is found, all that was sent is removed, and a `FormCheck` says it.
"""

import hashlib
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from courrier.models import OutgoingMessage
from courrier.services.outbox import sending_is_configured
from recrutement import emails
from recrutement.enums import ApplicationState
from recrutement.exceptions import CheckFailed
from recrutement.links import receipt_url
from recrutement.models import Application, FormCheck, JobOfferPage
from site_enys.models import FormSubmission
from site_enys.pdf import render_pdf

from .applications import open_spontaneously
from .control_mark import marked_address
from .http_visitor import Visitor, filled_in, form_in

logger = logging.getLogger(__name__)

NOTHING_OPEN = "Aucune offre n’est ouverte, ni les candidatures spontanées\u00a0: rien à vérifier."
ALL_IS_WELL = "La candidature est arrivée, avec sa pièce et son accusé de réception."
ACKNOWLEDGEMENT = "recrutement_accuse"
KEPT_CHECKS = 90
#: What a check that was killed on its way has left behind.
ABANDONED = timedelta(minutes=30)
LONGEST_SENDING = 60  # seconds given to the worker to send the acknowledgement


@dataclass(frozen=True)
class OpenDoor:
    """A form that anybody may send now."""

    path: str
    name: str


def check_form(url: str = "") -> FormCheck:
    """Apply once through the form, note what was found, remove everything; return the note.

    `url` is where the site answers: by default SYNTHETIC_URL, else SITE_URL.
    """
    now = timezone.now()
    remove(Application.objects.filter(synthetic=True, submitted_at__lt=now - ABANDONED))
    door = open_door(now)
    if door is None:
        return _note(now, passed=True, door="", detail=NOTHING_OPEN)
    address = marked_address(now)
    fault = ""
    try:
        apply_once(door, address, url or settings.SYNTHETIC_URL or settings.SITE_URL)
    except CheckFailed as failure:
        fault = str(failure)
    except Exception as error:
        logger.exception("La vérification du formulaire s’est arrêtée.")
        fault = f"La vérification s’est arrêtée ({type(error).__name__})."
    finally:
        remove(Application.objects.filter(email=address))
    return _note(now, passed=not fault, door=door.name, detail=fault or ALL_IS_WELL)


def open_door(now: datetime) -> OpenDoor | None:
    """The form of the offer that closes first, else the spontaneous one, else none."""
    offer = JobOfferPage.objects.to_show(now).first()
    if offer:
        return OpenDoor(offer.apply_url, f"Offre {offer.reference}")
    if open_spontaneously(now):
        return OpenDoor(reverse("recrutement_spontaneous"), "Candidature spontanée")
    return None


def apply_once(door: OpenDoor, address: str, url: str) -> None:
    """Send one application from this address. Raises CheckFailed with what does not work."""
    visitor = Visitor(url)
    page = visitor.get(door.path)
    if page.status != 200:
        raise CheckFailed(f"La page du formulaire répond {page.status}, et non 200.")
    form = form_in(page.text)
    if form is None:
        raise CheckFailed("La page ne contient pas le formulaire de candidature.")
    cv = render_pdf("documents/control_cv.typ", {"number": address})
    if settings.FORM_MIN_SECONDS:
        time.sleep(settings.FORM_MIN_SECONDS + 0.5)  # sooner, it would be set aside
    sent = visitor.post(
        door.path, filled_in(form, _person(address)), files={"cv": ("controle.pdf", cv)}
    )
    if sent.status != 303:
        refused = form_in(sent.text)
        said = " ".join(refused.errors) if refused else ""
        raise CheckFailed(f"L’envoi répond {sent.status}, et non 303. {said}".strip())
    application = _arrived(address, hashlib.sha256(cv).hexdigest())
    received = visitor.get(sent.location)
    if received.status != 200 or application.reference not in received.text:
        raise CheckFailed("La page de confirmation ne montre pas le numéro de la candidature.")
    _acknowledged(application)


def remove(applications: Iterable[Application]) -> None:
    """Erase every trace of these controls: rows, files, messages, used tokens."""
    for application in applications:
        with transaction.atomic():
            OutgoingMessage.objects.about(application).delete()
            FormSubmission.objects.filter(result_url=receipt_url(application)).delete()
            application.delete()


def _person(address: str) -> dict[str, str]:
    return {
        "first_name": "Contrôle",
        "last_name": "Automatique",
        "email": address,
        "phone": "01 99 00 00 00",  # a range kept for fiction by the Arcep
        "cv_joint": "",
    }


def _arrived(address: str, sha256: str) -> Application:
    application = Application.objects.filter(email=address).first()
    if application is None:
        raise CheckFailed("La candidature n’est pas arrivée dans la base.")
    if not application.synthetic or application.state != ApplicationState.RECEIVED:
        raise CheckFailed("La candidature est arrivée, mais le site ne l’a pas reconnue.")
    document = application.documents.first()
    if document is None:
        raise CheckFailed("La candidature est arrivée sans sa pièce.")
    try:
        with document.file.open() as stored:
            found = hashlib.sha256(stored.read()).hexdigest()
    except OSError as error:
        raise CheckFailed("La pièce n’est pas dans le stockage privé.") from error
    if {found, document.sha256} != {sha256}:
        raise CheckFailed("La pièce gardée n’est pas celle qui a été envoyée.")
    return application


def _acknowledged(application: Application) -> None:
    about = OutgoingMessage.objects.about(application)
    message = about.filter(kind=ACKNOWLEDGEMENT, to=application.email).first()
    if message is None:
        raise CheckFailed("L’accusé de réception n’a pas été écrit.")
    if not sending_is_configured():
        return
    deadline = time.monotonic() + LONGEST_SENDING
    while message.state == OutgoingMessage.State.QUEUED and time.monotonic() < deadline:
        time.sleep(1)
        message.refresh_from_db()
    if message.state != OutgoingMessage.State.SENT:
        raise CheckFailed(
            f"L’accusé de réception n’est pas parti en {LONGEST_SENDING}\u00a0secondes\u00a0: "
            "l’envoi du courrier est-il en marche\u202f?"
        )


def _note(now: datetime, *, passed: bool, door: str, detail: str) -> FormCheck:
    """Write what was found; tell the team when the form has just stopped working."""
    with transaction.atomic():
        before = FormCheck.objects.first()
        check = FormCheck.objects.create(at=now, passed=passed, door=door, detail=detail[:1000])
        kept = list(FormCheck.objects.values_list("pk", flat=True)[:KEPT_CHECKS])
        FormCheck.objects.exclude(pk__in=kept).delete()
        if not passed and (before is None or before.passed):
            emails.form_is_down(check)
    return check
