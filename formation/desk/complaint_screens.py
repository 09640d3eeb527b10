"""Answering a complaint, and writing down one that came by telephone or by letter."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.admin.widgets import AdminDateInput

from formation.enums import ComplaintChannel
from formation.forms.complaint import ComplaintFields
from formation.models import Complaint
from formation.services import complaints
from formation.services.complaints import COMPLAINT_LIFECYCLE
from site_enys.admin import DeskForm, admin_url
from site_enys.exceptions import Refused

from .screens import Screen


class AnswerForm(DeskForm):
    answer = forms.CharField(
        label="Notre réponse",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=(
            "Envoyée telle quelle, après «\u00a0Bonjour\u202f» et avant la signature de l’équipe."
        ),
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


urlpatterns: list[URLPattern] = [
    path("formation/reclamations/inscrire/", AddScreen.as_view(), name="formation_complaint_add"),
    path(
        "formation/reclamations/<int:pk>/repondre/",
        AnswerScreen.as_view(),
        name="formation_complaint_answer",
    ),
]
