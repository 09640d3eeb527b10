"""What visitors write to the firm."""

import uuid
from datetime import datetime

from django.contrib import admin
from django.db import models
from django.db.models import Q

from home.enums import MessageState, MessageTopic
from rgpd.models import Informed
from site_enys.states import StateEvent


class ContactMessageQuerySet(models.QuerySet["ContactMessage"]):
    def waiting(self) -> "ContactMessageQuerySet":
        """What the team has not read yet."""
        return self.filter(state=MessageState.NEW)

    def received_before(self, limit: datetime) -> "ContactMessageQuerySet":
        return self.filter(created_at__lt=limit)


class ContactMessage(Informed):
    """A message of the contact form, stored before any e-mail leaves."""

    #: What the visitor fills in.
    ANSWERS = ("topic", "name", "email", "phone", "organisation", "text")

    # The address of the confirmation page: nobody can go from one message to another.
    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True)
    name = models.CharField("nom", max_length=120)
    email = models.EmailField("adresse électronique", max_length=254)
    phone = models.CharField("téléphone", max_length=24, blank=True)
    organisation = models.CharField("structure", max_length=160, blank=True)
    topic = models.CharField("sujet", max_length=20, choices=MessageTopic)
    text = models.TextField("message", max_length=5000)
    # Sent too fast or with the trap filled in: nothing leaves in our name before somebody looks.
    suspect = models.BooleanField("mis de côté", default=False)
    state = models.CharField("état", max_length=10, choices=MessageState, default=MessageState.NEW)
    state_changed_at = models.DateTimeField("état changé le")
    created_at = models.DateTimeField("reçu le", db_index=True)

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MessageState.values),
                name="contact_message_state_is_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(topic__in=MessageTopic.values),
                name="contact_message_topic_is_known",
                violation_error_message="Ce sujet n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        # No name: Wagtail's journal keeps this text after the row is erased.
        return f"Message {self.reference}"

    @property
    @admin.display(description="référence")
    def reference(self) -> str:
        """« M-2027-00012 »: what a person quotes on the phone."""
        return f"M-{self.created_at:%Y}-{self.pk or 0:05d}"


class ContactMessageEvent(StateEvent):
    """What happened to a message."""

    subject = models.ForeignKey(
        ContactMessage, verbose_name="message", on_delete=models.CASCADE, related_name="events"
    )

    class Meta(StateEvent.Meta):
        verbose_name = "événement de message"
        verbose_name_plural = "événements de messages"
