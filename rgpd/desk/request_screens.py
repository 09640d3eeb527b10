"""Answering a request, and writing down one that came by letter or by telephone."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.admin.widgets import AdminDateInput

from courrier.services.rehearsal import rehearse
from rgpd.enums import RequestKind
from rgpd.models import RightsRequest
from rgpd.services import requests
from site_enys.admin import DeskForm, Screen, admin_url
from site_enys.exceptions import Refused

CHANNELS = (("par courrier", "Courrier"), ("au téléphone", "Téléphone"), ("de vive voix", "Visite"))


class AnswerForm(DeskForm):
    answer = forms.CharField(
        label="Ce que nous lui écrivons",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Envoyé tel quel, après «\u00a0Bonjour\u202f» et avant la signature de l’équipe.",
        error_messages={"required": "Écrivez d’abord la réponse."},
    )


class RequestScreen(Screen):
    """Something done about one request, of which the person reads every word."""

    model = RightsRequest
    permission = "rgpd.change_rightsrequest"
    header_icon = "mail"
    rehearse = staticmethod(rehearse)
    takes_reason = False
    transition: str
    done: str

    @property
    def explanation(self) -> str:  # type: ignore[override]
        return f"Le message part à {self.record.email}, et reste avec la demande."

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        return AnswerForm(data)

    def obstacle(self) -> Refused | None:
        return requests.LIFECYCLE.refusal(self.record, self.transition, self.by, self.now)


class AnswerScreen(RequestScreen):
    title = "Répondre"
    button = "Envoyer la réponse"
    transition = "answer"

    def run(self, form: AnswerForm, reason: str) -> str:
        requests.answer(self.record, form.cleaned_data["answer"], by=self.by, now=self.now)
        return "La réponse est enregistrée, et part par courriel."


class RefuseScreen(RequestScreen):
    title = "Refuser"
    button = "Envoyer le refus"
    takes_away = True
    transition = "refuse"

    @property
    def explanation(self) -> str:  # type: ignore[override]
        return (
            f"Le refus part à {self.record.email} avec sa raison. Le message rappelle le droit de "
            "se plaindre à la CNIL et de saisir le tribunal (RGPD, article 12.4)."
        )

    def run(self, form: AnswerForm, reason: str) -> str:
        requests.refuse(self.record, form.cleaned_data["answer"], by=self.by, now=self.now)
        return "Le refus est enregistré, et part par courriel."


class ExtendScreen(RequestScreen):
    title = "Prolonger de deux mois"
    button = "Prolonger et le lui écrire"
    transition = "extend"
    takes_reason = needs_reason = tells_reason = True
    explanation = (
        "Une seule fois, et dans le premier mois, si la demande est complexe. La personne reçoit "
        "le motif, tel que vous l’écrivez ici (RGPD, article 12.3)."
    )

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        return forms.Form(data)

    def run(self, form: forms.Form, reason: str) -> str:
        requests.extend(self.record, reason, by=self.by, now=self.now)
        return "Le délai est prolongé, et la personne en est prévenue."


class WrittenDownForm(DeskForm):
    """A request that came otherwise than by the site, with the day on which it came."""

    channel = forms.ChoiceField(label="Reçue par", choices=CHANNELS)
    received_on = forms.DateField(
        label="Reçue le", widget=AdminDateInput, help_text="Le mois pour répondre part de ce jour."
    )
    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        help_text="Celle que le site connaît\u00a0: vérifiez que c’est bien la sienne.",
    )
    kind = forms.ChoiceField(label="Droit exercé", choices=RequestKind.choices)
    about = forms.CharField(label="Au sujet de", max_length=160, required=False)
    text = forms.CharField(
        label="Ce qui a été dit ou écrit",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def arrival(self, now: datetime) -> requests.Arrival:
        """At noon of that day, or now when it is today: the hour of a letter is not known."""
        day = self.cleaned_data["received_on"]
        noon = timezone.localtime(now).replace(hour=12, minute=0, second=0, microsecond=0)
        came = noon.replace(year=day.year, month=day.month, day=day.day)
        today = day == timezone.localdate(now)
        return requests.Arrival(
            channel=f"Reçue {self.cleaned_data['channel']}",
            received_at=now if today else came,
            acknowledged=True,
        )


class AddScreen(Screen):
    """Writing down what came by telephone, by letter or in person."""

    model = RightsRequest
    header_icon = "mail"
    takes_reason = False
    permission = "rgpd.add_rightsrequest"
    title = "Inscrire une demande"
    button = "Inscrire la demande"
    explanation = (
        "Reçue par courrier, au téléphone ou de vive voix. L’accusé de réception part aussitôt, "
        "avec la référence et le jour avant lequel nous répondons."
    )

    @cached_property
    def record(self) -> RightsRequest:
        return RightsRequest(received_at=self.now)

    def make_form(self, data: Any = None, files: Any = None) -> WrittenDownForm:
        return WrittenDownForm(data, initial={"received_on": timezone.localdate(self.now)})

    def run(self, form: WrittenDownForm, reason: str) -> str:
        typed = form.cleaned_data
        self.record = requests.receive(
            typed["email"],
            typed["kind"],
            text=typed["text"],
            about=typed["about"],
            by=self.by,
            now=self.now,
            arrival=form.arrival(self.now),
        )
        return f"La demande {self.record.reference} est inscrite."

    @property
    def back_url(self) -> str:
        return admin_url(
            RightsRequest, *(["inspect", self.record.pk] if self.record.pk else ["list"])
        )

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": admin_url(RightsRequest, "list"), "label": "Demandes"},
            {"url": "", "label": self.title},
        ]


urlpatterns: list[URLPattern] = [
    path("rgpd/demandes/inscrire/", AddScreen.as_view(), name="rgpd_request_add"),
    path("rgpd/demandes/<int:pk>/repondre/", AnswerScreen.as_view(), name="rgpd_request_answer"),
    path("rgpd/demandes/<int:pk>/prolonger/", ExtendScreen.as_view(), name="rgpd_request_extend"),
    path("rgpd/demandes/<int:pk>/refuser/", RefuseScreen.as_view(), name="rgpd_request_refuse"),
]
