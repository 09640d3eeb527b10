from http import HTTPMethod
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse

from wagtail.admin.panels import FieldPanel

from home.models.base import BasePage


class ContactPage(BasePage):
    """Where to write to the firm: the details of the settings, and the form."""

    introduction = models.TextField("introduction", max_length=400)
    promise = models.CharField(
        "délai de réponse",
        max_length=160,
        blank=True,
        help_text=(
            "Une phrase qui engage\u00a0: «\u00a0Nous répondons sous deux jours ouvrés.\u202f»"
        ),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("promise"),
    ]
    searched = ("introduction",)

    template = "home/pages/contact.html"
    parent_page_types = ["home.SectionPage"]
    subpage_types: list[str] = []
    max_count = 1
    allowed_http_methods = [
        HTTPMethod.GET,
        HTTPMethod.HEAD,
        HTTPMethod.OPTIONS,
        HTTPMethod.POST,
    ]

    class Meta:
        verbose_name = "page de contact"
        verbose_name_plural = "pages de contact"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from home.views import contact  # noqa: PLC0415 - views stand to the right of models

        return contact(request, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.forms import ContactForm  # noqa: PLC0415 - forms stand to the right of models

        context = super().get_context(request, *args, **kwargs)
        return context | {"form": kwargs.get("form") or ContactForm()}
