"""What proves that people's rights are respected: accesses, requests, purges, texts shown."""

import uuid

from django.db import models
from django.db.models import Q

from site_enys.states import StateEvent
from site_enys.templatetags.typography import long_date

from .enums import RequestKind, RequestState, RunOutcome


class Informed(models.Model):
    """What was read above the button before the row was sent (RGPD, article 13), and when."""

    notice_version = models.CharField(
        "information lue (version)", max_length=20, blank=True, default=""
    )
    notice_shown_at = models.DateTimeField("information montrée le", null=True, blank=True)

    class Meta:
        abstract = True


class PersonalAccess(Informed):
    """One link to « Mes données », sent to an address, that opens once.

    Made for any address that is typed, known or not: nothing is looked up before it is opened.
    """

    email = models.EmailField("adresse électronique", max_length=254)
    link_nonce = models.UUIDField("nonce du lien", default=uuid.uuid4, editable=False)
    asked_at = models.DateTimeField("demandé le", db_index=True)
    opened_at = models.DateTimeField("ouvert le", null=True, blank=True)

    class Meta:
        verbose_name = "accès à «\u00a0Mes données\u202f»"
        verbose_name_plural = "accès à «\u00a0Mes données\u202f»"
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"Accès n° {self.pk}"


class RightsRequest(models.Model):
    """A right that somebody exercises, to be answered within a month (RGPD, article 12.3)."""

    email = models.EmailField("adresse électronique", max_length=254)
    kind = models.CharField("droit exercé", max_length=20, choices=RequestKind)
    about = models.CharField("au sujet de", max_length=160, blank=True)
    text = models.TextField("demande", max_length=5000, blank=True)
    state = models.CharField(
        "état", max_length=12, choices=RequestState, default=RequestState.WAITING
    )
    state_changed_at = models.DateTimeField("état changé le")
    received_at = models.DateTimeField("reçue le", db_index=True)
    answer_by = models.DateField("réponse due avant le")
    answer = models.TextField("réponse", max_length=5000, blank=True)

    class Meta:
        verbose_name = "demande d’exercice d’un droit"
        verbose_name_plural = "demandes d’exercice d’un droit"
        ordering = ["answer_by", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values),
                name="rights_request_state_is_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RequestKind.values),
                name="rights_request_kind_is_known",
                violation_error_message="Ce droit n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"Demande {self.reference}"

    @property
    def reference(self) -> str:
        """« D-2027-00012 »: what is quoted in letters."""
        return f"D-{self.received_at:%Y}-{self.pk or 0:05d}"


class RightsRequestEvent(StateEvent):
    """What happened to a request."""

    subject = models.ForeignKey(
        RightsRequest, verbose_name="demande", on_delete=models.CASCADE, related_name="events"
    )

    class Meta(StateEvent.Meta):
        verbose_name = "événement de demande"
        verbose_name_plural = "événements de demandes"


class PurgeRun(models.Model):
    """One run of the purge: counts only, never whose data it was."""

    started_at = models.DateTimeField("commencée le", db_index=True)
    ended_at = models.DateTimeField("terminée le", null=True, blank=True)
    applied = models.BooleanField("réelle", default=False)
    user = models.ForeignKey(
        "site_enys.User",
        verbose_name="lancée par",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    outcome = models.CharField(
        "issue", max_length=12, choices=RunOutcome, default=RunOutcome.RUNNING
    )
    #: {« Candidatures (candidatures) »: [erased, could not be erased]}
    counts = models.JSONField("comptes", default=dict)

    class Meta:
        verbose_name = "passage de la purge"
        verbose_name_plural = "passages de la purge"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=RunOutcome.values),
                name="purge_run_outcome_is_known",
                violation_error_message="Cette issue n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"Purge du {long_date(self.started_at)}"


class NoticeVersion(models.Model):
    """A text that people were shown, word for word, under the version that their rows name."""

    key = models.SlugField("texte", max_length=40)
    version = models.CharField("version", max_length=40)
    text = models.TextField("mot pour mot")
    first_shown_at = models.DateTimeField("montré depuis le")

    class Meta:
        verbose_name = "version d’une information"
        verbose_name_plural = "versions des informations"
        ordering = ["key", "-first_shown_at"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_text_per_notice_version")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
