"""« Réclamations » : the register, our answers, and what is done so that it does not come back."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView

from courrier.models import OutgoingMessage
from courrier.services.rehearsal import rehearse
from formation.enums import ComplaintChannel
from formation.forms.complaint import ComplaintFields
from formation.models import Complaint, ImprovementAction
from formation.services import complaints
from formation.services.complaints import COMPLAINT_LIFECYCLE
from site_enys.admin import PersonalDataViewSet, admin_url
from site_enys.admin.viewsets import SafeIndexView, SafeInspectView
from site_enys.exceptions import Refused

from .forms import DeskForm
from .screens import Screen


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
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Complaint]:
        rows = super().get_queryset(request)
        return rows.select_related("session").prefetch_related("actions")

    def name_of(self, obj: Complaint) -> str:
        return f"{obj.reference}, {obj.subject}"


class AnswerForm(DeskForm):
    answer = forms.CharField(
        label="Notre réponse",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Envoyée telle quelle, après « Bonjour » et avant la signature de l’équipe.",
        error_messages={"required": "Écrivez la réponse."},
    )
    root_cause = forms.CharField(
        label="La cause, pour nous",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Gardée dans le registre, jamais envoyée.",
    )


class AnswerScreen(Screen):
    model = Complaint
    permission = "formation.change_complaint"
    header_icon = "mail"
    title = "Répondre"
    button = "Envoyer la réponse"
    takes_reason = False

    @property
    def explanation(self) -> str:  # type: ignore[override]
        if self.record.author_email:
            return f"La réponse part à {self.record.author_email}, et reste dans le registre."
        return (
            "Cette personne n’a pas donné d’adresse électronique\u00a0: répondez-lui par téléphone "
            "ou par courrier, puis enregistrez ici ce qui lui a été répondu."
        )

    def make_form(self, data: Any = None, files: Any = None) -> AnswerForm:
        kept = {"answer": self.record.answer, "root_cause": self.record.root_cause}
        return AnswerForm(data, initial=kept)

    def obstacle(self) -> Refused | None:
        return COMPLAINT_LIFECYCLE.refusal(self.record, "answer", self.by, self.now)

    def run(self, form: AnswerForm, reason: str) -> str:
        complaints.answer(
            self.record,
            form.cleaned_data["answer"],
            root_cause=form.cleaned_data["root_cause"],
            by=self.by,
            now=self.now,
        )
        return "La réponse est enregistrée."


class WrittenDownForm(ComplaintFields, DeskForm):
    """A complaint that came otherwise, with the day on which it came."""

    channel = forms.ChoiceField(
        label="Reçue par",
        choices=[choice for choice in ComplaintChannel.choices if choice[0] != "form"],
    )
    received_on = forms.DateField(
        label="Reçue le", widget=AdminDateInput, help_text="Le délai de réponse part de ce jour."
    )
    field_order = ["channel", "received_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["author_kind"].label = "De la part d’un"
        self.fields["author_name"].label = "Nom"
        self.fields["author_email"].label = "Adresse électronique"
        self.fields["author_phone"].label = "Téléphone"
        self.fields["text"].label = "Ce qui a été dit ou écrit"

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore passé.")
        return day

    def received_at(self, now: datetime) -> datetime:
        """At noon of that day, or now when it is today: the hour of a letter is not known."""
        day = self.cleaned_data["received_on"]
        noon = timezone.localtime(now).replace(hour=12, minute=0, second=0, microsecond=0)
        return min(now, noon.replace(year=day.year, month=day.month, day=day.day))


class AddScreen(Screen):
    """Writing down what came by telephone, by letter or in person."""

    model = Complaint
    permission = "formation.add_complaint"
    header_icon = "warning"
    title = "Inscrire une réclamation"
    button = "Inscrire au registre"
    takes_reason = False
    explanation = (
        "Reçue par téléphone, par courrier ou de vive voix. Si la personne a une adresse "
        "électronique, l’accusé de réception part aussitôt, avec sa référence."
    )

    @cached_property
    def record(self) -> Complaint:
        return Complaint()

    def make_form(self, data: Any = None, files: Any = None) -> WrittenDownForm:
        return WrittenDownForm(data, initial={"received_on": timezone.localdate(self.now)})

    def run(self, form: WrittenDownForm, reason: str) -> str:
        arrival = complaints.Arrival(
            channel=form.cleaned_data["channel"],
            by=self.by,
            received_at=form.received_at(self.now),
        )
        self.record = complaints.receive(
            form.answers(), self.now, session=form.session, arrival=arrival
        )
        return f"La réclamation {self.record.reference} est inscrite au registre."

    @property
    def back_url(self) -> str:
        return admin_url(Complaint, *(["inspect", self.record.pk] if self.record.pk else ["list"]))

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": admin_url(Complaint, "list"), "label": "Réclamations"},
            {"url": "", "label": self.title},
        ]


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


urlpatterns: list[URLPattern] = [
    path("formation/reclamations/inscrire/", AddScreen.as_view(), name="formation_complaint_add"),
    path(
        "formation/reclamations/<int:pk>/repondre/",
        AnswerScreen.as_view(),
        name="formation_complaint_answer",
    ),
]
