"""What a person does by herself with a row that is about her: correct it, take a consent back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from rgpd.exceptions import CorrectionRefused, NotYours
from rgpd.register import Person, PersonalData, entries_in_order


def own_row(person: Person, model: str, pk: str) -> tuple[PersonalData, Any]:
    """The row that an address names, among hers alone, with its entry. Raises NotYours."""
    for entry in entries_in_order():
        if entry.find and entry.model._meta.label_lower == model:
            for row in entry.find(person):
                if str(row.pk) == pk:
                    return entry, row
    raise NotYours


@transaction.atomic
def correct(entry: PersonalData, row: Any, values: Mapping[str, Any], *, now: datetime) -> None:
    """Write the fields that the entry lets its person correct, checked as the model wants them.

    Raises NotYours when the row is gone, CorrectionRefused (with the field) or the app's Refused.
    """
    rows = entry.model._default_manager.select_for_update(of=("self",))
    locked = rows.filter(pk=row.pk).first()
    if locked is None:
        raise NotYours
    allowed = {name: values[name] for name in entry.corrections if name in values}
    if entry.correct:
        _refuse_if_wrong(locked, allowed)
        entry.correct(locked, allowed, now)
        return
    for name, value in allowed.items():
        setattr(locked, name, value)
    _refuse_if_wrong(locked, allowed)
    try:
        with transaction.atomic():
            locked.save(update_fields=list(allowed))
    except IntegrityError as taken:
        raise CorrectionRefused from taken


@transaction.atomic
def withdraw(entry: PersonalData, row: Any, place: int, *, now: datetime) -> None:
    """Take a consent back; safe to repeat. Raises NotYours when there is no such consent."""
    if not 0 <= place < len(entry.consents):
        raise NotYours
    entry.consents[place].withdraw(row, now)


def _refuse_if_wrong(row: Any, values: Mapping[str, Any]) -> None:
    """The validators of the model's own fields, which its forms may not all repeat."""
    for name, value in values.items():
        try:
            row._meta.get_field(name).clean(value, row)
        except ValidationError as wrong:
            raise CorrectionRefused(" ".join(wrong.messages), field=name) from wrong
