"""The way back from a screen that is about one page."""

from typing import Any

from django.urls import reverse

from wagtail.models import Page


def page_breadcrumbs(page: Page, label: str) -> list[dict[str, Any]]:
    """The page, then the screen."""
    return [
        {"url": reverse("wagtailadmin_pages:edit", args=[page.pk]), "label": page.title},
        {"url": "", "label": label, "sublabel": page.title},
    ]
