"""« Documents délivrés » : the list of all of them, in force or not."""

from typing import Any

from django.db.models import QuerySet
from django.forms import RadioSelect
from django.http import HttpRequest
from django.urls import reverse

from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column, DateColumn

from django_filters import ChoiceFilter, DateFromToRangeFilter

from formation.models import IssuedDocument
from site_enys.admin import PersonalDataViewSet
from site_enys.admin.viewsets import SafeFilterSet, SafeInspectView


class IssuedDocumentFilterSet(SafeFilterSet):
    state = ChoiceFilter(
        label="Valeur",
        method="of_state",
        choices=[("en-vigueur", "En vigueur"), ("annule", "Annulé")],
        empty_label="Tous",
        widget=RadioSelect,
    )
    issued_at = DateFromToRangeFilter(label="Délivré le", widget=DateRangePickerWidget)

    class Meta:
        model = IssuedDocument
        fields = ["kind", "session", "state", "issued_at"]

    def of_state(
        self, rows: QuerySet[IssuedDocument], name: str, value: str
    ) -> QuerySet[IssuedDocument]:
        return rows.filter(revoked_at__isnull=value == "en-vigueur")


class IssuedDocumentInspectView(SafeInspectView):
    """One version of a document, with the way to its file and to its session."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "file_url": reverse("formation_issued_file", args=[self.object.pk]),
            "documents_url": reverse("formation_session_documents", args=[self.object.session_id]),
        }


class IssuedDocumentViewSet(PersonalDataViewSet):
    model = IssuedDocument
    icon = "doc-full"
    menu_label = "Documents délivrés"
    filterset_class = IssuedDocumentFilterSet
    inspect_view_class = IssuedDocumentInspectView
    inspect_template_name = "formation/admin/issued_inspect.html"
    list_display = [
        "__str__",
        Column("version", label="Version", accessor="version"),
        Column("person", label="Personne", accessor="enrolment.full_name"),
        Column("session", label="Session", accessor="session.code", sort_key="session"),
        DateColumn("issued_at", label="Délivré le", sort_key="issued_at"),
        DateColumn("revoked_at", label="Annulé le", sort_key="revoked_at"),
    ]
    search_fields = [
        "number",
        "check_code",
        "session__code",
        "enrolment__first_name",
        "enrolment__last_name",
        "request__reference",
        "request__organisation",
    ]
    list_export = [
        "kind",
        "number",
        "version",
        "session.code",
        "enrolment.full_name",
        "request.organisation",
        "issued_at",
        "revoked_at",
        "revoked_reason",
        "sha256",
    ]
    export_headings = {
        "session.code": "Session",
        "enrolment.full_name": "Personne",
        "request.organisation": "Organisme",
    }
    export_filename = "documents-delivres"
    inspect_view_fields = [
        "kind",
        "number",
        "version",
        "session",
        "issued_at",
        "issued_by",
        "revoked_at",
        "revoked_reason",
        "check_code",
        "sha256",
        "template_version",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[IssuedDocument]:
        rows = super().get_queryset(request).defer("data")
        return rows.select_related("session", "enrolment", "request")
