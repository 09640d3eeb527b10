"""« À contacter pour un aménagement »: who asked to be called, how, and before which session."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from formation.models import Enrolment
from formation.services import upkeep
from site_enys.admin import admin_url
from site_enys.states import staff


class CallsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "formation/admin/calls.html"
    page_title = "À contacter pour un aménagement"
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        act = "change" if request.method == "POST" else "view"
        if not request.user.has_perm(f"formation.{act}_enrolment"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        typed = request.POST.get("qui", "")
        known = typed.isascii() and typed.isdigit() and len(typed) < 18
        enrolment = get_object_or_404(Enrolment, pk=typed if known else None)
        upkeep.note_call(enrolment, by=staff(request.user), now=timezone.now())
        messages.success(request, f"{enrolment.full_name} n’est plus à contacter.")
        return redirect("formation_calls")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = upkeep.people_to_call(timezone.now())
        rows = [
            (enrolment, admin_url(Enrolment, "inspect", enrolment.pk))
            for enrolment in people.select_related("request", "session__course")
        ]
        may_change = self.request.user.has_perm("formation.change_enrolment")
        return super().get_context_data(rows=rows, may_change=may_change, **kwargs)
