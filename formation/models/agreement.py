"""The agreement of an employer, the contract of a person alone: sent, then signed."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from formation.enums import AGREED_OR_ASKED, AgreementState
from site_enys.models import random_name
from site_enys.private_storage import private_storage
from site_enys.states import StateEvent

from .documents import IssuedDocument
from .enrolment import EnrolmentRequest


def scan_path(instance: models.Model, filename: str) -> str:
    return f"signatures/{random_name(instance, filename)}"


class Agreement(models.Model):
    """A convention or a contract that somebody is asked to sign.

    `document` is what was read; `signed_copy` the same text with the mention of the signature.
    `evidence` keeps how it was signed: the fingerprint of the text, the instants, the address.
    """

    request = models.ForeignKey(
        EnrolmentRequest,
        verbose_name="demande",
        on_delete=models.CASCADE,
        related_name="agreements",
    )
    document = models.OneToOneField(
        IssuedDocument, verbose_name="document", on_delete=models.CASCADE, related_name="agreement"
    )
    signed_copy = models.OneToOneField(
        IssuedDocument,
        verbose_name="exemplaire signé",
        null=True,
        on_delete=models.SET_NULL,
        related_name="signed_agreement",
    )
    public_id = models.UUIDField("lien", default=uuid.uuid4, unique=True, editable=False)
    link_nonce = models.UUIDField("clé du lien", default=uuid.uuid4, editable=False)
    signatory_name = models.CharField("signataire", max_length=160)
    signatory_email = models.EmailField("adresse du signataire", max_length=254)
    # What the trainees of the agreement cost, before tax: the yearly report adds them up.
    amount = models.DecimalField(
        "montant hors taxes", max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    state = models.CharField("état", max_length=10, choices=AgreementState)
    state_changed_at = models.DateTimeField("depuis le")
    sent_at = models.DateTimeField("envoyée le")
    reminders = models.PositiveSmallIntegerField("relances", default=0)
    reminded_at = models.DateTimeField("relancée le", null=True)
    code_digest = models.CharField("empreinte du code", max_length=128, blank=True)
    code_sent_at = models.DateTimeField("code envoyé le", null=True)
    code_tries = models.PositiveSmallIntegerField("essais du code", default=0)
    signed_at = models.DateTimeField("signée le", null=True)
    typed_name = models.CharField("nom écrit en signant", max_length=160, blank=True)
    evidence = models.JSONField("preuve de signature", default=dict)
    scan = models.FileField(
        "exemplaire numérisé",
        storage=private_storage,
        upload_to=scan_path,
        max_length=200,
        blank=True,
    )

    class Meta:
        verbose_name = "convention ou contrat"
        verbose_name_plural = "conventions et contrats"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state__in=sorted(AGREED_OR_ASKED)),
                name="one_agreement_per_request",
                violation_error_message="Cette demande a déjà une convention ou un contrat.",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_at__isnull=False),
                name="signed_agreement_has_its_instant",
                violation_error_message="Une signature a une date.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="agreement_amount_is_not_negative",
                violation_error_message="Un montant n’est pas négatif.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)


class AgreementEvent(StateEvent):
    subject = models.ForeignKey(
        Agreement, verbose_name="convention", on_delete=models.CASCADE, related_name="events"
    )

    class Meta(StateEvent.Meta):
        verbose_name = "événement de convention"
        verbose_name_plural = "événements de conventions"
