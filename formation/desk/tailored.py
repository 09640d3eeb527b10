"""« Sur mesure » : the organisations that ask for a course of their own."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn

from courrier.models import OutgoingMessage
from formation.enums import TailoredState
from formation.models import TailoredRequest
from formation.services.tailored import TAILORED_LIFECYCLE
from site_enys.admin import PersonalDataViewSet
from site_enys.admin.viewsets import SafeInspectView


class TailoredRequestInspectView(SafeInspectView):
    """One request, with the e-mails that left about it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["mails"] = OutgoingMessage.objects.about(self.object).order_by("created_at", "pk")
        won = self.object.state == TailoredState.WON
        if won and self.request.user.has_perm("formation.add_session"):
            course = f"?course={self.object.course_id}" if self.object.course_id else ""
            context["plan_url"] = reverse("formation_whole_days") + course
        return context


class TailoredRequestViewSet(PersonalDataViewSet):
    model = TailoredRequest
    icon = "clipboard-list"
    menu_label = "Sur mesure"
    lifecycle = TAILORED_LIFECYCLE
    inspect_view_class = TailoredRequestInspectView
    inspect_template_name = "formation/admin/tailored_inspect.html"
    list_display = [
        "__str__",
        Column("organisation", label="Organisme", sort_key="organisation"),
        Column("course", label="Formation", accessor="course_title"),
        NumberColumn("headcount", label="Personnes", sort_key="headcount"),
        "place",
        Column("state", label="État", accessor="get_state_display", sort_key="state"),
        DateColumn("state_changed_at", label="Depuis", sort_key="state_changed_at"),
        DateColumn("created_at", label="Reçue le", sort_key="created_at"),
    ]
    list_filter = ["state", "course", "created_at"]
    search_fields = [
        "reference",
        "organisation",
        "siret",
        "contact_name",
        "contact_email",
        "place",
        "need",
    ]
    list_export = [
        "reference",
        "course_title",
        "organisation",
        "siret",
        "contact_name",
        "contact_email",
        "contact_phone",
        "headcount",
        "period",
        "place",
        "need",
        "state",
        "created_at",
        "state_changed_at",
    ]
    export_headings = {"course_title": "Formation"}
    export_filename = "demandes-sur-mesure"
    inspect_view_fields = [
        "course",
        "organisation",
        "siret",
        "contact_name",
        "contact_email",
        "contact_phone",
        "headcount",
        "period",
        "place",
        "need",
        "state",
        "notice_version",
        "notice_shown_at",
        "created_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[TailoredRequest]:
        return super().get_queryset(request).select_related("course")
