from django.db import models

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.blocks import ReferencesStreamBlock
from home.models.base import BasePage


class ReferencesPage(BasePage):
    """Who trusted the firm, by sector."""

    introduction = models.TextField("introduction", max_length=400)
    body = StreamField(ReferencesStreamBlock(), verbose_name="références")

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    searched = ("introduction", "body")

    template = "home/pages/references.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = "page des références"
        verbose_name_plural = "pages des références"
