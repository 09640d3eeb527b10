"""The form of the editor of an offer: what no column holds."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string

from home.models.base import PublishableForm

from .offer_conformity import REASON
from .offer_fields import USUAL_ROME, may_review


class WithProposals(forms.TextInput):
    """A text with usual values that the browser proposes, and that nobody must take."""

    template_name = "recrutement/widgets/proposals.html"

    def __init__(self, proposals: dict[str, str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.proposals = proposals

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["list"] = f"{widget['attrs'].get('id', name)}_usuels"
        widget["attrs"]["list"] = widget["list"]
        widget["proposals"] = self.proposals.items()
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> str:
        # The renderer of the admin's forms knows the templates of packages alone.
        return render_to_string(template_name, context)


class OfferForm(PublishableForm):
    """Adds to the values the questions that hang below, and the reason that sets warnings aside."""

    override_reason = forms.CharField(
        label="Pourquoi publier malgré un avertissement",
        help_text="Gardé avec votre nom et la date, pour chacun des avertissements montrés plus "
        "haut. Laissez vide s’il n’y en a pas.",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "rome_code" in self.fields:
            self.fields["rome_code"].widget = WithProposals(USUAL_ROME)
        if "reviewers" in self.fields:
            people = get_user_model().objects.filter(may_review()).distinct()
            self.fields["reviewers"].queryset = people.order_by("last_name", "first_name", "pk")

    def clean(self) -> dict[str, Any]:
        if "questions" in self.formsets:
            self.cleaned_data["questions"] = self._questions()
        if reason := (self.cleaned_data.get(REASON) or "").strip():
            found = self.instance.open_warnings(self.cleaned_data)
            self.instance.set_aside(found, reason, self.for_user)
        return super().clean()

    def _questions(self) -> list[Any]:
        """As they are typed; one that its own form refuses has its own error."""
        formset = self.formsets["questions"]
        formset.is_valid()
        model = formset.model
        typed = [
            form.cleaned_data
            for form in formset.forms
            if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
        ]
        names = ("label", "kind", "choices")
        return [
            model(**{name: facts[name] for name in names if name in facts})
            for facts in sorted(typed, key=lambda facts: facts.get("ORDER") or 0)
        ]
