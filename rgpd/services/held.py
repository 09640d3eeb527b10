"""Which rows of the whole site are about a person."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from courrier.models import OutgoingMessage
from rgpd.models import PersonalAccess, RightsRequest
from rgpd.register import Consent, HeldFile, Person, PersonalData, entries_in_order

#: What « Mes données » itself leaves of a visit.
OWN_TRACES: tuple[type[Model], ...] = (PersonalAccess, RightsRequest)


@dataclass(frozen=True)
class Held:
    """The rows of one entry of the register that are about a person; at least one."""

    entry: PersonalData
    rows: list[Any]


def held_by(person: Person) -> list[Held]:
    """What the site holds about her, in the order of the register; one query for each entry."""
    found = [Held(entry, list(entry.find(person))) for entry in entries_in_order() if entry.find]
    return [held for held in found if held.rows]


def only_traces(found: list[Held]) -> bool:
    """Whether nothing is held but what « Mes données » itself leaves: visits, requests, links."""
    return all(
        held.entry.model in OWN_TRACES
        or (held.entry.model is OutgoingMessage and all(_is_ours(row) for row in held.rows))
        for held in found
    )


def not_findable() -> list[PersonalData]:
    """What the site holds, in whole or in part, without being able to tell whose it is.

    RGPD, article 11.2.
    """
    return [entry for entry in entries_in_order() if entry.not_found_because]


def files_of(held: Held, person: Person) -> list[tuple[Any, HeldFile]]:
    """Her files, each with its row."""
    return [(row, file) for row in held.rows for file in held.entry.files(row, person)]


def consents_in_force(entry: PersonalData, row: Any) -> list[tuple[int, Consent]]:
    """What she has accepted on a row and not taken back, each with its place in the entry."""
    return [(place, one) for place, one in enumerate(entry.consents) if one.given(row)]


def _is_ours(message: OutgoingMessage) -> bool:
    return message.kind.startswith("rgpd_")
