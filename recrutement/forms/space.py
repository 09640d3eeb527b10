"""The forms of the space that a link opens to a candidate."""

from typing import Any

from django import forms

from recrutement.consent import consent_version, consent_words
from recrutement.models import Diploma
from recrutement.services.pool import Wishes
from site_enys.public_forms import PublicForm
from site_enys.validators import no_web_address


def _email_field(label: str, help_text: str) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,
        help_text=help_text,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class ConfirmForm(PublicForm):
    """A button, and nothing to fill in."""

    purpose = "candidat-acte"


class AddressForm(PublicForm):
    purpose = "candidat-adresse"

    email = _email_field(
        "Nouvelle adresse électronique",
        "Un message y part\u00a0: rien ne change avant que vous n’ouvriez le lien qu’il porte.",
    )


class AccommodationForm(PublicForm):
    purpose = "candidat-amenagement"

    text = forms.CharField(
        label="Ce qui vous aiderait à venir",
        max_length=1000,
        help_text="Un accès sans marche, un interprète, un horaire… Inutile d’en dire la raison.",
        widget=forms.Textarea({"rows": 5}),
    )


class EraseForm(PublicForm):
    purpose = "candidat-effacer"

    sure = forms.BooleanField(
        label="J’ai compris que l’effacement est immédiat et sans retour",
        error_messages={"required": "Cochez cette case pour effacer, ou revenez en arrière."},
    )


class PoolForm(PublicForm):
    """What the person says of herself for the pool, and her consent when she has not given it."""

    purpose = "candidat-vivier"

    skills = forms.CharField(
        label="Ce que vous savez faire",
        required=False,
        max_length=1000,
        validators=[no_web_address],
        help_text="Avec vos mots\u00a0: évaluation, animation de groupe, enquêtes…",
        widget=forms.Textarea({"rows": 4}),
    )
    diplomas = forms.ModelMultipleChoiceField(
        label="Vos diplômes",
        required=False,
        queryset=Diploma.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    places = forms.CharField(
        label="Où vous aimeriez travailler",
        required=False,
        max_length=200,
        validators=[no_web_address],
        help_text="Des villes, un département, à distance…",
    )
    agreed = forms.BooleanField(
        error_messages={"required": "Sans votre accord, rien n’est gardé pour le vivier."}
    )

    def __init__(self, *args: Any, already: bool = False, **kwargs: Any) -> None:
        self.already = already
        super().__init__(*args, **kwargs)
        field: Any = self.fields["diplomas"]
        field.queryset = Diploma.objects.all()

    def add_fields(self) -> None:
        if self.already:
            del self.fields["agreed"]
        else:
            self.fields["agreed"].label = consent_words()

    @property
    def _salt(self) -> str:
        # A box that was shown beside other words is shown again beside the present ones.
        return f"{super()._salt}:{consent_version()}"

    @property
    def wishes(self) -> Wishes:
        chosen = self.cleaned_data
        return Wishes(chosen["skills"], chosen["places"], chosen["diplomas"])


class LinkAgainForm(PublicForm):
    """Somebody who no longer has the link."""

    purpose = "candidat-lien"

    reference = forms.CharField(
        label="Numéro de la candidature",
        max_length=20,
        help_text="Il figure dans nos courriels\u00a0: C-2027-0042.",
    )
    email = _email_field("Votre adresse électronique", "Celle à laquelle nous vous écrivons.")
