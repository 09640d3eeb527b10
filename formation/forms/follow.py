"""The forms of the pages that a link of ours opens."""

from typing import Any

from django import forms

from formation.models import Session
from formation.services.enrolment import Trainee
from formation.words import session_dates
from site_enys.public_forms import PublicForm
from site_enys.validators import name_characters

from .fields import accommodation_field, email_field, name_field, phone_field


class ConfirmForm(PublicForm):
    """A button, and nothing to fill in."""

    purpose = "suivi-acte"


class CorrectForm(PublicForm):
    """Who the person is, and where to write to her."""

    purpose = "suivi-coordonnees"

    first_name = name_field("Prénom", "given-name")
    last_name = name_field("Nom", "family-name")
    email = email_field(
        "Adresse électronique",
        "Si vous la changez, un nouveau lien part à la nouvelle adresse.",
    )
    phone = phone_field("Téléphone")

    NAMES = ("first_name", "last_name", "email", "phone")

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.NAMES}


class ContactForm(PublicForm):
    """Who follows the request in the company."""

    purpose = "suivi-contact"

    contact_name = forms.CharField(
        label="Nom du contact",
        max_length=160,
        validators=[name_characters],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_email = email_field(
        "Adresse électronique du contact",
        "Si vous la changez, un nouveau lien part à la nouvelle adresse.",
    )
    contact_phone = phone_field("Téléphone du contact")

    NAMES = ("contact_name", "contact_email", "contact_phone")

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.NAMES}


class SubstituteForm(PublicForm):
    """The colleague who comes instead."""

    purpose = "suivi-remplacement"

    first_name = name_field("Prénom du ou de la collègue", "off")
    last_name = name_field("Nom du ou de la collègue", "off")
    email = email_field("Son adresse électronique", "Pour sa convocation et ses documents.", "off")
    wants_accommodation_call = accommodation_field()

    def trainee(self) -> Trainee:
        names = Trainee.__dataclass_fields__.keys() & self.cleaned_data.keys()
        return Trainee(**{name: self.cleaned_data[name] for name in names})


class TransferForm(PublicForm):
    """The session to go to."""

    purpose = "suivi-report"

    session = forms.ModelChoiceField(
        label="Nouvelle session",
        queryset=Session.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": (
                "Cette session n’a plus de place libre\u00a0: choisissez-en une autre."
            )
        },
    )

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["session"]
        field.queryset = Session.objects.filter(pk__in=[session.pk for session in sessions])
        field.label_from_instance = lambda session: (
            f"{session_dates(session).capitalize()}, {session.place}"
        )


class LinkAgainForm(PublicForm):
    """Somebody who no longer has the link."""

    purpose = "suivi-lien"

    reference = forms.CharField(
        label="Référence de la demande",
        max_length=20,
        help_text="Elle figure dans nos courriels\u00a0: F-2027-0042.",
    )
    email = email_field("Votre adresse électronique", "Celle à laquelle nous vous écrivons.")
