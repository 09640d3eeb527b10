"""« Export LHEO » : which courses other catalogues read, and what the others lack."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from formation.models import CatalogueIndexPage
from formation.services.offer import offer
from home.models import OrganisationSettings

from .breadcrumbs import page_breadcrumbs


class OfferView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "formation/admin/offer.html"
    page_title = "Export LHEO"
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.catalogue = get_object_or_404(CatalogueIndexPage)
        if not self.catalogue.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *page_breadcrumbs(self.catalogue, self.page_title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organisation = OrganisationSettings.for_request(self.request)
        return super().get_context_data(**kwargs) | {"offer": offer(organisation, timezone.now())}
