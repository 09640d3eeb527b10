"""The forms of « Mes données »."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.models import fields_for_model

from rgpd.enums import RequestKind
from rgpd.informed_form import InformedForm
from rgpd.own_notice import mine_notice
from rgpd.register import PersonalData
from site_enys.public_forms import PublicForm

#: What has no button of its own on the page.
ASKED_FOR = (
    RequestKind.RECTIFICATION,
    RequestKind.RESTRICTION,
    RequestKind.OBJECTION,
    RequestKind.ERASURE,
    RequestKind.ACCESS,
)
IN_WORDS = {
    RequestKind.RECTIFICATION: "Corriger une donnée que je ne peux pas corriger moi-même",
    RequestKind.RESTRICTION: "Cesser d’utiliser mes données sans les effacer (limitation)",
    RequestKind.OBJECTION: "M’opposer à un usage de mes données",
    RequestKind.ERASURE: "Effacer une donnée en particulier",
    RequestKind.ACCESS: "Comprendre ce que vous savez de moi, ou d’où vous le tenez",
}
LONGEST_ANSWER = 5000


class AddressForm(InformedForm):
    purpose = "mes-donnees-lien"
    make_notice = staticmethod(mine_notice)

    email = forms.EmailField(
        error_messages={"required": "Indiquez votre adresse électronique."},
        label="Votre adresse électronique",
        max_length=254,
        help_text="Celle que vous nous avez donnée. Un lien y part, qui ouvre la page.",
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class OpenForm(PublicForm):
    """The button of the link: mail scanners follow links, and press no button."""

    purpose = "mes-donnees-ouvrir"


class WithdrawForm(PublicForm):
    purpose = "mes-donnees-accord"


class EraseForm(PublicForm):
    purpose = "mes-donnees-effacer"

    sure = forms.BooleanField(
        label="J’ai compris que l’effacement est immédiat et sans retour",
        error_messages={"required": "Cochez cette case pour effacer, ou revenez en arrière."},
    )


class AskForm(PublicForm):
    """A right that is exercised in words; `subjects` are what the person may name."""

    purpose = "mes-donnees-demande"

    kind = forms.ChoiceField(
        label="Ce que vous demandez",
        choices=[("", "Choisir…"), *((kind.value, IN_WORDS[kind]) for kind in ASKED_FOR)],
        error_messages={"required": "Choisissez ce que vous demandez."},
    )
    about = forms.ChoiceField(label="Au sujet de", required=False)
    text = forms.CharField(
        label="Votre demande",
        max_length=LONGEST_ANSWER,
        help_text="Avec vos mots, sans justification. Dites ce qui est faux, et ce qui est juste.",
        widget=forms.Textarea({"rows": 7}),
        error_messages={"required": "Écrivez votre demande."},
    )

    def __init__(self, *args: Any, subjects: list[str], **kwargs: Any) -> None:
        self.subjects = subjects
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        about: Any = self.fields["about"]
        about.choices = [("", "Toutes mes données"), *((one, one) for one in self.subjects)]


class CorrectionForm(PublicForm):
    """The fields of one row that its person may correct: labels and limits are the model's."""

    purpose = "mes-donnees-corriger"

    def __init__(self, *args: Any, entry: PersonalData, row: Any, **kwargs: Any) -> None:
        self.entry = entry
        initial = {name: getattr(row, name) for name in entry.corrections}
        super().__init__(*args, initial=initial, **kwargs)

    def add_fields(self) -> None:
        self.fields.update(fields_for_model(self.entry.model, fields=self.entry.corrections))
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length is None:
                field.max_length = LONGEST_ANSWER
                field.validators.append(MaxLengthValidator(LONGEST_ANSWER))

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.entry.corrections}
