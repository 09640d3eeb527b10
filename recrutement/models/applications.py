"""Applications and their files. No photo, no birth date, no civility: the law forbids to ask."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.admin import display
from django.db import models
from django.db.models.functions import Lower

from recrutement.enums import (
    ENDED,
    ONGOING,
    ApplicationState,
    DocumentKind,
    RejectReason,
    Source,
)
from recrutement.opening import day_in_paris
from recrutement.validators import phone_characters
from site_enys.models import StateEvent, random_name
from site_enys.private_storage import private_storage
from site_enys.uploads.antivirus import ScanState
from site_enys.validators import name_characters

from .offers import JobOfferPage

STORE = "recrutement"


def document_name(instance: Any, filename: str) -> str:
    return f"{STORE}/{random_name(instance, filename)}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    def real(self) -> "ApplicationQuerySet":
        """Without those that the site sends to itself to try its form."""
        return self.filter(synthetic=False)

    def ongoing(self) -> "ApplicationQuerySet":
        return self.filter(state__in=ONGOING)

    def to_read(self) -> "ApplicationQuerySet":
        return self.real().filter(state=ApplicationState.RECEIVED)

    def quarantined(self) -> "ApplicationQuerySet":
        return self.real().filter(state=ApplicationState.QUARANTINE)

    def overdue(self, now: datetime) -> "ApplicationQuerySet":
        """Those whose promised day of answer has passed, and who still wait."""
        return self.real().ongoing().filter(answer_by__lt=day_in_paris(now))

    def of_person(self, email: str, offer: JobOfferPage | None) -> "ApplicationQuerySet":
        """What this address sent for this offer, or spontaneously when `offer` is None."""
        return self.filter(email=email.lower(), offer=offer)


class Application(models.Model):
    """What a person sent for an offer, or spontaneously when there is no offer."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField("référence", max_length=20, unique=True)
    offer = models.ForeignKey(
        JobOfferPage,
        verbose_name="offre",
        help_text="Vide\u00a0: candidature spontanée.",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="applications",
    )
    first_name = models.CharField("prénom", max_length=80, validators=[name_characters])
    last_name = models.CharField("nom", max_length=80, validators=[name_characters])
    # In lower case: nobody has two mailboxes that differ by a capital.
    email = models.EmailField("adresse électronique", max_length=254, db_index=True)
    phone = models.CharField("téléphone", max_length=30, blank=True, validators=[phone_characters])
    message = models.TextField("message", max_length=5000, blank=True)
    source = models.CharField("a connu l’offre par", max_length=20, choices=Source, blank=True)
    state = models.CharField(
        "état", max_length=12, choices=ApplicationState, default=ApplicationState.RECEIVED
    )
    state_changed_at = models.DateTimeField("dans cet état depuis")
    submitted_at = models.DateTimeField("envoyée le")
    answer_by = models.DateField("réponse promise avant le")
    first_read_at = models.DateTimeField("lue le", null=True, blank=True)
    first_answer_at = models.DateTimeField("première réponse le", null=True, blank=True)
    decided_at = models.DateTimeField("close le", null=True, blank=True)
    reject_reason = models.CharField(
        "raison du refus", max_length=20, choices=RejectReason, blank=True
    )
    notice_version = models.CharField("information lue (version)", max_length=20)
    notice_shown_at = models.DateTimeField("information montrée le", null=True, blank=True)
    last_resort_at = models.DateTimeField("réponse de dernier recours le", null=True, blank=True)
    held_at = models.DateTimeField("gardée pour un litige depuis", null=True, blank=True)
    hold_reason = models.CharField("raison de cette garde", max_length=500, blank=True)
    # Changing it revokes every link that the person has received.
    link_nonce = models.UUIDField("secret des liens", default=uuid.uuid4, editable=False)
    # Sent by the site to itself, to know that the form works: see `FormCheck`.
    synthetic = models.BooleanField("envoi de contrôle", default=False, editable=False)

    objects = ApplicationQuerySet.as_manager()
    snippet_viewset: ClassVar[Any]  # set by Wagtail when the screen is registered

    class Meta:
        verbose_name = "candidature"
        verbose_name_plural = "candidatures"
        ordering = ["-submitted_at", "pk"]
        indexes = [
            models.Index(fields=["state", "answer_by"], name="recrutement_desk"),
            models.Index(fields=["-submitted_at"], name="recrutement_latest"),
            models.Index(fields=["decided_at"], name="recrutement_decided"),
            models.Index(
                fields=["held_at"],
                condition=models.Q(held_at__isnull=False),
                name="recrutement_held",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "offer"],
                condition=models.Q(state__in=ONGOING),
                name="one_ongoing_application_per_offer",
                violation_error_message="Cette personne a déjà une candidature en cours.",
            ),
            # In a unique constraint, two empty offers are different.
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(state__in=ONGOING, offer=None),
                name="one_ongoing_spontaneous_application",
                violation_error_message="Cette personne a déjà une candidature en cours.",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ApplicationState.values),
                name="application_state_is_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ENDED, decided_at__isnull=False)
                | (~models.Q(state__in=ENDED) & models.Q(decided_at=None)),
                name="application_is_decided_in_its_last_states",
                violation_error_message="Le jour de la décision et l’état ne s’accordent pas.",
            ),
            models.CheckConstraint(
                condition=models.Q(held_at=None) | ~models.Q(hold_reason=""),
                name="application_is_held_for_a_reason",
                violation_error_message="Dites pourquoi cette candidature est gardée.",
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="application_email_is_lower_case",
                violation_error_message="L’adresse électronique s’écrit en minuscules.",
            ),
        ]
        permissions = [
            ("review_application", "Évaluer les candidatures des offres confiées"),
            ("hold_application", "Garder une candidature pour un litige"),
        ]

    def __str__(self) -> str:
        # No name: Wagtail's journal keeps this text after the row is erased.
        return f"Candidature {self.reference}"

    @property
    @display(description="nom")
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    @display(description="pour")
    def subject(self) -> str:
        """What the application is for, as one says it in a sentence."""
        return self.offer.title if self.offer else "Candidature spontanée"

    @property
    def is_ongoing(self) -> bool:
        """Whether it still awaits a decision: the same rule as `ongoing`, in Python."""
        return self.state in ONGOING

    def is_overdue(self, now: datetime) -> bool:
        """Whether its promised day of answer has passed: the same rule as `overdue`, in Python."""
        return self.is_ongoing and self.answer_by < day_in_paris(now)


