"""« Actions d’amélioration » : what is done so that it does not come back (indicator 32)."""

from django.db.models import QuerySet
from django.http import HttpRequest

from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import CreateView

from formation.models import Complaint, ImprovementAction
from site_enys.admin import PersonalDataViewSet


class ImprovementActionCreateView(CreateView):
    """A new action, already tied to the complaint whose screen led here."""

    def get_initial_form_instance(self) -> ImprovementAction:
        action = super().get_initial_form_instance() or ImprovementAction()
        typed = self.request.GET.get("complaint", "")
        if typed.isascii() and typed.isdigit() and len(typed) < 18:
            action.complaint = Complaint.objects.filter(pk=typed).first()
            action.session = action.complaint.session if action.complaint else None
        return action


class ImprovementActionViewSet(PersonalDataViewSet):
    model = ImprovementAction
    icon = "tick-inverse"
    menu_label = "Actions d’amélioration"
    offered_actions = ("add", "change", "delete", "view")
    inspect_view_enabled = False
    add_view_class = ImprovementActionCreateView
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("description"),
            FieldRowPanel([FieldPanel("complaint"), FieldPanel("session")]),
            FieldRowPanel([FieldPanel("responsible"), FieldPanel("due_on")]),
            FieldRowPanel([FieldPanel("done_on"), FieldPanel("result")]),
        ]
    )
    list_display = [
        "title",
        Column("complaint", label="Réclamation", accessor="complaint_reference"),
        Column("session", label="Session", accessor="session_code"),
        "responsible",
        DateColumn("due_on", label="Échéance", sort_key="due_on"),
        DateColumn("done_on", label="Faite le", sort_key="done_on"),
    ]
    list_filter = ["due_on", "done_on"]
    search_fields = ["title", "description", "responsible", "complaint__reference"]
    list_export = [
        "title",
        "description",
        "complaint_reference",
        "session_code",
        "responsible",
        "due_on",
        "done_on",
        "result",
    ]
    export_headings = {"complaint_reference": "Réclamation", "session_code": "Session"}
    export_filename = "actions-amelioration"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImprovementAction]:
        return super().get_queryset(request).select_related("complaint", "session")
