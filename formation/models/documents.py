"""Documents as they were delivered: data, file and fingerprint are frozen."""

from django.db import models
from django.db.models import F, Q
from django.utils.crypto import get_random_string

from formation.enums import DocumentKind
from site_enys.models import random_name
from site_enys.private_storage import private_storage

from .enrolment import Enrolment, EnrolmentRequest
from .session import Session, TimeSlot

#: No letter that is read for another, or for a figure: the code may be typed from paper.
_READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_check_code() -> str:
    """Sixteen characters, eighty bits: nobody finds a document by guessing."""
    return get_random_string(16, _READABLE)


def document_path(instance: "IssuedDocument", filename: str) -> str:
    return f"documents/{random_name(instance, filename)}"


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    def in_force(self) -> "IssuedDocumentQuerySet":
        return self.filter(revoked_at=None)


class IssuedDocument(models.Model):
    """One version of one document; only its revocation is written after its issue.

    `subject` says whose document it is (« enrolment:12 », « request:9 », « slot:5 »,
    « session:3 »). The next version for the same subject keeps the number and revokes this one.
    Made by `services.issue` alone.
    """

    kind = models.CharField("document", max_length=20, choices=DocumentKind)
    number = models.CharField("numéro", max_length=24)
    version = models.PositiveSmallIntegerField("version", default=1)
    subject = models.CharField("objet", max_length=40)
    session = models.ForeignKey(
        Session, verbose_name="session", on_delete=models.PROTECT, related_name="documents"
    )
    request = models.ForeignKey(
        EnrolmentRequest,
        verbose_name="demande",
        null=True,
        on_delete=models.CASCADE,
        related_name="documents",
    )
    enrolment = models.ForeignKey(
        Enrolment,
        verbose_name="inscription",
        null=True,
        on_delete=models.CASCADE,
        related_name="documents",
    )
    slot = models.ForeignKey(
        TimeSlot,
        verbose_name="demi-journée",
        null=True,
        on_delete=models.SET_NULL,
        related_name="documents",
    )
    template = models.CharField("modèle", max_length=60)
    template_version = models.CharField("version du modèle", max_length=64)
    data = models.JSONField("données", default=dict)
    file = models.FileField(
        "fichier", storage=private_storage, upload_to=document_path, max_length=200
    )
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    check_code = models.CharField(
        "code de vérification", max_length=16, unique=True, default=new_check_code
    )
    issued_at = models.DateTimeField("délivré le", db_index=True)
    issued_by = models.ForeignKey(
        "site_enys.User",
        verbose_name="délivré par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revoked_at = models.DateTimeField("annulé le", null=True)
    revoked_reason = models.CharField("motif de l’annulation", max_length=200, blank=True)

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document délivré"
        verbose_name_plural = "documents délivrés"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(revoked_at=None),
                name="one_document_in_force",
                violation_error_message="Ce document est déjà délivré.",
            ),
            models.UniqueConstraint(
                fields=["number", "version"],
                name="one_document_per_number_and_version",
                violation_error_message="Cette version du document existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("issued_at")),
                name="document_revoked_after_its_issue",
                violation_error_message="Un document s’annule après avoir été délivré.",
            ),
        ]

    def __str__(self) -> str:
        # No name: Wagtail's journal keeps this text after the row is erased.
        return f"{self.get_kind_display()} {self.number}"

    @property
    def is_in_force(self) -> bool:
        return self.revoked_at is None

    @property
    def filename(self) -> str:
        """What a person's machine calls it; the name of nobody."""
        version = f"-v{self.version}" if self.version > 1 else ""
        return f"{self.number.lower()}{version}.pdf"
