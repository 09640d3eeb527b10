"""The application form. It asks for nothing that the law forbids to ask."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from recrutement.enums import CoverLetter, Source
from recrutement.exceptions import CVNotStored, FileRefused
from recrutement.models import JobOfferPage, OfferQuestion, RecruitmentSettings
from recrutement.notice import ApplicationNotice, notice_for
from recrutement.services.applications import Answers, Reply
from recrutement.services.control_mark import is_marked
from recrutement.services.cv import MAX_PAGES, CheckedCV, check_cv
from rgpd.informed_form import InformedForm
from site_enys import kept_files
from site_enys.exceptions import StoreUnavailable
from site_enys.public_forms import HONEYPOT, Section
from site_enys.validators import name_characters, phone_number

from .questions import field_name, question_fields

KEPT = "cv_joint"
PERSON = ("first_name", "last_name", "email", "phone")
FILE_HELP = (
    "Un fichier PDF de {size}\u00a0Mo et de {pages}\u00a0pages au plus. Une photo, un âge, une "
    "situation de famille n’y ont pas leur place."
)
NO_NEED_TO_SAY_WHY = (
    "Un accès, un interprète, plus de temps, un support… Dites ce qu’il faut, sans dire "
    "pourquoi\u00a0: ni maladie, ni handicap, ni document médical. Cette demande est gardée à "
    "part\u00a0: seule la personne qui organise l’entretien la lit, jamais celles qui évaluent."
)


class CVInput(forms.FileInput):
    """A file input that says which file is already there; no browser can refill it."""

    template_name = "recrutement/widgets/cv.html"

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ".pdf,application/pdf"})
        self.kept: kept_files.KeptFile | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["kept"] = self.kept
        if self.kept:  # the file is there: the browser must not ask for it again
            context["widget"]["attrs"].pop("required", None)
        return context


class ApplicationForm(InformedForm):
    """For an offer, or spontaneous when `offer` is None.

    `uploads_refused` is the sentence to show instead of opening one more file.
    """

    first_name = forms.CharField(
        label="Prénom",
        max_length=80,
        validators=[name_characters],
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label="Nom",
        max_length=80,
        validators=[name_characters],
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        help_text="Nous vous répondrons à cette adresse.",
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label="Téléphone",
        required=False,
        max_length=30,
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
        validators=[phone_number],
    )
    cv = forms.FileField(
        label="CV",
        max_length=255,
        widget=CVInput(),
        error_messages={"required": "Joignez votre CV, au format PDF."},
        # `services/cv.py` says it better, in its own order.
        allow_empty_file=True,
    )
    message = forms.CharField(
        label="Votre message",
        max_length=5000,
        help_text="Ce qui vous attire dans ce travail, ce que vous y apporteriez.",
        widget=forms.Textarea({"rows": 8}),
    )
    source = forms.ChoiceField(
        label="Comment nous avez-vous connus\u00a0?",
        required=False,
        choices=[("", "Je préfère ne pas répondre"), *Source.choices],
    )
    accommodation = forms.CharField(
        label="Ce qui vous serait utile le jour de l’entretien",
        required=False,
        max_length=1000,
        help_text=NO_NEED_TO_SAY_WHY,
        widget=forms.Textarea({"rows": 3}),
    )
    cv_joint = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        offer: JobOfferPage | None = None,
        uploads_refused: str = "",
        **kwargs: Any,
    ) -> None:
        self.offer = offer
        self.questions: list[OfferQuestion] = list(offer.questions.all()) if offer else []
        self.uploads_refused = uploads_refused
        self.checked_cv: CheckedCV | None = None
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self._show_kept(self._find_kept())

    def make_notice(self) -> ApplicationNotice:
        return notice_for(self.offer)

    def add_fields(self) -> None:
        self.fields |= question_fields(self.questions)
        size = RecruitmentSettings.load().max_file_megabytes
        self.fields["cv"].help_text = FILE_HELP.format(size=size, pages=MAX_PAGES)
        self.fields["cv"].required = self.offer.cv_required if self.offer else True
        cover_letter = self.offer.cover_letter if self.offer else CoverLetter.REQUIRED
        self.fields["message"].required = cover_letter == CoverLetter.REQUIRED
        if cover_letter == CoverLetter.NONE:
            del self.fields["message"]

    @property
    def sections(self) -> list[Section]:
        message = ["message"] if "message" in self.fields else []
        asked = [self[field_name(question)] for question in self.questions]
        wishes = [self["accommodation"]]
        return [
            Section("Vous", [self[name] for name in PERSON]),
            Section("Votre candidature", [self[name] for name in ("cv", *message)]),
            *([Section("Pour ce poste", asked)] if asked else []),
            Section("", [self["source"]]),
            Section("Demander un aménagement pour l’entretien", wishes, folded=True),
            Section("", [self[HONEYPOT]]),
        ]

    @property
    def purpose(self) -> str:  # type: ignore[override]
        return f"candidature:{self.offer.reference if self.offer else 'spontanee'}"

    @property
    def counted(self) -> bool:
        """Whether this submission uses up the hourly limit of its sender: not our own checks."""
        return not is_marked(self.data.get(self.add_prefix("email"), ""), self.now)

    @property
    def answers(self) -> Answers:
        names = (*PERSON, "message", "source", "accommodation")
        return Answers(
            **{name: self.cleaned_data.get(name, "") for name in names},
            replies=tuple(
                Reply(question.label, self.cleaned_data.get(field_name(question), ""))
                for question in self.questions
            ),
            **self.shown,
        )

    def clean_cv(self) -> UploadedFile | kept_files.KeptFile | None:
        chosen = self.cleaned_data["cv"]
        if isinstance(chosen, kept_files.KeptFile):
            self.checked_cv = self._kept_before(chosen)
        elif chosen:
            self.checked_cv = self._check(chosen)
        return chosen

    def keep_cv(self) -> None:
        """Before the form is shown again: keep the file that has just been accepted."""
        cv = self.checked_cv
        chosen_now = not isinstance(self.cleaned_data.get("cv"), kept_files.KeptFile)
        if cv is None or not chosen_now or not self.counted:
            return
        try:
            kept = kept_files.keep(
                cv.content, name=cv.name, facts=cv.facts, purpose=self.purpose, now=self.now
            )
        except StoreUnavailable:
            if not self.has_error("cv"):
                self.add_error("cv", CVNotStored.sentence)
            return
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix(KEPT)] = kept.token
        self.data = data
        self._show_kept(kept)

    def _kept_before(self, kept: kept_files.KeptFile) -> CheckedCV:
        try:
            return CheckedCV(kept.content(), kept.name, **kept.facts)
        except (StoreUnavailable, FileNotFoundError) as away:
            raise forms.ValidationError(CVNotStored.kept_sentence) from away

    def _check(self, upload: UploadedFile) -> CheckedCV:
        if self.uploads_refused:
            raise forms.ValidationError(self.uploads_refused)
        try:
            return check_cv(upload)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def _find_kept(self) -> kept_files.KeptFile | None:
        token = self.data.get(self.add_prefix(KEPT), "")
        return kept_files.find(token, purpose=self.purpose, now=self.now) if token else None

    def _show_kept(self, kept: kept_files.KeptFile | None) -> None:
        self.initial["cv"] = kept  # a file field that has one asks for no other
        self.fields["cv"].widget.kept = kept
