"""« Évaluations » : what was sent to whom and what came back, a reminder, the funder's address."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from wagtail.admin.ui.tables import Column, DateColumn

from courrier.models import OutgoingMessage
from formation.forms.fields import email_field
from formation.models import EnrolmentRequest, Survey
from formation.questionnaires import QUESTIONNAIRES
from formation.services import surveys
from site_enys.admin import DeskForm, PersonalDataViewSet
from site_enys.admin.viewsets import SafeInspectView
from site_enys.exceptions import Refused

from .screens import Screen


class SurveyInspectView(SafeInspectView):
    """One questionnaire; the answers of trainees on a course are read only with the group's."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked = QUESTIONNAIRES[self.object.kind]
        may_remind = self.request.user.has_perm(RemindScreen.permission)
        refused = surveys.reminder_refusal(self.object, timezone.now())
        context |= {
            "asked": asked,
            "closes_at": surveys.closes_at(self.object),
            "lines": self.object.told if asked.named else (),
            "remind_url": reverse("formation_survey_remind", args=[self.object.pk])
            if may_remind and refused is None
            else "",
            "results_url": reverse("formation_session_results", args=[self.object.session_id]),
            "mails": OutgoingMessage.objects.about(self.object).order_by("created_at", "pk"),
        }
        return context


class SurveyViewSet(PersonalDataViewSet):
    model = Survey
    icon = "form"
    menu_label = "Évaluations"
    inspect_view_class = SurveyInspectView
    inspect_template_name = "formation/admin/survey_inspect.html"
    list_display = [
        "__str__",
        Column("session", label="Session", accessor="session.code", sort_key="session"),
        Column("who", label="Envoyée à", accessor="respondent_name"),
        DateColumn("sent_at", label="Le", sort_key="sent_at"),
        Column("reminders", label="Relances", sort_key="reminders"),
        DateColumn("answered_at", label="Réponse", sort_key="answered_at"),
    ]
    list_filter = ["kind", "session", "session__course", "sent_at", "answered_at"]
    search_fields = ["session__code", "session__course__title"]
    # Marks and words, and nobody's name: the file goes on to meetings.
    list_export = [
        "session.code",
        "session.course.title",
        "session.ends_at",
        "kind",
        "sent_at",
        "answered_at",
        "rating",
        "answers_in_words",
        "comment",
        "may_publish",
    ]
    export_headings = {
        "session.code": "Session",
        "session.course.title": "Formation",
        "session.ends_at": "Fin",
        "answers_in_words": "Réponses",
    }
    export_filename = "evaluations"
    inspect_view_fields = [
        "session",
        "respondent_name",
        "address",
        "sent_at",
        "reminders",
        "reminded_at",
        "answered_at",
        "notice_version",
        "notice_shown_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Survey]:
        rows = super().get_queryset(request)
        return rows.select_related("session__course", "enrolment", "request", "trainer")

    def name_of(self, obj: Survey) -> str:
        return f"{obj.respondent_name or obj.get_kind_display()}, {obj.session.code}"


class RemindScreen(Screen):
    model = Survey
    permission = "formation.change_enrolment"
    header_icon = "mail"
    title = "Relancer"
    button = "Envoyer la relance"
    explanation = "Deux relances au plus partent pour un questionnaire, celles du site comprises."
    takes_reason = False

    def obstacle(self) -> Refused | None:
        return surveys.reminder_refusal(self.record, self.now)

    def run(self, form: Any, reason: str) -> str:
        surveys.remind(self.record, now=self.now)
        return "La relance part."


class FunderForm(DeskForm):
    email = email_field("Adresse électronique du financeur", autocomplete="off")


class FunderScreen(Screen):
    """The address that only staff knows, and the e-mail that goes there."""

    model = EnrolmentRequest
    header_icon = "mail"
    title = "Écrire au financeur"
    button = "Envoyer le questionnaire"
    takes_reason = False
    explanation = (
        "Qui a payé la formation reçoit un court questionnaire. Une autre adresse remplace la "
        "première tant que personne n’a répondu."
    )

    def make_form(self, data: Any = None, files: Any = None) -> FunderForm:
        return FunderForm(data)

    def obstacle(self) -> Refused | None:
        return surveys.funder_refusal(self.record, self.now)

    def run(self, form: FunderForm, reason: str) -> str:
        surveys.ask_funder(self.record, form.cleaned_data["email"], now=self.now)
        return "Le questionnaire part chez le financeur."

    @property
    def back_url(self) -> str:
        request = get_object_or_404(EnrolmentRequest, pk=self.kwargs["pk"])
        return reverse("formation_session_results", args=[request.session_id])


urlpatterns: list[URLPattern] = [
    path(
        "formation/evaluations/<int:pk>/relancer/",
        RemindScreen.as_view(),
        name="formation_survey_remind",
    ),
    path(
        "formation/demandes/<int:pk>/financeur/",
        FunderScreen.as_view(),
        name="formation_ask_funder",
    ),
]
