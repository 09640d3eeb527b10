"""From the columns of a row to what its person reads: the label and the value of each field."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from site_enys.states import Role, StateEvent

from .register import Facts

#: Who did something, as its person may know it.
BY = {Role.STAFF: "l’équipe", Role.PERSON: "vous", Role.SYSTEM: "le site"}
COLLEAGUE = "qui, dans l’équipe, l’a fait\u00a0: cela ne regarde que cette personne"
KEY = "clé d’une page ou d’un lien, qui ne doit pas circuler"


def facts(row: models.Model, *names: str, **labels: str) -> Facts:
    """Return {label: value} of these fields, choices in words; `labels` rename some of them.

    Labels are the verbose names, with a capital. Values stay instants, days, numbers, yes or no.
    """
    return {labels.get(name) or label(row, name): value(row, name) for name in names}


def label(row: models.Model, name: str) -> str:
    """« Prénom »: the verbose name of a field as a heading."""
    words = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


def value(row: models.Model, name: str) -> Any:
    """What a field holds, as one reads it: a choice by its words, another row by its `str`."""
    field = row._meta.get_field(name)
    if getattr(field, "flatchoices", None):
        return getattr(row, f"get_{name}_display")()
    held = getattr(row, name)
    return str(held) if isinstance(held, models.Model) else held


def journal(
    row: Any, states: type[models.TextChoices], acts: Mapping[str, str] | None = None
) -> list[Facts]:
    """What happened to a row, line by line; `acts` say what happened without a change of state."""
    return [
        _line(event, str(states(event.to_state).label), acts or {}) for event in row.events.all()
    ]


def _line(event: StateEvent, state: str, acts: Mapping[str, str]) -> Facts:
    return {
        "Le": event.at,
        "Fait": acts.get(event.transition, state),
        "État": state,
        "Par": BY[Role(event.role)],
        "Motif": event.reason,
        "Contre l’usage": event.forced,
    }


def left_out_of_journal(model: type[models.Model]) -> dict[str, str]:
    """What the lines of `journal` leave out, for `not_exported`."""
    return {
        f"{model.__name__}.transition": "dit en mots",
        f"{model.__name__}.from_state": "l’état d’avant est la ligne d’avant",
        f"{model.__name__}.user": COLLEAGUE,
    }