class ApplicationDocument(models.Model):
    """A file of an application, in the private store; `rgpd` deletes it with its row."""

    application = models.ForeignKey(
        Application,
        verbose_name="candidature",
        on_delete=models.CASCADE,
        related_name="documents",
    )
    kind = models.CharField("nature", max_length=10, choices=DocumentKind, default=DocumentKind.CV)
    file = models.FileField(
        "fichier", storage=private_storage, upload_to=document_name, max_length=120
    )
    original_name = models.CharField("nom d’origine", max_length=120)
    sha256 = models.CharField("empreinte", max_length=64)
    size = models.PositiveIntegerField("taille (octets)")
    pages = models.PositiveSmallIntegerField("pages")
    scan_state = models.CharField(
        "antivirus", max_length=12, choices=ScanState, default=ScanState.NOT_SCANNED
    )
    created_at = models.DateTimeField("déposée le")

    class Meta:
        verbose_name = "pièce"
        verbose_name_plural = "pièces"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"],
                name="one_document_of_each_kind",
                violation_error_message="Cette candidature a déjà une pièce de cette nature.",
            ),
            models.UniqueConstraint(
                fields=["file"],
                name="one_row_per_stored_file",
                violation_error_message="Ce fichier appartient déjà à une autre pièce.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} de la candidature {self.application.reference}"

    @property
    def download_name(self) -> str:
        """« CV-C-2026-0042.pdf »: what the file is called on the reader's machine."""
        return f"{self.get_kind_display()}-{self.application.reference}.pdf"


class ApplicationEvent(StateEvent):
    subject = models.ForeignKey(
        Application,
        verbose_name="candidature",
        on_delete=models.CASCADE,
        related_name="events",
    )

    class Meta(StateEvent.Meta):
        verbose_name = "événement"
        verbose_name_plural = "événements"
