"""« Candidatures »: the list, one application, its transitions, the spreadsheet."""

from typing import Any

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe

from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from django_filters import ChoiceFilter, DateFromToRangeFilter, MultipleChoiceFilter

from courrier.models import OutgoingMessage
from recrutement.enums import ApplicationState
from recrutement.models import Application, RecruitmentSettings
from recrutement.models.applications import ApplicationQuerySet
from recrutement.services import retention
from recrutement.services.lifecycle import LIFECYCLE
from site_enys.admin import PersonalDataViewSet
from site_enys.admin.viewsets import SafeInspectView

from .retention import ErasedOnColumn, ForgetView

KINDS = (("offre", "Pour une offre"), ("spontanee", "Spontanée"))


class ApplicationFilterSet(WagtailFilterSet):
    state = MultipleChoiceFilter(
        label="État", choices=ApplicationState.choices, widget=CheckboxSelectMultiple
    )
    kind = ChoiceFilter(
        label="Nature", method="of_kind", choices=KINDS, empty_label="Toutes", widget=RadioSelect
    )
    overdue = ChoiceFilter(
        label="Réponse",
        method="only_overdue",
        choices=[("oui", "En retard")],
        empty_label="Toutes",
        widget=RadioSelect,
    )
    submitted_at = DateFromToRangeFilter(label="Envoyée le", widget=DateRangePickerWidget)

    class Meta:
        model = Application
        fields = ["state", "offer", "kind", "overdue", "source", "submitted_at"]

    def of_kind(self, rows: ApplicationQuerySet, name: str, value: str) -> ApplicationQuerySet:
        return rows.filter(offer__isnull=value == "spontanee")

    def only_overdue(self, rows: ApplicationQuerySet, name: str, value: str) -> ApplicationQuerySet:
        return rows.overdue(timezone.now())


class ApplicationInspectView(SafeInspectView):
    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        return "—" if value in (None, "") else value

    def get_message_display_value(self) -> str:
        """With its paragraphs, as the person wrote it."""
        return mark_safe(linebreaks(self.object.message, autoescape=True))  # noqa: S308 - escaped

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_read = self.request.user.has_perm("recrutement.view_applicationdocument")
        return super().get_context_data(**kwargs) | {
            "documents": self.object.documents.select_related("application") if may_read else [],
            "countdown": retention.countdown(self.object, RecruitmentSettings.load()),
            "may_hold": self.request.user.has_perm("recrutement.hold_application"),
            "sent_messages": OutgoingMessage.objects.about(self.object).order_by("created_at"),
        }


class ApplicationViewSet(PersonalDataViewSet):
    model = Application
    icon = "user"
    menu_label = "Candidatures"
    lifecycle = LIFECYCLE
    offered_actions = ("view", "delete")
    delete_view_class = ForgetView
    inspect_view_class = ApplicationInspectView
    inspect_template_name = "recrutement/admin/inspect.html"
    filterset_class = ApplicationFilterSet
    search_fields = ["reference", "last_name", "first_name", "email"]
    ordering = ["-submitted_at"]
    list_display = [
        "__str__",
        Column("full_name", label="Nom", sort_key="last_name"),
        Column("subject", label="Pour", sort_key="offer__title"),
        Column("get_state_display", label="État", sort_key="state"),
        DateColumn("submitted_at", label="Envoyée", sort_key="submitted_at"),
        Column("answer_by", label="Réponse promise", sort_key="answer_by"),
        ErasedOnColumn("erased_on", label="Effacée le"),
    ]
    list_export = [
        "reference",
        "last_name",
        "first_name",
        "email",
        "phone",
        "subject",
        "state",
        "source",
        "submitted_at",
        "answer_by",
        "state_changed_at",
    ]
    export_filename = "candidatures"
    inspect_view_fields = [
        "reference",
        "subject",
        "first_name",
        "last_name",
        "email",
        "phone",
        "message",
        "source",
        "state",
        "state_changed_at",
        "submitted_at",
        "answer_by",
        "first_read_at",
        "notice_version",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        rows = retention.with_retention(super().get_queryset(request)).select_related("offer")
        if request.user.has_perm("recrutement.hold_application"):
            return rows
        return retention.without_archive(rows, timezone.now())
