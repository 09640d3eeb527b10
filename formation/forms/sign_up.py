"""The sign-up forms, one for each kind of buyer."""

from typing import Any

from django import forms

from formation.enums import BuyerType
from formation.services.enrolment import SignUp
from formation.validators import clean_siret
from site_enys.public_forms import PublicForm
from site_enys.validators import name_characters, no_web_address

from .fields import email_field, name_field, phone_field


class EnrolmentForm(PublicForm):
    """What both kinds of buyers are asked; nothing beyond what the enrolment needs (L6353-9)."""

    buyer_type: BuyerType

    wants_accommodation_call = forms.BooleanField(
        label="Contactez-moi au sujet d’un aménagement (handicap, santé)",
        required=False,
        help_text="Une case suffit\u00a0: ne décrivez pas votre situation ici.",
    )
    message = forms.CharField(
        label="Message",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip()

    def sign_up(self, notice_version: str) -> SignUp:
        """The validated answers, for the service."""
        names = SignUp.__dataclass_fields__.keys() & self.cleaned_data.keys()
        answers: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        return SignUp(buyer_type=self.buyer_type, notice_version=notice_version, **answers)


class CompanyEnrolmentForm(EnrolmentForm):
    """An employer enrols a member of the staff: an agreement (convention) will be signed."""

    purpose = "inscription-entreprise"
    buyer_type = BuyerType.COMPANY

    organisation = forms.CharField(
        label="Entreprise ou organisme",
        max_length=160,
        validators=[no_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    siret = forms.CharField(
        label="SIRET",
        required=False,
        max_length=30,
        help_text="14 chiffres. Il nous fait gagner du temps pour la convention.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    contact_name = forms.CharField(
        label="Votre nom",
        max_length=160,
        validators=[name_characters],
        help_text="La personne qui suit la demande dans l’entreprise.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_email = email_field("Votre adresse électronique")
    contact_phone = phone_field("Votre téléphone")
    first_name = name_field("Prénom du ou de la stagiaire", "off")
    last_name = name_field("Nom du ou de la stagiaire", "off")
    email = email_field(
        "Adresse électronique du ou de la stagiaire",
        "Pour sa convocation et ses documents.",
        "off",
    )

    field_order = (
        "organisation",
        "siret",
        "contact_name",
        "contact_email",
        "contact_phone",
        "first_name",
        "last_name",
        "email",
    )

    def clean_siret(self) -> str:
        typed = self.cleaned_data["siret"]
        return clean_siret(typed) if typed else ""


class IndividualEnrolmentForm(EnrolmentForm):
    """A person pays for herself: a contract and a withdrawal period come before enrolment."""

    purpose = "inscription-particulier"
    buyer_type = BuyerType.INDIVIDUAL

    first_name = name_field("Prénom", "given-name")
    last_name = name_field("Nom", "family-name")
    email = email_field("Adresse électronique", "Nous y envoyons la confirmation et le contrat.")
    phone = phone_field("Téléphone")

    field_order = ("first_name", "last_name", "email", "phone")
