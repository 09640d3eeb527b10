"""The staff forms: of a session, of somebody, of the lines of a list."""

from typing import Any

from django import forms

from wagtail.admin.forms import WagtailAdminModelForm

from formation.enums import ENROLLING, DeliveryMode, SessionState
from formation.exceptions import HalfDaysSigned
from formation.forms.fields import email_field, name_field, phone_field
from formation.models import Session, TimeSlot
from formation.services import seats
from formation.services.attendance import has_proofs
from formation.services.roster import EMPLOYER
from formation.services.sessions import overlap
from formation.services.spreadsheet import LARGEST_FILE
from formation.validators import clean_siret
from site_enys.admin import DeskForm
from site_enys.validators import name_characters, no_web_address


class SessionForm(WagtailAdminModelForm):
    """Checks what spans several fields; the database holds the same rules."""

    instance: Session

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # As it is now, and locked until the form is saved: nobody takes a seat that it removes,
        # nor signs up for dates that it moves.
        pk = self.instance.pk
        self.current = seats.lock(pk) if pk else self.instance
        self._check_seats(cleaned)
        self._check_place(cleaned)
        self._check_slots()
        return cleaned

    def _check_seats(self, cleaned: dict[str, Any]) -> None:
        capacity = cleaned.get("capacity")
        if capacity is not None and capacity < self.current.seats_taken:
            self.add_error(
                "capacity",
                "Des personnes sont déjà inscrites\u00a0: il faut au moins autant de places.",
            )

    def _check_place(self, cleaned: dict[str, Any]) -> None:
        with_presence = cleaned.get("delivery_mode") != DeliveryMode.ONLINE
        if self._is_announced and with_presence and not cleaned.get("venue"):
            self.add_error("venue", "Indiquez le lieu d’une session en présence ou mixte.")

    def _check_slots(self) -> None:
        slots = [
            (form.cleaned_data["starts_at"], form.cleaned_data["ends_at"])
            for form in self.formsets["slots"].forms
            if form.is_valid()
            and not form.cleaned_data.get("DELETE")
            and form.cleaned_data.get("starts_at")
            and form.cleaned_data.get("ends_at")
        ]
        if self._is_announced and not slots:
            self.add_error(None, "Une session programmée a au moins une demi-journée.")
        if has_proofs(self._slots_that_move):
            self.add_error(None, str(HalfDaysSigned()))
        elif self._dates_move and self._somebody_comes:
            self.add_error(
                None,
                "Des personnes sont inscrites à ces dates\u00a0: ouvrez la fiche de la session, "
                "puis «\u00a0Changer les dates\u202f», et chacun sera prévenu.",
            )
        if overlap(slots):
            self.add_error(None, "Deux demi-journées se chevauchent.")

    @property
    def _dates_move(self) -> bool:
        return any(self._moves(form) for form in self.formsets["slots"].forms)

    @property
    def _slots_that_move(self) -> list[TimeSlot]:
        return [form.instance for form in self.formsets["slots"].forms if self._moves(form)]

    @staticmethod
    def _moves(form: Any) -> bool:
        return bool({"starts_at", "ends_at", "DELETE"} & set(form.changed_data))

    @property
    def _somebody_comes(self) -> bool:
        session = self.current
        is_held = session.state in {*ENROLLING, SessionState.POSTPONED}
        return is_held and bool(session.seats_taken or session.waiting_count)

    @property
    def _is_announced(self) -> bool:
        return self.current.state != SessionState.DRAFT


class SiretField(forms.CharField):
    """A SIRET, or nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="SIRET", required=False, max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return clean_siret(typed) if typed else ""


class EmployerForm(DeskForm):
    """Who sends the people, and who answers for them; all of it, or nothing."""

    organisation = forms.CharField(
        label="Organisme", required=False, max_length=160, validators=[no_web_address]
    )
    siret = SiretField()
    contact_name = forms.CharField(
        label="Nom du contact", required=False, max_length=160, validators=[name_characters]
    )
    contact_email = email_field(
        "Adresse électronique du contact", autocomplete="off", required=False
    )


class LineForm(EmployerForm):
    """What each column of a list must be, the same as on the public form."""

    first_name = name_field("Prénom", "off")
    last_name = name_field("Nom", "off")
    email = email_field("Courriel", autocomplete="off")
    phone = phone_field("Téléphone")

    field_order = ("first_name", "last_name", "email", "phone")


class FileForm(EmployerForm):
    """A list, and the employer that it comes from when its lines do not say."""

    file = forms.FileField(
        label="Liste des stagiaires (CSV ou XLSX)",
        help_text=(
            "Une ligne par personne, et une première ligne de titres\u00a0: prénom, nom, courriel "
            "et, si vous les avez, téléphone, organisme, SIRET, contact, courriel du contact."
        ),
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide.",
        },
    )

    field_order = ("file",)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given = {name for name in EMPLOYER if cleaned.get(name)}
        for name in {"organisation", "contact_email"} - given if given else ():
            if name not in self.errors:
                self.add_error(name, "À indiquer aussi, pour une liste qui vient d’un employeur.")
        return cleaned

    @property
    def content(self) -> bytes:
        # One byte too many is enough to know that a file is too large.
        return self.cleaned_data["file"].read(LARGEST_FILE + 1)

    @property
    def employer(self) -> dict[str, str]:
        """What stands for the lines that name no organisation; nothing for people who pay alone."""
        return {name: self.cleaned_data[name] for name in EMPLOYER if self.cleaned_data[name]}
