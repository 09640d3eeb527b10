"""One person: refusing, proposing the post, asking her for more time."""

from typing import Any

from django import forms
from django.urls import URLPattern, path

from wagtail.admin.widgets import AdminDateInput

from recrutement.enums import ContractType, RejectReason, SalaryUnit
from recrutement.models import JobOfferPage
from recrutement.services import decisions, extensions, refusals
from recrutement.services.lifecycle import LIFECYCLE
from site_enys.admin import DeskForm
from site_enys.exceptions import Refused, refusal_of

from .screens import ReadFirstScreen, Screen


class RejectForm(DeskForm):
    """A reason, and the message: that of the reason until somebody writes another one."""

    reject_reason = forms.ChoiceField(
        label="Raison, pour l’équipe et les statistiques",
        choices=RejectReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la raison du refus."},
    )
    message = forms.CharField(
        label="Message",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Vide, il prend les mots habituels de la raison choisie. Le courriel ajoute le "
        "bonjour, les remerciements, le lien de suivi et la signature.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        reason, message = cleaned.get("reject_reason"), cleaned.get("message", "").strip()
        usual = decisions.usual_messages()
        # Nobody has written anything yet, or only the reason has been changed.
        if reason and _words(message) in {"", *map(_words, usual.values())}:
            cleaned["message"] = usual[reason]
            shown: Any = self.data.copy()  # type: ignore[attr-defined]
            shown[self.add_prefix("message")] = cleaned["message"]
            self.data = shown
        return cleaned


class RejectScreen(ReadFirstScreen):
    title = "Ne pas retenir"
    button = "Envoyer ce refus"
    takes_away = True
    explanation = "La personne reçoit ce message\u00a0; rien ne part avant que vous l’ayez relu."

    def make_form(self, data: Any = None, files: Any = None) -> RejectForm:
        return RejectForm(data)

    def obstacle(self) -> Refused | None:
        return LIFECYCLE.refusal(self.record, "reject", self.by, self.now)

    def caution(self) -> Refused | None:
        return LIFECYCLE.caution(self.record, "reject", self.now)

    def facts(self, form: RejectForm) -> list[object]:
        chosen = form.cleaned_data
        return refusals.facts([self.record], chosen["reject_reason"], chosen["message"])

    def run(self, form: RejectForm, reason: str) -> str:
        chosen = form.cleaned_data
        decisions.reject(
            self.record,
            chosen["reject_reason"],
            chosen["message"],
            by=self.by,
            now=self.now,
            note=reason,
            forced=True,
        )
        return f"{self.viewset.name_of(self.record)}\u00a0: le refus est envoyé."


class ProposeForm(DeskForm):
    contract = forms.ChoiceField(label="Contrat", choices=ContractType.choices)
    months = forms.IntegerField(
        label="Durée (mois)", required=False, min_value=1, max_value=60, help_text="D’un CDD."
    )
    pay = forms.DecimalField(
        label="Salaire brut (€)", min_value=1, max_digits=9, decimal_places=2, localize=True
    )
    unit = forms.ChoiceField(label="Unité", choices=SalaryUnit.choices)
    start = forms.DateField(
        label="Prise de poste",
        required=False,
        widget=AdminDateInput,
        help_text="Vide\u00a0: à convenir ensemble.",
    )
    words = forms.CharField(
        label="Ce que vous voulez ajouter",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        with_an_end = cleaned.get("contract") in ContractType.with_an_end()
        if with_an_end and not cleaned.get("months") and "months" not in self.errors:
            self.add_error("months", "Indiquez la durée de ce contrat, en mois.")
        return cleaned

    @property
    def terms(self) -> decisions.Terms:
        typed = self.cleaned_data
        return decisions.Terms(
            **typed
            | {
                "contract": ContractType(typed["contract"]),
                "unit": SalaryUnit(typed["unit"]),
            }
        )


class ProposeScreen(Screen):
    title = "Proposer le poste"
    button = "Envoyer la proposition"
    explanation = "Le salaire, le contrat et la prise de poste sont redits par écrit."

    def make_form(self, data: Any = None, files: Any = None) -> ProposeForm:
        self.form = ProposeForm(data, initial=_terms_of(self.record.offer))
        return self.form

    def obstacle(self) -> Refused | None:
        return LIFECYCLE.refusal(self.record, "propose", self.by, self.now)

    def caution(self) -> Refused | None:
        if not self.form.is_bound or not self.form.is_valid():
            return None
        return refusal_of(decisions.refuse_low_pay, self.record.offer, self.form.terms)

    def run(self, form: ProposeForm, reason: str) -> str:
        decisions.propose(self.record, form.terms, by=self.by, now=self.now, reason=reason)
        return f"{self.viewset.name_of(self.record)}\u00a0: la proposition est envoyée."


class ExtendForm(DeskForm):
    until = forms.DateField(label="Nouvelle date promise", widget=AdminDateInput)
    words = forms.CharField(
        label="Pourquoi, en une phrase pour la personne",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ExtendScreen(Screen):
    title = "Demander plus de temps"
    button = "Promettre cette date"
    explanation = "Une seule fois\u00a0: la personne reçoit des excuses et la nouvelle date."

    def make_form(self, data: Any = None, files: Any = None) -> ExtendForm:
        return ExtendForm(data)

    def obstacle(self) -> Refused | None:
        return refusal_of(extensions.refuse_extension, self.record)

    def run(self, form: ExtendForm, reason: str) -> str:
        extensions.extend(self.record, **form.cleaned_data, by=self.by, now=self.now, reason=reason)
        return "La nouvelle date est promise, et la personne est prévenue."


def _words(text: str) -> str:
    """Without what a browser does to line breaks."""
    return " ".join(text.split())


def _terms_of(offer: JobOfferPage | None) -> dict[str, Any]:
    """What the offer announces: the bottom of the range is never forgotten, never exceeded."""
    if offer is None:
        return {}
    return {
        "contract": offer.contract_type,
        "months": offer.contract_months,
        "pay": offer.salary_min,
        "unit": offer.salary_unit,
        "start": offer.start_on,
    }


urlpatterns: list[URLPattern] = [
    path(f"recrutement/candidatures/<uuid:pk>/{word}/", screen.as_view(), name=name)
    for word, name, screen in (
        ("refus", "recrutement_reject", RejectScreen),
        ("proposition", "recrutement_propose", ProposeScreen),
        ("delai", "recrutement_extend", ExtendScreen),
    )
]
