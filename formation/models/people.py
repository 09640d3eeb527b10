"""Who teaches, and where."""

import uuid

from django.db import models

from wagtail.admin.panels import FieldPanel


class Trainer(models.Model):
    """A trainer; the titles are shown on the course pages (articles L6353-4 and L6353-8)."""

    name = models.CharField("prénom et nom", max_length=120)
    qualifications = models.CharField(
        "titres et qualités",
        max_length=300,
        help_text="Diplômes et expérience, montrés sur les pages des formations.",
    )
    email = models.EmailField("adresse électronique", blank=True, help_text="Jamais publiée.")

    public_id = models.UUIDField("lien", default=uuid.uuid4, unique=True, editable=False)
    link_nonce = models.UUIDField("clé du lien", default=uuid.uuid4, editable=False)
    subcontractor = models.BooleanField(
        "sous-traitant",
        default=False,
        help_text="Intervient sous contrat de prestation, et non comme salarié (indicateur 27).",
    )
    declaration_number = models.CharField(
        "déclaration d’activité du sous-traitant",
        max_length=20,
        blank=True,
        help_text="Le numéro à onze chiffres, s’il est lui-même déclaré.",
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("qualifications"),
        FieldPanel("email"),
        FieldPanel("subcontractor"),
        FieldPanel("declaration_number"),
    ]

    class Meta:
        verbose_name = "formateur"
        verbose_name_plural = "formateurs"
        ordering = ["name"]

    def __str__(self) -> str:
        # A public name: it is printed on the course pages.
        return self.name


class Venue(models.Model):
    """A place where sessions are held."""

    name = models.CharField("nom", max_length=120, unique=True)
    address = models.TextField("adresse", max_length=300)
    city = models.CharField("ville", max_length=80)
    access = models.TextField(
        "accès et accessibilité",
        max_length=1000,
        blank=True,
        help_text="Transports, stationnement, accès des personnes à mobilité réduite.",
    )

    panels = [FieldPanel("name"), FieldPanel("address"), FieldPanel("city"), FieldPanel("access")]

    class Meta:
        verbose_name = "lieu"
        verbose_name_plural = "lieux"
        ordering = ["city", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"

    @property
    def address_on_one_line(self) -> str:
        return ", ".join(self.address.splitlines())
