"""« À contacter pour un aménagement »: who asked to be called, how, and before which session."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from formation.models import Enrolment
from formation.services import upkeep
from site_enys.admin import admin_url
from site_enys.admin.pages import DeskPage
from site_enys.states import staff


class CallsView(DeskPage):
    template_name = "formation/admin/calls.html"
    page_title = "À contacter pour un aménagement"
    header_icon = "mail"
    permission = "formation.view_enrolment"

    def needed(self, request: HttpRequest) -> str:
        return "formation.change_enrolment" if request.method == "POST" else self.permission

    def post(self, request: HttpRequest) -> HttpResponse:
        typed = request.POST.get("qui", "")
        known = typed.isascii() and typed.isdigit() and len(typed) < 18
        enrolment = get_object_or_404(Enrolment, pk=typed if known else None)
        upkeep.note_call(enrolment, by=staff(request.user), now=timezone.now())
        messages.success(request, f"{enrolment.full_name} n’est plus à contacter.")
        return redirect("formation_calls")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = upkeep.people_to_call(timezone.now())
        rows = [
            (enrolment, admin_url(Enrolment, "inspect", enrolment.pk))
            for enrolment in people.select_related("request", "session__course")
        ]
        may_change = self.request.user.has_perm("formation.change_enrolment")
        return super().get_context_data(rows=rows, may_change=may_change, **kwargs)
