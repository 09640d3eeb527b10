"""Who handles personal data for the firm (RGPD, article 28), typed once and shown to everybody."""

from django.db import models
from django.db.models import Q

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class SubProcessor(Orderable):
    """A company that handles data on our behalf: the host, the relay of our e-mails…"""

    organisation = ParentalKey(
        "home.OrganisationSettings", on_delete=models.CASCADE, related_name="sub_processors"
    )
    name = models.CharField("nom", max_length=120)
    role = models.CharField(
        "ce qu’il fait pour nous",
        max_length=160,
        help_text="Héberge le site, envoie le courrier…",
    )
    country = models.CharField("pays où sont les données", max_length=80)
    link = models.URLField("page sur ses engagements", blank=True)
    outside_union = models.BooleanField("hors de l’Union européenne", default=False)
    safeguard = models.CharField(
        "ce qui encadre ce transfert",
        max_length=200,
        blank=True,
        help_text="Hors de l’Union\u00a0: décision d’adéquation, clauses contractuelles types…",
    )

    panels = [
        FieldPanel(name)
        for name in ("name", "role", "country", "link", "outside_union", "safeguard")
    ]

    class Meta(Orderable.Meta):
        verbose_name = "sous-traitant"
        verbose_name_plural = "sous-traitants"
        constraints = [
            models.CheckConstraint(
                condition=Q(outside_union=False) | ~Q(safeguard=""),
                name="transfer_outside_the_union_has_a_safeguard",
                violation_error_message=(
                    "Dites ce qui encadre ce transfert hors de l’Union (RGPD, art. 45 et 46)."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name
