"""The delays and texts of recruitment, typed once: purge, notice and e-mails read them."""

from copy import copy
from datetime import timedelta
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from recrutement.enums import RejectReason
from site_enys.memory import kept

#: The longest three months, and so on: a delay told in months never ends before its day.
DAYS_OF_MONTHS = {1: 31, 2: 62, 3: 92}


def delay_of(months: int) -> timedelta:
    """The longest that so many months can last."""
    return timedelta(days=DAYS_OF_MONTHS.get(months) or -(-months * 365.25 // 12))


def _between(low: int, high: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(low), MaxValueValidator(high)]


@register_setting(icon="group")
class RecruitmentSettings(BaseGenericSetting, ClusterableModel):
    """How long applications live (CNIL, guide du recrutement, 2023), and when the site writes."""

    kept_months = models.PositiveSmallIntegerField(
        "après la fin du recrutement (mois)",
        default=3,
        validators=_between(1, 3),
        help_text="3 mois au plus sans accord\u00a0: le temps d’expliquer un refus.",
    )
    pool_months = models.PositiveSmallIntegerField(
        "dans le vivier (mois)",
        default=24,
        validators=_between(1, 24),
        help_text="24 mois au plus, avec l’accord de la personne, qui peut le renouveler.",
    )
    quarantine_days = models.PositiveSmallIntegerField(
        "à vérifier (jours)", default=30, validators=_between(1, 30)
    )
    hold_years = models.PositiveSmallIntegerField(
        "en cas de litige (ans)",
        default=5,
        validators=_between(1, 5),
        help_text="5 ans au plus (Code du travail, art. L1134-5).",
    )
    reminder_days = models.PositiveSmallIntegerField(
        "rappel avant la réponse promise (jours)", default=7, validators=_between(1, 30)
    )
    last_resort_days = models.PositiveSmallIntegerField(
        "réponse de dernier recours (jours)",
        default=60,
        validators=_between(0, 120),
        help_text="Écrite par le site quand personne n’a répondu\u00a0; 0 pour ne jamais l’écrire.",
    )
    pool_renewal_days = models.PositiveSmallIntegerField(
        "renouvellement du vivier (jours avant la fin)", default=30, validators=_between(7, 60)
    )
    max_file_megabytes = models.PositiveSmallIntegerField(
        "taille d’un CV (Mo)", default=5, validators=_between(1, 5)
    )
    notice_extra = models.TextField(
        "à ajouter à l’information donnée aux candidats",
        max_length=1000,
        blank=True,
        help_text="Ce que le site ne peut pas savoir\u00a0: un prestataire, un test…",
    )
    accommodation_contact = models.CharField(
        "qui répond aux demandes d’aménagement", max_length=160, blank=True
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("kept_months"),
                FieldPanel("pool_months"),
                FieldPanel("quarantine_days"),
                FieldPanel("hold_years"),
            ],
            heading="Combien de temps nous gardons",
        ),
        MultiFieldPanel(
            [
                FieldPanel("reminder_days"),
                FieldPanel("last_resort_days"),
                FieldPanel("pool_renewal_days"),
            ],
            heading="Quand le site écrit",
        ),
        FieldPanel("max_file_megabytes"),
        FieldPanel("accommodation_contact"),
        FieldPanel("notice_extra"),
        InlinePanel("rejection_texts", heading="Messages de refus", label="Message"),
    ]

    class Meta:
        verbose_name = "réglages du recrutement"
        verbose_name_plural = "réglages du recrutement"

    @classmethod
    def load(cls, request_or_site: Any = None) -> Self:
        """A copy, since the form of the settings writes on what it is given."""
        return copy(kept("recruitment settings", super().load))

    @property
    def kept_for(self) -> timedelta:
        return delay_of(self.kept_months)

    @property
    def kept_in_pool_for(self) -> timedelta:
        return delay_of(self.pool_months)


class RejectionText(models.Model):
    """The firm's own words for one reason, in place of those of the site."""

    settings = ParentalKey(
        RecruitmentSettings, on_delete=models.CASCADE, related_name="rejection_texts"
    )
    reason = models.CharField("raison", max_length=20, choices=RejectReason)
    text = models.TextField("message", max_length=2000)

    class Meta:
        verbose_name = "message de refus"
        verbose_name_plural = "messages de refus"
        constraints = [
            models.UniqueConstraint(
                fields=["settings", "reason"],
                name="one_rejection_text_per_reason",
                violation_error_message="Cette raison a déjà son message.",
            )
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
