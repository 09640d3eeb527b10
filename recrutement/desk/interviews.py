"""Inviting to an interview, changing it, calling it off."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.functional import cached_property

from wagtail.admin.widgets import AdminDateTimeInput

from recrutement.enums import ApplicationState, InterviewKind
from recrutement.models import Interview
from recrutement.services import interviews
from recrutement.services.agenda import refuse_clash
from recrutement.services.interviews import Plan
from recrutement.services.lifecycle import LIFECYCLE
from recrutement.words import USUAL_INTERVIEW
from site_enys.admin import DeskForm
from site_enys.exceptions import Refused, refusal_of

from .screens import Screen


class InterviewForm(DeskForm):
    kind = forms.ChoiceField(label="Forme", choices=InterviewKind.choices, widget=forms.RadioSelect)
    starts_at = forms.DateTimeField(
        label="Début",
        widget=AdminDateTimeInput,
        error_messages={"required": "Indiquez le jour et l’heure."},
    )
    minutes = forms.IntegerField(label="Durée (minutes)", min_value=10, max_value=480, initial=60)
    place = forms.CharField(
        label="Lieu, lien ou numéro",
        max_length=300,
        help_text="L’adresse, le lien de la visioconférence, ou qui appelle qui, à quel numéro.",
    )
    details = forms.CharField(
        label="À dire à la personne",
        max_length=2000,
        initial=USUAL_INTERVIEW,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Qui elle verra, ce qui est prévu, et toutes les méthodes employées\u00a0: "
        "tests, mises en situation… (Code du travail, art. L1221-8).",
    )

    @property
    def plan(self) -> Plan:
        typed = self.cleaned_data
        return Plan(**typed | {"kind": InterviewKind(typed["kind"])})


class _InterviewScreen(Screen):
    """Two interviews at the same time are only planned with a reason."""

    header_icon = "date"
    form: InterviewForm

    def planned(self) -> Interview:
        """The row that the form describes, not saved."""
        facts = self.form.cleaned_data
        return Interview(application=self.record, created_by=self.by.user, **facts)

    def caution(self) -> Refused | None:
        if not self.form.is_bound or not self.form.is_valid():
            return None
        return refusal_of(refuse_clash, self.planned())


class InviteScreen(_InterviewScreen):
    title = "Inviter à un entretien"
    button = "Envoyer l’invitation"
    explanation = (
        "La personne reçoit l’invitation avec un fichier pour son agenda, et peut dire dans son "
        "espace ce qui l’aiderait à venir."
    )

    def make_form(self, data: Any = None, files: Any = None) -> InterviewForm:
        self.form = InterviewForm(data)
        return self.form

    def obstacle(self) -> Refused | None:
        if self.record.state == ApplicationState.INTERVIEW:
            return None  # one more
        return LIFECYCLE.refusal(self.record, "invite", self.by, self.now)

    def run(self, form: InterviewForm, reason: str) -> str:
        interviews.invite(self.record, form.plan, by=self.by, now=self.now, reason=reason)
        return f"{self.viewset.name_of(self.record)}\u00a0: l’invitation est envoyée."


class ChangeInterviewScreen(_InterviewScreen):
    title = "Changer l’entretien"
    button = "Changer et prévenir"
    explanation = "La personne reçoit le nouveau rendez-vous, et son agenda suit."

    @cached_property
    def interview(self) -> Interview:
        return get_object_or_404(self.record.interviews, pk=self.kwargs["interview"])

    def planned(self) -> Interview:
        planned = super().planned()
        planned.pk, planned.created_by = self.interview.pk, self.interview.created_by
        return planned

    def make_form(self, data: Any = None, files: Any = None) -> InterviewForm:
        names = InterviewForm.base_fields
        self.form = InterviewForm(
            data, initial={name: getattr(self.interview, name) for name in names}
        )
        return self.form

    def obstacle(self) -> Refused | None:
        return refusal_of(interviews.refuse_over, self.interview, self.now)

    def run(self, form: InterviewForm, reason: str) -> str:
        interview = get_object_or_404(self.record.interviews, pk=self.kwargs["interview"])
        interviews.change(interview, form.plan, by=self.by, now=self.now, reason=reason)
        return "L’entretien est changé, et la personne est prévenue."


class CancelForm(DeskForm):
    words = forms.CharField(
        label="Ce que la personne va lire",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Pourquoi, et ce que vous proposez à la place.",
    )


class CancelInterviewScreen(ChangeInterviewScreen):
    title = "Annuler l’entretien"
    button = "Annuler et prévenir"
    takes_away = True
    explanation = "La candidature reste en cours\u00a0; l’agenda de la personne suit."

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        return CancelForm(data)

    def caution(self) -> Refused | None:
        return None

    def run(self, form: Any, reason: str) -> str:
        interview = get_object_or_404(self.record.interviews, pk=self.kwargs["interview"])
        words = form.cleaned_data["words"]
        interviews.call_off(interview, words=words, by=self.by, now=self.now, reason=reason)
        return "L’entretien est annulé, et la personne est prévenue."


_INTERVIEW = "recrutement/candidatures/<uuid:pk>/entretien/"
urlpatterns: list[URLPattern] = [
    path(_INTERVIEW, InviteScreen.as_view(), name="recrutement_invite"),
    path(
        f"{_INTERVIEW}<int:interview>/",
        ChangeInterviewScreen.as_view(),
        name="recrutement_change_interview",
    ),
    path(
        f"{_INTERVIEW}<int:interview>/annulation/",
        CancelInterviewScreen.as_view(),
        name="recrutement_cancel_interview",
    ),
]
