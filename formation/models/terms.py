"""The conditions of sale that a firm chooses: agreements and the public page read them here."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

#: Days after the invoice beyond which two professionals may not agree (L441-10).
LONGEST_PAYMENT = 60
#: Nobody is asked for more than what was sold.
WHOLE = 100


@register_setting(icon="form")
class TrainingTerms(BaseGenericSetting):
    """What the law leaves to the seller; what it fixes is written in the templates."""

    payment_days = models.PositiveSmallIntegerField(
        "paiement d’une facture (jours)",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_PAYMENT)],
        help_text="60 jours au plus (code de commerce, article L441-10).",
    )
    free_cancellation_days = models.PositiveSmallIntegerField(
        "annulation sans frais par une entreprise (jours avant le début)",
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    late_cancellation_percent = models.PositiveSmallIntegerField(
        "dédommagement d’une annulation plus tardive (% des heures non réalisées)",
        default=30,
        validators=[MaxValueValidator(WHOLE)],
        help_text="0\u00a0: rien n’est demandé. Jamais à un particulier (L6353-7).",
    )

    panels = [
        FieldPanel(name)
        for name in ("payment_days", "free_cancellation_days", "late_cancellation_percent")
    ]

    class Meta:
        verbose_name = "conditions de vente des formations"
        verbose_name_plural = "conditions de vente des formations"
        constraints = [
            models.CheckConstraint(
                condition=Q(payment_days__gte=1, payment_days__lte=LONGEST_PAYMENT),
                name="invoices_are_payable_within_the_legal_delay",
                violation_error_message="Une facture se paie dans les 60 jours au plus.",
            ),
            models.CheckConstraint(
                condition=Q(late_cancellation_percent__lte=WHOLE),
                name="late_cancellation_costs_no_more_than_the_price",
                violation_error_message="Le dédommagement ne dépasse pas le prix.",
            ),
        ]

    def __str__(self) -> str:
        return "Conditions de vente des formations"
