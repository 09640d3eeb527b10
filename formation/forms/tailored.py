"""The form of a course made for one organisation."""

from typing import Any

from django import forms

from formation.models.tailored import MOST_PEOPLE
from formation.notice import tailored_notice
from formation.validators import clean_siret
from rgpd.informed_form import InformedForm
from site_enys.public_forms import Section
from site_enys.validators import name_characters, no_web_address

from .fields import email_field, phone_field

_WHO = ("organisation", "siret", "contact_name", "contact_email", "contact_phone")
_PROJECT = ("headcount", "period", "place", "need")


class TailoredRequestForm(InformedForm):
    """What it takes to call back with the beginning of a proposal, and nothing more."""

    purpose = "sur-mesure"
    make_notice = staticmethod(tailored_notice)

    organisation = forms.CharField(
        label="Entreprise ou organisme",
        max_length=160,
        validators=[no_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Indiquez votre entreprise ou votre organisme."},
    )
    siret = forms.CharField(
        label="SIRET",
        required=False,
        max_length=30,
        help_text="14 chiffres. Il nous fait gagner du temps pour la proposition.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    contact_name = forms.CharField(
        label="Votre nom",
        max_length=160,
        validators=[name_characters],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Indiquez votre nom."},
    )
    contact_email = email_field("Votre adresse électronique", "Nous y envoyons notre réponse.")
    contact_phone = phone_field("Votre téléphone")
    headcount = forms.IntegerField(
        label="Nombre de personnes à former",
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text="Même approximatif.",
        error_messages={
            "required": "Indiquez le nombre de personnes, même approximatif.",
            "invalid": "Écrivez un nombre entier, en chiffres.",
            "min_value": "Indiquez au moins une personne.",
            "max_value": (
                f"Ce formulaire va jusqu’à {MOST_PEOPLE} personnes\u00a0: au-delà, écrivez-nous, "
                "un tel projet se construit en plusieurs groupes."
            ),
        },
    )
    period = forms.CharField(
        label="Période souhaitée",
        required=False,
        max_length=200,
        help_text=(
            "Avec vos mots\u00a0: «\u00a0au printemps\u202f», «\u00a0avant notre "
            "évaluation de juin\u202f»."
        ),
    )
    place = forms.CharField(
        label="Lieu ou ville",
        max_length=160,
        validators=[no_web_address],
        help_text="Dans vos murs, ailleurs ou à distance.",
        error_messages={"required": "Indiquez une ville, ou «\u00a0à distance\u202f»."},
    )
    need = forms.CharField(
        label="Votre besoin",
        max_length=3000,
        help_text=(
            "Qui sont les personnes, ce qu’elles devraient savoir faire ensuite, ce qui rend la "
            "formation utile maintenant. 3\u202f000 signes au plus. N’y mettez aucune donnée de "
            "santé."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "Décrivez votre besoin en quelques mots."},
    )

    @property
    def sections(self) -> list[Section]:
        return self.grouped(("Votre organisme et vous", _WHO), ("Votre projet", _PROJECT))

    def clean_siret(self) -> str:
        typed = self.cleaned_data["siret"]
        return clean_siret(typed) if typed else ""

    def answers(self) -> dict[str, Any]:
        """The validated answers, for the service."""
        return {field.name: self.cleaned_data[field.name] for field in self.own_fields}
