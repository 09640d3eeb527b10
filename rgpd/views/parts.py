"""What the page « Mes données » shows of each row: what it says, when it ends, what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

from courrier.models import OutgoingMessage
from rgpd.register import Consent, Person, PersonalData
from rgpd.services.export import frame_of
from rgpd.services.held import OWN_TRACES, Held, consents_in_force
from rgpd.words import Sheet, sheet

#: Beyond, the rows of one kind are folded: one opens what one wants to read.
SHOWN_OPEN = 3
LONGEST_HINT = 80


@dataclass(frozen=True)
class Row:
    """One row, and the addresses of what its person may do with it."""

    title: str
    hint: str
    sheet: Sheet
    ends: str
    files: list[str]
    consents: list[tuple[Consent, str]]
    correct_url: str


@dataclass(frozen=True)
class Part:
    """The rows of one kind."""

    processing: str
    kind: str  # empty where the processing holds no other kind of rows
    frame: dict[str, Any]
    rows: list[Row]
    ask_url: str

    @property
    def folded(self) -> bool:
        return len(self.rows) > SHOWN_OPEN


def parts_of_page(found: Sequence[Held], person: Person) -> list[Part]:
    """What she came for first; then what was written to her, and the traces of these visits."""
    names = [held.entry.processing for held in found]
    late = (OutgoingMessage, *OWN_TRACES)
    found = sorted(found, key=lambda held: held.entry.model in late)
    return [_part(held, person, alone=names.count(held.entry.processing) == 1) for held in found]


def _part(held: Held, person: Person, *, alone: bool) -> Part:
    entry = held.entry
    return Part(
        processing=entry.processing,
        kind="" if alone else str(entry.model._meta.verbose_name_plural),
        frame=frame_of(entry),
        rows=[_row(entry, row, person) for row in held.rows],
        ask_url=reverse("rgpd_ask", query={"sujet": entry.processing}),
    )


def _row(entry: PersonalData, row: Any, person: Person) -> Row:
    own = [entry.model._meta.label_lower, str(row.pk)]
    said = sheet("", entry.export(row, person) if entry.export else {})
    return Row(
        title=str(row),
        hint=_hint(said),
        sheet=said,
        ends=entry.countdown_of(row).sentence,
        files=[file.name for file in entry.files(row, person)],
        consents=[
            (one, reverse("rgpd_withdraw", args=[*own, place]))
            for place, one in consents_in_force(entry, row)
        ],
        correct_url=reverse("rgpd_correct", args=own) if entry.corrections else "",
    )


def _hint(said: Sheet) -> str:
    """By what one knows a folded row again: what it is about, else the first thing it says."""
    lines = dict(said.lines)
    first = said.lines[0][1] if said.lines else ""
    return Truncator(lines.get("Objet") or first).chars(LONGEST_HINT)
