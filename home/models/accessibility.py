"""The accessibility statement: what is said of the site's conformity comes from audits alone."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.enums import Compliance
from site_enys.templatetags.typography import long_date

WHOLE = Decimal(100)
HALF = Decimal(50)
#: The version of the reference on which an audit is made today.
REFERENCE = "RGAA 4.1.2"


def compliance_of(rate: Decimal | None) -> Compliance:
    """The state that goes with the rate of an audit, in percent; without one, nothing is claimed.

    Arrêté du 20 septembre 2019: all criteria, at least half of them, or fewer.
    """
    if rate is None:
        return Compliance.NOT_AUDITED
    if rate >= WHOLE:
        return Compliance.FULL
    return Compliance.PARTIAL if rate >= HALF else Compliance.NONE


@register_setting(icon="tick-inverse")
class AccessibilityStatement(BaseGenericSetting, ClusterableModel):
    """What the statement says besides its audits; an empty part is shown nowhere."""

    failures = models.TextField(
        "non-conformités", max_length=4000, blank=True, help_text="Une par ligne."
    )
    derogations = models.TextField(
        "dérogations pour charge disproportionnée",
        max_length=2000,
        blank=True,
        help_text="Une par ligne, avec ce qui est proposé à la place.",
    )
    exempted = models.TextField(
        "contenus non soumis à l’obligation", max_length=2000, blank=True, help_text="Un par ligne."
    )
    technologies = models.TextField(
        "technologies du site",
        max_length=600,
        blank=True,
        default="HTML\nCSS\nSVG\nJavaScript, dont aucune page ne dépend",
        help_text="Une par ligne.",
    )
    environment = models.TextField(
        "environnement de test",
        max_length=1200,
        blank=True,
        help_text="Une combinaison par ligne\u00a0: navigateur, lecteur d’écran, système.",
    )
    tools = models.TextField(
        "outils d’évaluation", max_length=1200, blank=True, help_text="Un par ligne."
    )
    checked_pages = models.TextField(
        "pages vérifiées", max_length=2000, blank=True, help_text="Une par ligne, avec son adresse."
    )
    contact = models.CharField(
        "personne à joindre",
        max_length=200,
        blank=True,
        help_text="En plus de la page de contact\u00a0: un nom ou une fonction, et un téléphone.",
    )

    panels = [
        InlinePanel("audits", heading="Audits", label="Audit"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("failures", "derogations", "exempted")],
            heading="Contenus non accessibles",
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("technologies", "environment", "tools")],
            heading="Établissement de la déclaration",
        ),
        FieldPanel("checked_pages"),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = "déclaration d’accessibilité"
        verbose_name_plural = "déclarations d’accessibilité"

    def __str__(self) -> str:
        return "Déclaration d’accessibilité"

    @property
    def not_accessible(self) -> list[tuple[str, list[str]]]:
        """What cannot be read by everybody, under its titles; what is empty is left out."""
        return self._listed("failures", "derogations", "exempted")

    @property
    def how_it_was_made(self) -> list[tuple[str, list[str]]]:
        """With what the site is made and was looked at."""
        return self._listed("technologies", "environment", "tools", "checked_pages")

    def _listed(self, *names: str) -> list[tuple[str, list[str]]]:
        titles = ((str(self._meta.get_field(name).verbose_name), name) for name in names)
        return [
            (capfirst(title), [line for line in getattr(self, name).splitlines() if line.strip()])
            for title, name in titles
            if getattr(self, name).strip()
        ]

    @property
    def audit(self) -> "AccessibilityAudit | None":
        """The latest audit, which alone says where the site stands."""
        return self.audits.order_by("-audited_on", "-pk").first()


class AccessibilityAudit(models.Model):
    """An audit of the site. What it found is a rate; its state follows from it."""

    statement = ParentalKey(AccessibilityStatement, on_delete=models.CASCADE, related_name="audits")
    audited_on = models.DateField("date de l’audit")
    auditor = models.CharField("réalisé par", max_length=160)
    reference = models.CharField("référentiel", max_length=40, default=REFERENCE)
    rate = models.DecimalField(
        "taux de conformité (%)",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="La part des critères respectés, parmi ceux qui s’appliquent.",
    )
    report = models.URLField("rapport en ligne", blank=True)

    panels = [FieldPanel(name) for name in ("audited_on", "auditor", "reference", "rate", "report")]

    class Meta:
        verbose_name = "audit d’accessibilité"
        verbose_name_plural = "audits d’accessibilité"
        ordering = ["-audited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate__gte=0, rate__lte=100),
                name="accessibility_rate_is_a_percentage",
                violation_error_message="Le taux va de 0 à 100.",
            ),
            models.CheckConstraint(
                condition=~Q(auditor="") & ~Q(reference=""),
                name="accessibility_audit_has_an_author_and_a_reference",
                violation_error_message="Dites qui a fait l’audit, et sur quel référentiel.",
            ),
        ]

    def __str__(self) -> str:
        return f"Audit du {long_date(self.audited_on)}"

    def clean(self) -> None:
        if self.audited_on and self.audited_on > timezone.localdate():
            raise ValidationError({"audited_on": "Cet audit n’a pas encore eu lieu."})

    @property
    def compliance(self) -> Compliance:
        return compliance_of(self.rate)
