"""Everything the site holds about a person, in plain French (RGPD, articles 15 and 20).

The facts come from the register, as Python values: whoever shows them writes them in words, or in
ISO 8601 for a machine.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rgpd.register import Person, PersonalData

from .held import Held, consents_in_force, held_by, not_findable

Data = dict[str, Any]
NOT_FOUND = "Ce que le site garde sans pouvoir vous y retrouver"
RIGHTS = {
    "Ce que vous pouvez demander": (
        "voir vos données, les emporter, les corriger, les effacer, en limiter l’usage, vous y "
        "opposer, retirer un accord"
    ),
    "Où le demander": "la page «\u00a0Mes données\u202f» du site, ou un message à l’équipe",
    "Réponse": "dans un délai d’un mois (RGPD, article 12.3)",
    "Réclamation": "auprès de la CNIL, cnil.fr/plaintes",
}


def everything_about(person: Person, now: datetime) -> Data:
    """All of it: one part for each kind of rows, then what cannot be found and the rights.

    A part says why, on which basis, for whom and for how long the rows are kept, then each row.
    """
    return exported(held_by(person), person, now)


def exported(found: list[Held], person: Person, now: datetime) -> Data:
    """The same, of rows that are already at hand."""
    return {
        "Établi le": now,
        "Adresse": person.email,
        **{title: _part(held, person) for title, held in _titled(found)},
        NOT_FOUND: [
            {"Traitement": entry.processing, "Contenu": entry.data, "Raison": why}
            for entry, why in reasons_not_found()
        ],
        "Vos droits": RIGHTS,
    }


def frame_of(entry: PersonalData) -> Data:
    """Why a kind of rows is kept, on which basis, for whom and for how long."""
    return {
        "Finalité": entry.purpose,
        "Fondement": entry.legal_basis,
        "Destinataires": entry.recipients,
        "Durée": entry.delay_words,
        "Comptée depuis": entry.kept_since,
    }


def row_of(entry: PersonalData, row: Any, person: Person) -> Data:
    """What one row says of her, when it ends, what she accepted, and the names of her files."""
    facts: Data = dict(entry.export(row, person)) if entry.export else {}
    facts.setdefault("Conservation", entry.countdown_of(row).sentence)
    consents = [
        {"Accord": one.question, "Donné le": one.given(row), "Texte accepté": one.version(row)}
        for _place, one in consents_in_force(entry, row)
    ]
    if consents:
        facts.setdefault("Accords", consents)
    files = [file.name for file in entry.files(row, person)]
    if files:
        facts.setdefault("Fichiers", files)
    return facts


def _part(held: Held, person: Person) -> Data:
    return {
        **frame_of(held.entry),
        "Données": [row_of(held.entry, row, person) for row in held.rows],
    }


def _titled(found: list[Held]) -> Iterable[tuple[str, Held]]:
    """The name of the processing; with that of the rows where it holds several kinds of them."""
    names = [held.entry.processing for held in found]
    for held in found:
        name, rows = held.entry.processing, held.entry.model._meta.verbose_name_plural
        yield (name if names.count(name) == 1 else f"{name}\u00a0: {rows}"), held


def reasons_not_found() -> list[tuple[PersonalData, str]]:
    """What cannot be found by an address, and why; said once for the models that say the same."""
    said = {(one.processing, one.data, one.not_found_because): one for one in not_findable()}
    return [(entry, entry.not_found_because) for entry in said.values()]
