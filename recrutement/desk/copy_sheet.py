"""« Copier pour… » : what to paste in the forms of the job sites, and the poster to print."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from recrutement.documents.copy_sheet import sheets
from recrutement.models import JobOfferPage


def may_copy(request_user: Any, offer: JobOfferPage) -> bool:
    """Whoever may write the offer may take it elsewhere."""
    return offer.permissions_for_user(request_user).can_edit()


class CopySheetView(WagtailAdminTemplateMixin, TemplateView):
    """The offer as it is online; a draft, as it was last saved."""

    template_name = "recrutement/admin/copy_sheet.html"
    page_title = "Copier pour France Travail, Apec, LinkedIn"
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.offer = get_object_or_404(JobOfferPage, pk=kwargs["pk"])
        if not may_copy(request.user, self.offer):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.offer.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("offres:index"), "label": "Offres"},
            {"url": edit, "label": self.offer.title},
            {"url": "", "label": self.page_title, "sublabel": self.offer.reference},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "offer": self.offer,
            "sheets": sheets(self.offer),
            "is_open": self.offer.is_open(timezone.now()),
        }
