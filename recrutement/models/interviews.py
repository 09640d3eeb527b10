"""A meeting with somebody who applies."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from recrutement.enums import InterviewKind

from .applications import Application


class Interview(models.Model):
    """Its identity in calendars is `public_id`; `sequence` grows with each change (RFC 5546)."""

    application = models.ForeignKey(
        Application, verbose_name="candidature", on_delete=models.CASCADE, related_name="interviews"
    )
    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True)
    kind = models.CharField("forme", max_length=12, choices=InterviewKind)
    starts_at = models.DateTimeField("début")
    minutes = models.PositiveSmallIntegerField(
        "durée (minutes)", default=60, validators=[MinValueValidator(10), MaxValueValidator(480)]
    )
    place = models.CharField(
        "lieu, lien ou numéro",
        max_length=300,
        help_text="L’adresse, le lien de la visioconférence, ou qui appelle qui.",
    )
    details = models.TextField(
        "à dire à la personne",
        max_length=2000,
        blank=True,
        help_text="Qui elle verra, ce qui est prévu, et les méthodes employées (art. L1221-8).",
    )
    sequence = models.PositiveSmallIntegerField("version", default=0)
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)
    created_at = models.DateTimeField("fixé le")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "entretien"
        verbose_name_plural = "entretiens"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=10, minutes__lte=480),
                name="interview_lasts_ten_minutes_to_a_day",
                violation_error_message="Un entretien dure de 10 minutes à 8 heures.",
            )
        ]

    def __str__(self) -> str:
        return f"Entretien de la candidature {self.application.reference}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)
