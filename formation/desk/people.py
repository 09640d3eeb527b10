"""What staff does to one enrolment beyond its transitions: who, when, where to write, a note."""

from typing import Any

from django import forms
from django.urls import URLPattern, path

from formation.exceptions import NoOtherSession
from formation.forms.fields import email_field, name_field, phone_field
from formation.forms.follow import CorrectForm
from formation.models import Session
from formation.services import changes, upkeep
from formation.services.enrolment import Trainee
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.templatetags.formation_tags import session_summary
from site_enys.admin import DeskForm
from site_enys.exceptions import Refused, refusal_of

from .screens import Screen


class PersonForm(DeskForm):
    """The same questions as on the public pages."""

    first_name = name_field("Prénom", "off")
    last_name = name_field("Nom", "off")
    email = email_field("Adresse électronique", autocomplete="off")
    phone = phone_field("Téléphone")


class SessionChoice(forms.Form):
    session = forms.ModelChoiceField(
        label="Nouvelle session", queryset=Session.objects.none(), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["session"]
        offered = Session.objects.filter(pk__in=[session.pk for session in sessions])
        field.queryset = offered.select_related("course", "venue").order_by("starts_at")
        field.label_from_instance = lambda session: f"{session.code}, {session_summary(session)}"


class NoteForm(DeskForm):
    note = forms.CharField(
        label="Note de l’équipe",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="La personne peut demander à la lire\u00a0: rien que des faits utiles.",
    )


class CorrectScreen(Screen):
    title = "Corriger les coordonnées"
    button = "Enregistrer"
    takes_reason = False  # the journal says what was corrected
    explanation = (
        "Une nouvelle adresse ferme les liens déjà envoyés\u00a0: un nouveau part avec le message "
        "qui confirme la correction."
    )

    def make_form(self, data: Any = None, files: Any = None) -> PersonForm:
        values = {name: getattr(self.record, name) for name in CorrectForm.NAMES}
        return PersonForm(data, initial=values)

    def obstacle(self) -> Refused | None:
        return refusal_of(upkeep.refuse_unless_live, self.record)

    def run(self, form: PersonForm, reason: str) -> str:
        changes.correct(self.record, form.cleaned_data, by=self.by, now=self.now)
        return "Les coordonnées sont corrigées."


class SubstituteScreen(Screen):
    title = "Remplacer par un collègue"
    button = "Remplacer"
    explanation = "Le collègue prend la place, ou le rang, là où ils en sont."

    def make_form(self, data: Any = None, files: Any = None) -> PersonForm:
        return PersonForm(data)

    def obstacle(self) -> Refused | None:
        return ENROLMENT_LIFECYCLE.refusal(self.record, "substitute", self.by, self.now)

    def run(self, form: PersonForm, reason: str) -> str:
        heir = changes.substitute(
            self.record, Trainee(**form.cleaned_data), by=self.by, now=self.now, reason=reason
        )
        return f"{heir.full_name} prend la place."


class TransferScreen(Screen):
    title = "Reporter sur une autre session"
    button = "Reporter"
    explanation = (
        "La place est prise dans la session choisie, et celle-ci rendue à la liste d’attente."
    )

    def make_form(self, data: Any = None, files: Any = None) -> SessionChoice:
        return SessionChoice(data, sessions=changes.other_sessions(self.record, self.now))

    def obstacle(self) -> Refused | None:
        refusal = ENROLMENT_LIFECYCLE.refusal(self.record, "transfer", self.by, self.now)
        if refusal is None and not changes.other_sessions(self.record, self.now):
            return NoOtherSession()
        return refusal

    def run(self, form: SessionChoice, reason: str) -> str:
        target = form.cleaned_data["session"]
        new = changes.transfer(self.record, target, by=self.by, now=self.now, reason=reason)
        return f"L’inscription se poursuit dans la session {target.code} ({new.request})."


class NoteScreen(Screen):
    title = "Note de l’équipe"
    button = "Enregistrer"
    rehearse = None
    takes_reason = False

    def make_form(self, data: Any = None, files: Any = None) -> NoteForm:
        return NoteForm(data, initial={"note": self.record.note})

    def run(self, form: NoteForm, reason: str) -> str:
        note = form.cleaned_data["note"]
        upkeep.write_note(self.record, note, by=self.by, now=self.now)
        return "La note est enregistrée."


class LinkScreen(Screen):
    title = "Changer le lien de suivi"
    button = "Changer le lien et l’envoyer"
    explanation = (
        "Les liens déjà envoyés à cette personne ne fonctionneront plus, et un nouveau part\u00a0: "
        "pour un message transmis à quelqu’un d’autre, ou un lien perdu."
    )

    def obstacle(self) -> Refused | None:
        return refusal_of(upkeep.refuse_unless_live, self.record)

    def run(self, form: Any, reason: str) -> str:
        upkeep.change_link(self.record, by=self.by, now=self.now, reason=reason)
        return "Un nouveau lien part."


#: The word of the address, the screen.
SCREENS: dict[str, type[Screen]] = {
    "corriger": CorrectScreen,
    "remplacer": SubstituteScreen,
    "reporter": TransferScreen,
    "note": NoteScreen,
    "lien": LinkScreen,
}

urlpatterns: list[URLPattern] = [
    path(
        f"formation/inscriptions/<int:pk>/{word}/",
        screen.as_view(),
        name=f"formation_enrolment_{word}",
    )
    for word, screen in SCREENS.items()
]
