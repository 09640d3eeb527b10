"""The sign-up forms, one for each kind of buyer."""

from collections.abc import Mapping
from typing import Any

from django import forms

from formation.enums import BuyerType, Funder
from formation.models.enrolment import person_key
from formation.notice import notice
from formation.services.enrolment import LARGEST_GROUP, SignUp, Trainee
from formation.validators import clean_siret
from rgpd.informed_form import InformedForm
from site_enys.public_forms import Section, SectionButton
from site_enys.validators import name_characters, no_web_address

from .fields import accommodation_field, email_field, name_field, phone_field

#: Pressed to be given more lines, with how many as its value: nothing is sent.
ADD_PEOPLE = "ajouter"


class EnrolmentForm(InformedForm):
    """What both kinds of buyers are asked; nothing beyond what the enrolment needs (L6353-9)."""

    buyer_type: BuyerType
    make_notice = staticmethod(notice)

    message = forms.CharField(
        label="Message",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def trainees(self) -> tuple[Trainee, ...]:
        raise NotImplementedError

    def sign_up(self, shown: Mapping[str, Any] | None = None) -> SignUp:
        """The validated answers, for the service.

        `shown` replaces what the public page tells, for whoever has not read it.
        """
        names = SignUp.__dataclass_fields__.keys() & self.cleaned_data.keys()
        answers: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        return SignUp(
            buyer_type=self.buyer_type,
            trainees=self.trainees(),
            **answers,
            **(self.shown if shown is None else shown),
        )


class CompanyEnrolmentForm(EnrolmentForm):
    """An employer enrols members of the staff: an agreement (convention) will be signed.

    There are as many lines for people as `people` says; a line left blank counts for nobody.
    """

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
    people = forms.IntegerField(
        min_value=1,
        max_value=LARGEST_GROUP,
        initial=1,
        widget=forms.HiddenInput,
        error_messages={
            "max_value": f"Une demande prend {LARGEST_GROUP} personnes au plus\u00a0: au-delà, "
            "demandez-nous une formation pour votre groupe.",
        },
    )
    accept_partial = forms.BooleanField(
        label="S’il n’y a pas assez de places pour tout le groupe, prenez celles qui restent",
        required=False,
        help_text="Les autres personnes attendront. Sinon, tout le groupe attend ensemble.",
    )
    funder = forms.ChoiceField(
        label="Qui finance\u202f?", required=False, choices=[("", "À préciser"), *Funder.choices]
    )
    funder_name = forms.CharField(
        label="Nom du financeur", required=False, max_length=160, validators=[no_web_address]
    )
    order_reference = forms.CharField(
        label="Votre référence de commande", required=False, max_length=60
    )
    signatory_name = forms.CharField(
        label="Nom du signataire de la convention",
        required=False,
        max_length=160,
        validators=[name_characters],
        help_text="Si ce n’est pas vous.",
    )
    signatory_email = email_field(
        "Adresse électronique du signataire", autocomplete="off", required=False
    )
    billing_name = forms.CharField(
        label="Service ou personne à qui adresser la facture",
        required=False,
        max_length=160,
        validators=[no_web_address],
    )
    billing_email = email_field(
        "Adresse électronique pour la facture", autocomplete="off", required=False
    )

    def __init__(self, *args: Any, people: int = 1, **kwargs: Any) -> None:
        self.lines = people
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        if self.is_bound:
            self.lines = _whole_number(self.data.get(self.add_prefix("people")))
        self.lines = min(max(self.lines, 1), LARGEST_GROUP)
        self.fields["people"].initial = self.lines
        if self.lines == 1:
            del self.fields["accept_partial"]
        for number in range(1, self.lines + 1):
            for name, field in _line_of(number).items():
                self.fields[name] = field

    @property
    def sections(self) -> list[Section]:
        own = {field.name: field for field in self.visible_fields()}
        lines = [
            Section(
                f"Personne {number}" if self.lines > 1 else "La personne à inscrire",
                [own.pop(name) for name in _line_of(number)],
                anchor=f"personne-{number}",
                repeated=self.lines > 1,
            )
            for number in range(1, self.lines + 1)
        ]
        if "accept_partial" in own:
            lines[-1].fields.append(own.pop("accept_partial"))
        if self.lines < LARGEST_GROUP:
            anchor = f"personne-{self.lines + 1}"
            lines[-1].buttons = [
                SectionButton(ADD_PEOPLE, number, label, anchor) for number, label in _MORE_PEOPLE
            ]
        billing = [own.pop(name) for name in _BILLING]
        buyer = [own.pop(name) for name in _BUYER]
        return [
            Section("Votre organisme et vous", buyer),
            *lines,
            Section("Convention et facture", billing, folded=True),
            Section("", list(own.values())),
        ]

    def more_lines(self, wanted: str) -> "CompanyEnrolmentForm":
        """The same answers, unchecked, with more lines for people."""
        typed: Any = self.data
        lines = self.lines + max(1, _whole_number(wanted))
        answers = typed.dict() | {"people": min(lines, LARGEST_GROUP)}
        form = type(self)(initial=answers, people=lines, now=self.now)
        first = form.fields[f"first_name_{min(self.lines + 1, LARGEST_GROUP)}"]
        first.widget.attrs["autofocus"] = True
        return form

    def clean_siret(self) -> str:
        typed = self.cleaned_data["siret"]
        return clean_siret(typed) if typed else ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        seen: set[str] = set()
        for number in range(1, self.lines + 1):
            if number > 1 and self._is_blank(number):
                self._forget_errors(number)
                continue
            if (key := self._key_of(number)) in seen:
                self.add_error(
                    _named("last_name", number), "Cette personne est déjà dans la liste ci-dessus."
                )
            elif key:
                seen.add(key)
        return cleaned

    def trainees(self) -> tuple[Trainee, ...]:
        return tuple(
            Trainee(
                **{name: self.cleaned_data[_named(name, number)] for name in _LINE},
                wants_accommodation_call=self.cleaned_data[
                    _named("wants_accommodation_call", number)
                ],
            )
            for number in range(1, self.lines + 1)
            if number == 1 or not self._is_blank(number)
        )

    def _is_blank(self, number: int) -> bool:
        return not any((self[_named(name, number)].data or "").strip() for name in _LINE)

    def _forget_errors(self, number: int) -> None:
        for name in _LINE:
            self.errors.pop(_named(name, number), None)

    def _key_of(self, number: int) -> str:
        first, last, email = (self.cleaned_data.get(_named(name, number)) for name in _LINE)
        if not (first and last and email):
            return ""
        return person_key(self.buyer_type, email, f"{first} {last}")


class IndividualEnrolmentForm(EnrolmentForm):
    """A person pays for herself: a contract and a withdrawal period come before enrolment."""

    purpose = "inscription-particulier"
    buyer_type = BuyerType.INDIVIDUAL

    first_name = name_field("Prénom", "given-name")
    last_name = name_field("Nom", "family-name")
    email = email_field("Adresse électronique", "Nous y envoyons la confirmation et le contrat.")
    phone = phone_field("Téléphone")
    wants_accommodation_call = accommodation_field(
        "Contactez-moi au sujet d’un aménagement (handicap, santé)",
        "Une case suffit\u00a0: ne décrivez pas votre situation ici.",
    )

    _PERSON = ("first_name", "last_name", "email", "phone", "wants_accommodation_call")

    @property
    def sections(self) -> list[Section]:
        return self.grouped(("Vous", self._PERSON))

    def trainees(self) -> tuple[Trainee, ...]:
        names = Trainee.__dataclass_fields__.keys() & self.cleaned_data.keys()
        return (Trainee(**{name: self.cleaned_data[name] for name in names}),)


#: A line that is left blank counts for nobody: asking for too many costs nothing.
_MORE_PEOPLE = (("1", "Ajouter une personne"), ("5", "Ajouter cinq personnes"))
_LINE = ("first_name", "last_name", "email")
_BUYER = ("organisation", "siret", "contact_name", "contact_email", "contact_phone")
_BILLING = (
    "funder",
    "funder_name",
    "order_reference",
    "signatory_name",
    "signatory_email",
    "billing_name",
    "billing_email",
)


def _named(name: str, number: int) -> str:
    return f"{name}_{number}"


def _line_of(number: int) -> dict[str, forms.Field]:
    fields = {
        "first_name": name_field("Prénom du ou de la stagiaire", "off"),
        "last_name": name_field("Nom du ou de la stagiaire", "off"),
        "email": email_field(
            "Adresse électronique du ou de la stagiaire",
            "Pour sa convocation et ses documents.",
            "off",
        ),
        "wants_accommodation_call": accommodation_field(),
    }
    return {_named(name, number): field for name, field in fields.items()}


def _whole_number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 5 else 1
