"""« Réclamations » : the register, each complaint with its delay and what follows from it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button

from courrier.models import OutgoingMessage
from courrier.services.rehearsal import rehearse
from formation.models import Complaint, ImprovementAction
from formation.services import complaints
from formation.services.complaints import COMPLAINT_LIFECYCLE
from site_enys.admin import PersonalDataViewSet, admin_url
from site_enys.admin.viewsets import SafeIndexView, SafeInspectView


def delay_in_words(complaint: Complaint) -> str:
    """« 12 jours », « 34 jours, en retard »."""
    now = timezone.now()
    days = f"{complaints.delay_days(complaint, now)}\u00a0j"
    return f"{days}, en retard" if complaints.is_late(complaint, now) else days


class ComplaintIndexView(SafeIndexView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        if self.request.user.has_perm("formation.add_complaint"):
            url = reverse("formation_complaint_add")
            buttons.append(Button("Inscrire une réclamation", url=url, icon_name="plus"))
        return buttons


class ComplaintInspectView(SafeInspectView):
    """One complaint: what to do, our answer, the actions that follow, the e-mails."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user, pk = self.request.user, self.object.pk
        context |= {
            "delay": delay_in_words(self.object),
            "due_on": complaints.due_on(self.object),
            "answer_url": reverse("formation_complaint_answer", args=[pk])
            if user.has_perm("formation.change_complaint")
            and self.object.state in COMPLAINT_LIFECYCLE.by_name["answer"].sources
            else "",
            "add_action_url": f"{admin_url(ImprovementAction, 'add')}?complaint={pk}"
            if user.has_perm("formation.add_improvementaction")
            else "",
            "actions": [
                (action, admin_url(ImprovementAction, "edit", action.pk))
                for action in self.object.actions.all()
            ],
            "mails": OutgoingMessage.objects.about(self.object).order_by("created_at", "pk"),
        }
        return context


class ComplaintViewSet(PersonalDataViewSet):
    model = Complaint
    icon = "warning"
    menu_label = "Réclamations"
    lifecycle = COMPLAINT_LIFECYCLE
    rehearse = staticmethod(rehearse)
    rehearsed_for = "formation.view_complaint"
    index_view_class = ComplaintIndexView
    inspect_view_class = ComplaintInspectView
    inspect_template_name = "formation/admin/complaint_inspect.html"
    list_display = [
        "__str__",
        Column("subject", label="Objet", accessor="subject"),
        Column("author", label="De la part de", accessor="author_name"),
        Column("kind", label="À titre de", accessor="get_author_kind_display"),
        Column("session", label="Session", accessor="session_code"),
        Column("state", label="État", accessor="get_state_display", sort_key="state"),
        DateColumn("received_at", label="Reçue le", sort_key="received_at"),
        Column("delay", label="Délai", accessor=delay_in_words),
    ]
    list_filter = ["state", "author_kind", "channel", "session", "received_at"]
    search_fields = ["reference", "subject", "author_name", "author_email", "text"]
    list_export = [
        "reference",
        "received_at",
        "channel",
        "author_kind",
        "author_name",
        "author_email",
        "author_phone",
        "session_code",
        "subject",
        "text",
        "state",
        "acknowledged_at",
        "answered_at",
        "answer",
        "root_cause",
        "actions_in_words",
    ]
    export_headings = {"session_code": "Session", "actions_in_words": "Actions d’amélioration"}
    export_filename = "reclamations"
    inspect_view_fields = [
        "subject",
        "text",
        "author_name",
        "author_kind",
        "author_email",
        "author_phone",
        "channel",
        "session",
        "state",
        "received_at",
        "acknowledged_at",
        "answered_at",
        "answer",
        "root_cause",
        "notice_version",
        "notice_shown_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Complaint]:
        rows = super().get_queryset(request)
        return rows.select_related("session").prefetch_related("actions")

    def name_of(self, obj: Complaint) -> str:
        return f"{obj.reference}, {obj.subject}"
