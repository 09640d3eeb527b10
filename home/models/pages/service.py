from django.db import models

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.blocks import BodyStreamBlock
from home.models.base import BasePage


class ServicePage(BasePage):
    """What the firm does or is: « Conseil », « Stratégie », « À propos », « Les valeurs »…"""

    kicker = models.CharField(
        "surtitre", max_length=80, blank=True, help_text="Quelques mots au-dessus du titre."
    )
    introduction = models.TextField(
        "introduction", max_length=400, help_text="Le chapeau, en deux ou trois phrases."
    )
    body = StreamField(BodyStreamBlock(), verbose_name="corps de la page")

    content_panels = [
        FieldPanel("kicker"),
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    searched = ("kicker", "introduction", "body")
    opens_over = True

    template = "home/pages/service.html"
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "page de présentation"
        verbose_name_plural = "pages de présentation"
