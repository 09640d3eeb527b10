"""Complaints, and what is done so that they do not come back."""

import uuid

from django.db import models
from django.db.models import F, Q

from formation.enums import ComplainantKind, ComplaintChannel, ComplaintState
from rgpd.models import Informed
from site_enys.states import StateEvent

from .session import Session


class Complaint(Informed):
    """What somebody complains of, and our answer (indicator 31 of the quality referential)."""

    public_id = models.UUIDField("lien", default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField("référence", max_length=20, unique=True)
    channel = models.CharField(
        "reçue par", max_length=10, choices=ComplaintChannel, default=ComplaintChannel.FORM
    )
    author_kind = models.CharField("de la part de", max_length=10, choices=ComplainantKind)
    author_name = models.CharField("nom", max_length=160)
    author_email = models.EmailField("adresse électronique", max_length=254, blank=True)
    author_phone = models.CharField("téléphone", max_length=30, blank=True)
    session = models.ForeignKey(
        Session,
        verbose_name="session",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="complaints",
    )
    subject = models.CharField("objet", max_length=160)
    text = models.TextField("réclamation", max_length=4000)
    state = models.CharField("état", max_length=12, choices=ComplaintState)
    state_changed_at = models.DateTimeField("depuis le")
    received_at = models.DateTimeField("reçue le", db_index=True)
    acknowledged_at = models.DateTimeField("accusé de réception le", null=True)
    answered_at = models.DateTimeField("réponse envoyée le", null=True)
    answer = models.TextField("réponse", max_length=6000, blank=True)
    root_cause = models.TextField("cause", max_length=2000, blank=True)

    class Meta:
        verbose_name = "réclamation"
        verbose_name_plural = "réclamations"
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "received_at"], name="complaint_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "closed"]) | Q(answered_at__isnull=False),
                name="answered_complaint_has_its_instant",
                violation_error_message="Une réponse a une date.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("received_at")),
                name="complaint_answered_after_it_came",
                violation_error_message="Une réponse suit la réclamation.",
            ),
        ]

    def __str__(self) -> str:
        return f"Réclamation {self.reference}"

    @property
    def session_code(self) -> str:
        return self.session.code if self.session else ""

    @property
    def actions_in_words(self) -> str:
        """What was decided, for a cell of a table."""
        return "\n".join(action.title for action in self.actions.all())


class ComplaintEvent(StateEvent):
    subject = models.ForeignKey(
        Complaint, verbose_name="réclamation", on_delete=models.CASCADE, related_name="events"
    )

    class Meta(StateEvent.Meta):
        verbose_name = "événement de réclamation"
        verbose_name_plural = "événements de réclamations"


class ImprovementAction(models.Model):
    """Something done to do better, most often after a complaint (indicator 32)."""

    title = models.CharField("action", max_length=160)
    description = models.TextField("description", max_length=2000, blank=True)
    complaint = models.ForeignKey(
        Complaint,
        verbose_name="réclamation d’origine",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="actions",
    )
    session = models.ForeignKey(
        Session,
        verbose_name="session",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="improvement_actions",
    )
    responsible = models.CharField("responsable", max_length=120)
    due_on = models.DateField("échéance", null=True, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)
    result = models.TextField("résultat", max_length=2000, blank=True)
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    class Meta:
        verbose_name = "action d’amélioration"
        verbose_name_plural = "actions d’amélioration"
        ordering = ["done_on", "due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def session_code(self) -> str:
        return self.session.code if self.session else ""

    @property
    def complaint_reference(self) -> str:
        return self.complaint.reference if self.complaint else ""
