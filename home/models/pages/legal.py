from django.db import models

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.blocks import TextStreamBlock
from home.legal_panel import LegalStatePanel
from home.models.base import BasePage


class LegalPage(BasePage):
    """A page that the law asks for: what can be read from typed facts is never written by hand."""

    class Kind(models.TextChoices):
        NOTICE = "notice", "Mentions légales"
        PRIVACY = "privacy", "Données personnelles"
        ACCESSIBILITY = "accessibility", "Accessibilité"
        TERMS = "terms", "Conditions générales de vente"
        RULES = "rules", "Règlement intérieur"
        OTHER = "other", "Autre page d’information"

    kind = models.CharField(
        "nature",
        max_length=20,
        choices=Kind,
        default=Kind.OTHER,
        help_text=(
            "Les mentions légales montrent l’identité du cabinet (Réglages), la page des données "
            "personnelles le registre des traitements, les conditions de vente leurs réglages : "
            "ces parties ne s’écrivent pas ici. Le règlement intérieur, lui, est tout entier "
            "dans le corps de sa page."
        ),
    )
    introduction = models.TextField("introduction", max_length=400, blank=True)
    body = StreamField(TextStreamBlock(), verbose_name="corps de la page", blank=True)

    content_panels = [
        *BasePage.content_panels,
        LegalStatePanel(heading="Complet\u202f?"),
        FieldPanel("kind"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    searched = ("introduction", "body")

    template = "home/pages/legal.html"
    parent_page_types = ["home.SectionPage", "home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "page légale"
        verbose_name_plural = "pages légales"
