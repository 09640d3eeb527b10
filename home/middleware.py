"""The way to a page, and what becomes of a refused publication."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from wagtail.views import serve

from home.models import NotPublishable
from home.services import routing


class KnownRoute(MiddlewareMixin):
    """Finds the page of an address before Wagtail does, from what is in memory."""

    def process_view(
        self, request: HttpRequest, view: Any, args: Sequence[str], _kwargs: Any
    ) -> None:
        if view is serve:
            routing.prepare(request, *args)


class RefusedPublications(MiddlewareMixin):
    """Bulk publication and workflow approval do not pass through the page's form.

    What `BasePage.save` refuses there would be a 500: say it, and show the page to correct. The
    view's transaction has been rolled back, so that nothing is half published.
    """

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, NotPublishable):
            return None
        messages.error(
            request,
            f"La page «\u00a0{error.page.title}\u202f» ne peut pas encore être publiée. "
            f"{' '.join(error.sentences)} Rien n’a été publié.",
        )
        # A page that would have been born live, as a copy, does not exist: back to the form.
        url = request.get_full_path()
        if error.page.pk:
            url = reverse("wagtailadmin_pages:edit", args=[error.page.pk])
        # Wagtail's modal windows read an answer in JSON.
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": url})
        return redirect(url)
