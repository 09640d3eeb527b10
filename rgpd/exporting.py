"""From the columns of a row to what its person reads: the label and the value of each field."""

from typing import Any

from django.db import models

from .register import Facts


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
