"""The outbox: every e-mail is a row, written with the change it speaks of."""

from datetime import datetime

from django.db import models


class OutgoingMessageQuerySet(models.QuerySet["OutgoingMessage"]):
    def due(self, now: datetime) -> "OutgoingMessageQuerySet":
        """What a worker may take now: queued, not waiting for a later try, not held by another."""
        return self.filter(
            models.Q(leased_until=None) | models.Q(leased_until__lte=now),
            state=OutgoingMessage.State.QUEUED,
            next_try_at__lte=now,
        )

    def failed(self) -> "OutgoingMessageQuerySet":
        return self.filter(state=OutgoingMessage.State.FAILED)

    def about(self, obj: models.Model) -> "OutgoingMessageQuerySet":
        return self.filter(about=reference_of(obj))


def reference_of(obj: models.Model) -> str:
    """« formation.enrolmentrequest:12 » : what a message is about, without a foreign key."""
    return f"{obj._meta.label_lower}:{obj.pk}"


class OutgoingMessage(models.Model):
    """One e-mail: queued in the transaction of the change, sent afterwards by the worker."""

    class State(models.TextChoices):
        QUEUED = "queued", "À envoyer"
        SENT = "sent", "Envoyé"
        FAILED = "failed", "En échec"

    #: The kind of what Wagtail writes about accounts.
    ACCOUNT = "compte"

    kind = models.CharField("nature", max_length=60, db_index=True)
    to = models.EmailField("destinataire", max_length=320)
    reply_to = models.EmailField("répondre à", max_length=320, blank=True)
    subject = models.CharField("objet", max_length=250)
    text = models.TextField("texte")
    html = models.TextField("version HTML", blank=True)
    # A key or a code: no screen shows it, and it is forgotten once it has left.
    secret = models.BooleanField("confidentiel", default=False, editable=False)
    about = models.CharField("au sujet de", max_length=120, blank=True, db_index=True)
    message_id = models.CharField("identifiant", max_length=200, unique=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    created_at = models.DateTimeField("rédigé le", auto_now_add=True)
    next_try_at = models.DateTimeField("prochain essai")
    leased_until = models.DateTimeField("pris en charge jusqu’à", null=True, blank=True)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    last_error = models.TextField("dernière erreur", blank=True)

    objects = OutgoingMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel"
        verbose_name_plural = "courriels"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="courrier_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at=None)),
                name="sent_message_has_its_instant",
                violation_error_message="Un courriel envoyé porte la date de son envoi.",
            )
        ]

    def __str__(self) -> str:
        # No name and no address: Wagtail's journal keeps this text after the row is erased.
        return f"Courriel n°\u00a0{self.pk}"


class Attachment(models.Model):
    """A small file that leaves with a message (a calendar entry, a document)."""

    message = models.ForeignKey(
        OutgoingMessage,
        verbose_name="courriel",
        on_delete=models.CASCADE,
        related_name="attachments",
    )
    name = models.CharField("nom", max_length=120)
    content_type = models.CharField("type", max_length=100)
    content = models.BinaryField("contenu")

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"

    def __str__(self) -> str:
        return f"Pièce jointe n°\u00a0{self.pk}"
