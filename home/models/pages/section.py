from typing import Any

from django.db import models
from django.http import HttpRequest

from wagtail.admin.panels import FieldPanel

from home.models.base import BasePage
from home.services.visibility import behind_a_door


class SectionPage(BasePage):
    """A page that only leads to its children, as « Infos administratives »."""

    introduction = models.TextField("introduction", max_length=400, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    searched = ("introduction",)

    template = "home/pages/section.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ContactPage", "home.LegalPage", "home.ServicePage"]

    class Meta:
        verbose_name = "rubrique"
        verbose_name_plural = "rubriques"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        children = self.get_children().live().filter(~behind_a_door()).specific()
        return super().get_context(request, *args, **kwargs) | {"children": children}
