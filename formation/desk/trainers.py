"""What staff does for a trainer: send the link of her space, or close those that were sent."""

from typing import Any

from django import forms

from formation.exceptions import TrainerWithoutAddress
from formation.models import Session, Trainer
from formation.services.trainers import send_desk
from site_enys.admin import DeskForm, admin_url
from site_enys.exceptions import Refused

from .screens import Screen


class SpaceForm(DeskForm):
    close_former = forms.BooleanField(
        label="Fermer d’abord les liens déjà envoyés",
        required=False,
        help_text=(
            "Pour un message transmis à quelqu’un d’autre\u00a0: ces liens, et l’adresse de son "
            "agenda, ne fonctionneront plus."
        ),
    )


class SendSpaceScreen(Screen):
    """« Envoyer son espace »."""

    model = Trainer
    permission = "formation.change_trainer"
    title = "Envoyer son espace"
    button = "Envoyer le lien"
    header_icon = "user"
    takes_reason = False
    explanation = (
        "Le lien ouvre ses sessions, sans mot de passe\u00a0: demi-journées, personnes attendues, "
        "émargement, évaluations. Il ne montre ni tarifs, ni coordonnées des stagiaires."
    )

    def make_form(self, data: Any = None, files: Any = None) -> SpaceForm:
        return SpaceForm(data)

    def obstacle(self) -> Refused | None:
        return None if self.record.email else TrainerWithoutAddress()

    def run(self, form: SpaceForm, reason: str) -> str:
        send_desk(self.record, close_former=form.cleaned_data["close_former"])
        return f"Le lien part à {self.record.name}."

    @property
    def back_url(self) -> str:
        """The session from which she was chosen, or her own record."""
        came_from = self.request.GET.get("session", "")
        if came_from.isascii() and came_from.isdigit() and len(came_from) < 18:
            return admin_url(Session, "inspect", int(came_from))
        return super().back_url
