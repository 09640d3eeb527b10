"""The forms of attendance: the code of the room, who was there, a correction, what was learnt."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from formation.enums import Assessment, Presence
from formation.models import Enrolment
from formation.services.scans import LARGEST
from formation.services.sheets import Seen
from site_enys.public_forms import PublicForm, Section

from .fields import email_field

#: How a presence is said to whoever chooses it.
PRESENCES = (
    (Presence.PRESENT, "Présence toute la demi-journée"),
    (Presence.LATE, "Présence en partie (retard ou départ)"),
    (Presence.EXCUSED, "Absence excusée"),
    (Presence.ABSENT, "Absence"),
)


class SignForm(PublicForm):
    """The six figures that the room shows."""

    purpose = "emargement"

    code = forms.CharField(
        label="Code affiché dans la salle",
        max_length=20,
        help_text="Six chiffres, qui changent toutes les minutes.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input"}
        ),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class RoomLinkForm(PublicForm):
    """Somebody in the room whose phone does not know her yet."""

    purpose = "emargement-lien"

    email = email_field(
        "Votre adresse électronique",
        "Celle de votre convocation\u00a0: votre lien y part à l’instant.",
    )


class TrainerLinkForm(PublicForm):
    """A trainer who no longer has the link."""

    purpose = "animation-lien"

    email = email_field("Votre adresse électronique", "Celle à laquelle nous vous écrivons.")


def presence_field(*, required: bool) -> forms.ChoiceField:
    choices = [("", "À indiquer"), *((str(value), label) for value, label in PRESENCES)]
    return forms.ChoiceField(label="Présence", choices=choices, required=required)


def minutes_field() -> forms.IntegerField:
    return forms.IntegerField(
        label="Minutes suivies",
        required=False,
        min_value=1,
        max_value=1440,
        help_text="Seulement pour une présence en partie.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def scan_field(*, required: bool) -> forms.FileField:
    return forms.FileField(
        label="Feuille signée",
        required=required,
        help_text="Un PDF, ou une photographie JPEG ou PNG lisible\u00a0; 10\u00a0Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


def reason_field(help_text: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label="Motif",
        required=required,
        max_length=1000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def content_of(scan: Any) -> bytes | None:
    """The content of an uploaded scan; one byte too many is enough to know that it is too large."""
    return scan.read(LARGEST + 1) if scan else None


def seen_in(cleaned: Mapping[str, Any], people: Iterable[Enrolment]) -> dict[int, Seen]:
    """What was chosen for each person for whom something was."""
    return {
        one.pk: Seen(presence, cleaned.get(f"minutes_{one.pk}"))
        for one in people
        if (presence := cleaned.get(f"presence_{one.pk}"))
    }


class _SheetForm(PublicForm):
    """Two questions about each person."""

    asks_all = True

    def __init__(self, *args: Any, people: list[Enrolment], **kwargs: Any) -> None:
        self.people = people
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        for one in self.people:
            self.fields[f"presence_{one.pk}"] = presence_field(required=self.asks_all)
            self.fields[f"minutes_{one.pk}"] = minutes_field()

    @property
    def sections(self) -> list[Section]:
        several = len(self.people) > 1
        return [
            Section(
                one.full_name,
                [self[f"presence_{one.pk}"], self[f"minutes_{one.pk}"]],
                repeated=several,
            )
            for one in self.people
        ]

    def seen(self) -> dict[int, Seen]:
        return seen_in(self.cleaned_data, self.people)


class CountersignForm(_SheetForm):
    """Those who have not signed, and a button."""

    purpose = "emargement-contreseing"


class PaperForm(_SheetForm):
    """What the paper says, and its scan."""

    purpose = "emargement-papier"
    asks_all = False

    def __init__(self, *args: Any, has_scan: bool = False, **kwargs: Any) -> None:
        self.has_scan = has_scan
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.fields["scan"] = scan_field(required=not self.has_scan)
        super().add_fields()
        self.fields["reason"] = reason_field(
            "Nécessaire une demi-heure après la fin, ou pour changer ce qui est déjà écrit.",
            required=False,
        )

    @property
    def sections(self) -> list[Section]:
        return [Section("", [self["scan"]]), *super().sections, Section("", [self["reason"]])]


class CorrectionForm(PublicForm):
    """What one line should have said, and why."""

    purpose = "emargement-correction"

    presence = presence_field(required=True)
    minutes = minutes_field()
    reason = reason_field("L’ancienne valeur est gardée avec ce motif.", required=True)

    def seen(self) -> Seen:
        return Seen(self.cleaned_data["presence"], self.cleaned_data.get("minutes"))


class AssessmentForm(PublicForm):
    """What was learnt, person by person."""

    purpose = "animation-acquis"

    def __init__(self, *args: Any, people: list[Enrolment], **kwargs: Any) -> None:
        self.people = people
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        for one in self.people:
            self.fields[f"acquis_{one.pk}"] = forms.ChoiceField(
                label=one.full_name,
                required=False,
                choices=[("", "Non évalué"), *Assessment.choices],
                initial=one.assessment,
            )

    def found(self) -> dict[int, str]:
        return {one.pk: self.cleaned_data[f"acquis_{one.pk}"] for one in self.people}
