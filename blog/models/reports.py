"""What readers tell us about a comment that shows."""

import uuid

from django.db import models

from blog.enums import ReportReason
from rgpd.models import Informed


class CommentReport(Informed):
    """« Signaler » : a notice about a published comment (règlement (UE) 2022/2065, article 16)."""

    reference = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    comment = models.ForeignKey(
        "blog.Comment",
        verbose_name="commentaire",
        on_delete=models.CASCADE,
        related_name="reports",
    )
    reason = models.CharField("motif", max_length=12, choices=ReportReason)
    detail = models.TextField("précisions", max_length=500, blank=True)
    email = models.EmailField(
        "adresse électronique", max_length=254, blank=True, help_text="Effacée après la décision."
    )
    sender = models.CharField("empreinte de la connexion", max_length=64, blank=True)
    suspect = models.BooleanField("mis de côté", default=False)
    created_at = models.DateTimeField("reçu le", db_index=True)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)

    class Meta:
        verbose_name = "signalement"
        verbose_name_plural = "signalements"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at=None) | models.Q(email=""),
                name="decided_report_has_no_address",
                violation_error_message="L’adresse s’efface avec la décision.",
            )
        ]

    def __str__(self) -> str:
        return f"Signalement n°\u00a0{self.pk}"
