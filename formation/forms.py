"""The forms of visitors."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format

from formation.enums import BuyerType, CourseLength, CourseOrder, DeliveryMode
from formation.models import CourseTheme
from formation.services.agenda import coming_cities_and_months
from formation.services.catalogue import Wanted
from formation.services.enrolment import SignUp
from formation.validators import clean_siret
from site_enys.public_forms import PublicForm
from site_enys.validators import name_characters, no_web_address

_PHONE_PATTERN = r"^\+?[0-9][0-9 .\u00a0\u202f()-]{7,24}\Z"
_NO_SUCH_CHOICE = {"invalid_choice": "Aucune formation à venir pour ce choix."}
_PHONE_ERROR = {"invalid": "Écrivez un numéro comme 01 23 45 67 89 ou +33 1 23 45 67 89."}


def _name(label: str, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=80,
        validators=[name_characters],
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )


def _email(label: str, help_text: str = "", autocomplete: str = "email") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,
        help_text=help_text,
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete}),
    )


def _phone(label: str) -> forms.CharField:
    return forms.RegexField(
        _PHONE_PATTERN,
        label=label,
        required=False,
        max_length=30,
        error_messages=_PHONE_ERROR,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )


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
    contact_email = _email("Votre adresse électronique")
    contact_phone = _phone("Votre téléphone")
    first_name = _name("Prénom du ou de la stagiaire", "off")
    last_name = _name("Nom du ou de la stagiaire", "off")
    email = _email(
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

    first_name = _name("Prénom", "given-name")
    last_name = _name("Nom", "family-name")
    email = _email("Adresse électronique", "Nous y envoyons la confirmation et le contrat.")
    phone = _phone("Téléphone")

    field_order = ("first_name", "last_name", "email", "phone")


class CatalogueFilter(forms.Form):
    """The filter of the catalogue, sent by GET: what is not valid is ignored, and said.

    Only the places and the months of sessions to come are offered; a link that names another one
    goes on working, and says that nothing is left there.
    """

    q = forms.CharField(label="Mots recherchés", required=False, max_length=100)
    theme = forms.ModelChoiceField(
        label="Thème",
        queryset=CourseTheme.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label="Tous les thèmes",
        error_messages={"invalid_choice": "Ce thème n’existe pas."},
    )
    lieu = forms.ChoiceField(label="Lieu", required=False, error_messages=_NO_SUCH_CHOICE)
    mois = forms.ChoiceField(label="Mois", required=False, error_messages=_NO_SUCH_CHOICE)
    modalite = forms.ChoiceField(
        label="Modalité",
        required=False,
        choices=[("", "Toutes"), *DeliveryMode.choices],
        error_messages=_NO_SUCH_CHOICE,
    )
    duree = forms.ChoiceField(
        label="Durée",
        required=False,
        choices=[("", "Toutes"), *CourseLength.choices],
        error_messages=_NO_SUCH_CHOICE,
    )
    tri = forms.ChoiceField(
        label="Ordre",
        required=False,
        choices=CourseOrder.choices,
        error_messages=_NO_SUCH_CHOICE,
    )

    def __init__(self, data: QueryDict, now: datetime) -> None:
        super().__init__(data)
        cities, months = coming_cities_and_months(now)
        self._offer("lieu", "Tous les lieux", ((city, city) for city in cities))
        self._offer("mois", "Tous les mois", ((f"{day:%Y-%m}", _month(day)) for day in months))

    def _offer(self, name: str, everything: str, choices: Iterable[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = [("", everything), *choices]

    def wanted(self) -> Wanted:
        """What is looked for, without what is not valid."""
        self.is_valid()
        values = self.cleaned_data
        month = values.get("mois")
        return Wanted(
            words=values.get("q") or "",
            theme=values.get("theme"),
            delivery_mode=values.get("modalite") or "",
            length=values.get("duree") or "",
            city=values.get("lieu") or "",
            month=date.fromisoformat(f"{month}-01") if month else None,
            order=values.get("tri") or "",
        )


def _month(day: date) -> str:
    return date_format(day, "F Y")
