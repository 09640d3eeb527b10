"""The staff form of a session."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from formation.enums import ENROLLING, DeliveryMode, SessionState
from formation.models import Session
from formation.services import seats
from formation.services.sessions import overlap


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
                "capacity", "Des personnes sont déjà inscrites : il faut au moins autant de places."
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
        if self._dates_move and self._somebody_comes:
            self.add_error(
                None,
                "Des personnes sont inscrites à ces dates : ouvrez la fiche de la session, puis "
                "« Changer les dates », et chacun sera prévenu.",
            )
        if overlap(slots):
            self.add_error(None, "Deux demi-journées se chevauchent.")

    @property
    def _dates_move(self) -> bool:
        formset = self.formsets["slots"]
        return any(
            {"starts_at", "ends_at", "DELETE"} & set(form.changed_data) for form in formset.forms
        )

    @property
    def _somebody_comes(self) -> bool:
        session = self.current
        is_held = session.state in {*ENROLLING, SessionState.POSTPONED}
        return is_held and bool(session.seats_taken or session.waiting_count)

    @property
    def _is_announced(self) -> bool:
        return self.current.state != SessionState.DRAFT
