"""« Clore l’offre » : filled or cancelled, and an answer for everybody, on one screen."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from recrutement.enums import ApplicationState
from recrutement.models import Application, RecruitmentSettings
from recrutement.services import closing
from site_enys.admin import DeskForm
from site_enys.exceptions import Refused
from site_enys.french import plural
from site_enys.states import TransitionRefused

from .screens import OfferScreen


class ClosingForm(DeskForm):
    status = forms.ChoiceField(
        label="L’offre est",
        choices=[(ending.value, ending.label) for ending in closing.ENDINGS],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si l’offre est pourvue ou annulée."},
    )


class CloseOfferScreen(OfferScreen):
    title = "Clore l’offre"
    button = "Clore et prévenir tout le monde"
    header_icon = "success"
    template_name = "recrutement/admin/close_offer.html"
    takes_reason = False  # the page's own journal, and each e-mail, say why
    explanation = (
        "La page de l’offre le dit aussitôt, et chaque personne qui attend une décision reçoit "
        "un mot. Relisez ces messages, puis confirmez."
    )

    def obstacle(self) -> Refused | None:
        if not self.record.permissions_for_user(self.request.user).can_publish():
            return TransitionRefused("Vous n’avez pas le droit de publier cette offre.")
        ended = self.record.status in closing.ENDINGS
        if ended and not closing.waiting_for_a_decision(self.record).exists():
            return TransitionRefused("Cette offre est close, et personne n’attend de décision.")
        return None

    def make_form(self, data: Any = None, files: Any = None) -> ClosingForm:
        return ClosingForm(data, initial={"status": self.record.status})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = {"status": request.GET.get("situation", "")}
        form = self.make_form(asked)
        if self.obstacle() or not form.is_valid():
            return super().get(request, *args, **kwargs)
        return self.show(form, **self.read(form))

    def facts(self, form: ClosingForm) -> list[object]:
        people = closing.waiting_for_a_decision(self.record).exclude(pk__in=self._kept())
        settings = RecruitmentSettings.load()
        return [
            form.cleaned_data["status"],
            [(str(one.pk), one.state, one.email, one.first_name) for one in people],
            [self.record.title, settings.kept_months, settings.pool_months],
        ]

    def rehearsal(self, form: ClosingForm, reason: str) -> None:
        closing.rehearse_closing(
            self.record, form.cleaned_data["status"], by=self.by, now=self.now, kept=self._kept()
        )

    def run(self, form: ClosingForm, reason: str) -> str:
        closing.end_offer(self.record, form.cleaned_data["status"], by=self.by, now=self.now)
        outcome = closing.close_all(self.record, by=self.by, now=self.now, kept=self._kept())
        for application, why in outcome.left:
            messages.warning(self.request, f"{self.viewset.name_of(application)}\u00a0: {why}")
        told = plural(len(outcome.done), "personne prévenue", "personnes prévenues")
        return f"L’offre est close\u00a0: {told}."

    def _kept(self) -> list[str]:
        """Those whom the team goes on with: another post, or the one who is being hired."""
        kept = []
        for text in self.request.POST.getlist("garder"):
            try:
                kept.append(str(uuid.UUID(text)))
            except ValueError:
                continue
        return kept

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = closing.waiting_for_a_decision(self.record)
        kept = set(self._kept())
        others = Application.objects.filter(offer=self.record, synthetic=False)
        own = {
            "people": [(one, self.viewset.name_of(one), str(one.pk) in kept) for one in people],
            "hired": others.filter(state=ApplicationState.HIRED).count(),
            "quarantined": others.filter(state=ApplicationState.QUARANTINE).count(),
        }
        return super().get_context_data(**own | kwargs)


urlpatterns: list[URLPattern] = [
    path(
        "recrutement/offres/<int:pk>/cloture/",
        CloseOfferScreen.as_view(),
        name="recrutement_close_offer",
    )
]
