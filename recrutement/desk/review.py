"""What a reader adds to an application: a note, marks, a reveal."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse

from recrutement.exceptions import AlreadyRevealed
from recrutement.models import Application
from recrutement.services import access, review
from site_enys.admin import DeskForm
from site_enys.admin.screens import Screen
from site_enys.exceptions import Refused

LEVELS = (
    (1, "1, insuffisant"),
    (2, "2, à approfondir"),
    (3, "3, bon"),
    (4, "4, très bon"),
)


def board_url(application: Application) -> str:
    """The board of the offer of this application."""
    offer = application.offer.reference if application.offer else "spontanees"
    return f"{reverse('recrutement_board')}?{urlencode({'offre': offer})}"


class NoteForm(DeskForm):
    text = forms.CharField(
        label="Ajouter une note",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="La personne peut demander à lire vos notes et vos évaluations (RGPD, "
        "article\u00a015)\u00a0: des faits, en rapport avec le poste.",
    )


class RatingForm(DeskForm):
    """One mark for each criterion of the offer."""

    def __init__(
        self, data: Any = None, *, application: Application, user: Any, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        own = review.own_marks(application, user)
        self.criteria = {
            f"critere_{rank}": name for rank, name in enumerate(review.criteria_of(application))
        }
        for field, criterion in self.criteria.items():
            self.fields[field] = forms.TypedChoiceField(
                label=criterion,
                choices=LEVELS,
                coerce=int,
                initial=own.get(criterion),
                widget=forms.RadioSelect,
            )
        self.already = bool(own)

    @property
    def scores(self) -> dict[str, int]:
        return {name: self.cleaned_data[field] for field, name in self.criteria.items()}


class ReadingScreen(Screen):
    """A screen for whoever reads the application, reviewers included."""

    model = Application
    header_icon = "user"
    rehearse = None
    takes_reason = False

    def is_allowed(self, request: HttpRequest) -> bool:
        return access.reads_some(request.user)


class NoteScreen(ReadingScreen):
    title = "Ajouter une note"
    button = "Ajouter la note"

    def make_form(self, data: Any = None, files: Any = None) -> NoteForm:
        return NoteForm(data)

    def run(self, form: NoteForm, reason: str) -> str:
        review.add_note(self.record, form.cleaned_data["text"], by=self.by, now=self.now)
        return "La note est ajoutée."


class RateScreen(ReadingScreen):
    title = "Évaluer"
    button = "Enregistrer mon évaluation"
    template_name = "recrutement/admin/rate.html"
    explanation = (
        "De 1 à 4 pour chaque critère. Vous pourrez revenir sur vos notes tant que la candidature "
        "est à l’étude. Vous lirez celles des autres une fois les vôtres données."
    )

    def make_form(self, data: Any = None, files: Any = None) -> RatingForm:
        return RatingForm(data, application=self.record, user=self.request.user)

    def run(self, form: RatingForm, reason: str) -> str:
        review.rate(self.record, form.scores, by=self.by, now=self.now)
        return "Votre évaluation est enregistrée."


class RevealScreen(ReadingScreen):
    title = "Voir l’identité et les pièces"
    button = "Voir l’identité"
    takes_reason = True
    needs_reason = True
    explanation = (
        "Le nom, les coordonnées et les pièces vous seront montrés, à vous seulement et pour de "
        "bon. Votre nom, l’heure et ce motif restent écrits dans la fiche."
    )

    def obstacle(self) -> Refused | None:
        return AlreadyRevealed() if self.record.identity_shown else None

    def run(self, form: Any, reason: str) -> str:
        review.reveal(self.record, by=self.by, now=self.now, reason=reason)
        return "L’identité et les pièces vous sont montrées."


urlpatterns: list[URLPattern] = [
    path("recrutement/candidatures/<uuid:pk>/note/", NoteScreen.as_view(), name="recrutement_note"),
    path(
        "recrutement/candidatures/<uuid:pk>/evaluer/", RateScreen.as_view(), name="recrutement_rate"
    ),
    path(
        "recrutement/candidatures/<uuid:pk>/identite/",
        RevealScreen.as_view(),
        name="recrutement_reveal",
    ),
]
