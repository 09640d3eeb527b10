"""Recognisable words put in the rows of a person, then looked for: in an export, or anywhere.

`planted(row, "canari")` marks a row; `traces("canari")` names what still holds the mark.
"""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models

from site_enys.kept_files import names_under
from site_enys.private_storage import private_storage

_NUMBERS = count(1)


def planted(row: models.Model, word: str, *, but: Iterable[str] = ()) -> dict[str, str]:
    """Write a mark of its own in each free text of the row; return {field: mark}.

    Choices, keys, files and the fields named in `but` are left as they are. A mark begins with
    `word` and is never the beginning of another one.
    """
    left = {"slug", "transition", "from_state", "to_state", *but}
    marks = {
        field.name: _mark(field, word)
        for field in row._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or field.primary_key or field.name in left)
    }
    type(row)._base_manager.filter(pk=row.pk).update(**marks)
    row.refresh_from_db()
    return marks


def _mark(field: Any, word: str) -> str:
    mark = f"{word}{next(_NUMBERS):05d}"
    whole = f"{mark}@exemple.test" if isinstance(field, models.EmailField) else mark
    assert len(whole) <= (field.max_length or 200), f"{field} est trop court pour une marque"
    return whole


def texts_in(value: Any) -> str:
    """Everything that a value says, inner values included, in one text."""
    if isinstance(value, dict):
        return " ".join(f"{key} {texts_in(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return " ".join(map(texts_in, value))
    return str(value)


def traces(*words: str) -> list[str]:
    """Every column of every table in which one of these words stands: « blog.Comment.text »."""
    found: set[str] = set()
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        names = [field.attname for field in model._meta.local_concrete_fields]
        for values in model._base_manager.values_list(*names):
            found |= {
                f"{model._meta.label}.{name}"
                for name, value in zip(names, values, strict=True)
                if value is not None and _says(value, words)
            }
    return sorted(found)


def files_that_say(*words: str, storage: Storage | None = None) -> list[str]:
    """The names of the stored files, private ones by default, that hold one of these words."""
    store = storage or private_storage()
    return sorted(name for name in names_under(store, ".") if _file_says(store, name, words))


def _file_says(store: Storage, name: str, words: Iterable[str]) -> bool:
    with store.open(name) as file:
        return _says(name, words) or _says(file.read(), words)


def _says(value: Any, words: Iterable[str]) -> bool:
    if isinstance(value, bytes | memoryview):
        return any(word.encode() in bytes(value) for word in words)
    said = str(value)
    return any(word in said for word in words)
