"""The form of complaints."""

from typing import Any

from django import forms

from formation.enums import ComplainantKind
from formation.models import Session
from formation.notice import complaint_notice
from formation.services.complaints import ANSWERS
from rgpd.informed_form import InformedForm
from site_enys.public_forms import Section
from site_enys.validators import name_characters

from .fields import email_field, phone_field

_WHO = ("author_kind", "author_name", "author_email", "author_phone")
_WHAT = ("about_session", "subject", "text")

#: What the column holds, less what a session in words may add.
LONGEST_TEXT = 3500


class ComplaintFields(forms.Form):
    """The same questions for who complains and for staff who writes it down."""

    author_kind = forms.ChoiceField(
        label="Vous êtes",
        choices=ComplainantKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites à quel titre vous nous écrivez."},
    )
    author_name = forms.CharField(
        label="Votre nom",
        max_length=160,
        validators=[name_characters],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Indiquez votre nom, pour que nous puissions vous répondre."},
    )
    author_email = email_field(
        "Votre adresse électronique",
        "Nous y envoyons notre réponse. Si vous n’en avez pas, donnez un téléphone.",
        required=False,
    )
    author_phone = phone_field("Votre téléphone")
    about_session = forms.CharField(
        label="La session concernée",
        required=False,
        max_length=160,
        help_text="Son code, ou la formation et sa date, s’il s’agit d’une session.",
    )
    subject = forms.CharField(
        label="Objet",
        max_length=160,
        help_text="En quelques mots.",
        error_messages={"required": "Indiquez l’objet en quelques mots."},
    )
    text = forms.CharField(
        label="Ce qui s’est passé, et ce que vous attendez de nous",
        max_length=LONGEST_TEXT,
        help_text="3\u202f500 signes au plus. N’y mettez aucune donnée de santé.",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Décrivez ce qui s’est passé."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        typed = ("author_email", "author_phone")
        if not any(cleaned.get(name) or name in self.errors for name in typed):
            self.add_error(
                "author_email", "Indiquez une adresse ou un téléphone, pour recevoir la réponse."
            )
        return cleaned

    @property
    def session(self) -> Session | None:
        """The session whose code was typed, if it is one."""
        typed = self.cleaned_data["about_session"].strip().upper()
        return Session.objects.filter(code=typed).first() if typed else None

    def answers(self) -> dict[str, str]:
        """The validated answers; a session told in words goes with the text."""
        answers = {name: self.cleaned_data[name] for name in ANSWERS}
        told = self.cleaned_data["about_session"]
        if told and self.session is None:
            answers["text"] = f"Session indiquée\u00a0: {told}\n\n{answers['text']}"
        return answers


class ComplaintForm(ComplaintFields, InformedForm):
    purpose = "reclamation"
    make_notice = staticmethod(complaint_notice)

    @property
    def sections(self) -> list[Section]:
        return self.grouped(("Vous", _WHO), ("Votre réclamation", _WHAT))
