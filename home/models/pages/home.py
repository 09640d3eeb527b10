from typing import Any

from django.db import models
from django.http import HttpRequest

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField

from home.blocks import BodyStreamBlock
from home.models.base import BasePage
from home.services.visibility import has_door

from .service import ServicePage


class HomePage(BasePage):
    """The only root of the site."""

    headline = models.CharField(
        "phrase d’ouverture",
        max_length=120,
        help_text="La première phrase que lit un visiteur. Une promesse, pas un slogan.",
    )
    introduction = models.TextField(
        "introduction",
        max_length=400,
        help_text="Deux ou trois phrases\u00a0: ce que fait le cabinet, pour qui.",
    )
    opened_page = models.ForeignKey(
        "home.ServicePage",
        verbose_name="page ouverte par-dessus l’accueil",
        help_text=(
            "Son texte s’ouvre à l’arrivée, une fois par visite, avec une croix pour le "
            "fermer\u202f; il reste accessible par un lien. Rien ne s’ouvre si ce champ est vide."
        ),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyStreamBlock(), verbose_name="corps de la page", blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("headline"), FieldPanel("introduction")], heading="Ouverture"),
        PageChooserPanel("opened_page", "home.ServicePage"),
        FieldPanel("body"),
    ]
    searched = ("headline", "introduction", "body")

    template = "home/pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"opened": self.page_to_open()}

    def page_to_open(self) -> ServicePage | None:
        """The page to open over this one, if it is published and open to everybody."""
        page = self.opened_page
        return page if page and page.live and not has_door(page.path) else None
