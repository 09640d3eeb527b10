"""The forms of the institutional pages."""

from django import forms
from django.core.validators import RegexValidator

from home.enums import MessageTopic
from home.notice import contact_notice
from rgpd.informed_form import InformedForm
from site_enys.validators import no_web_address

phone_number = RegexValidator(
    r"^\+?[\d .()/-]{6,24}$", "Ce numéro de téléphone ne semble pas complet."
)


class ContactForm(InformedForm):
    """What a visitor writes to the firm."""

    purpose = "contact"
    make_notice = staticmethod(contact_notice)

    topic = forms.ChoiceField(
        error_messages={"required": "Choisissez ce que votre message concerne."},
        label="Votre message concerne",
        choices=[("", "Choisir…"), *MessageTopic.choices],
    )
    name = forms.CharField(
        error_messages={"required": "Indiquez votre nom."},
        label="Votre nom",
        max_length=120,
        validators=[no_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        error_messages={"required": "Indiquez une adresse où vous répondre."},
        label="Votre adresse électronique",
        max_length=254,
        help_text="Nous y enverrons notre réponse, et rien d’autre.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label="Votre téléphone",
        max_length=24,
        required=False,
        validators=[phone_number],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    organisation = forms.CharField(
        label="Votre structure",
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    text = forms.CharField(
        error_messages={"required": "Écrivez votre message."},
        label="Votre message",
        max_length=5000,
        help_text="5 000 signes au plus. N’y mettez aucune donnée de santé.",
        widget=forms.Textarea(attrs={"rows": 9}),
    )
