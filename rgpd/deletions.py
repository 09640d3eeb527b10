"""What was erased, remembered beside the database: a restored backup would bring it back.

One line for each registered row that goes, whichever way: the instant, the model, the key. It says
nothing of anybody, and lies outside of all that a restore puts back.
"""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.utils import timezone

#: Backups live 30 days at most; a margin.
KEPT = timedelta(days=60)

Line = tuple[datetime, str, str]  # instant, « home.contactmessage », key


def journal() -> Path:
    return Path(settings.DATA_DIR, "effacements.journal")


def note_deletions_of(model: type[models.Model]) -> None:
    """From now on, a deleted row of `model` leaves a line once it is committed. Safe to repeat."""
    post_delete.connect(_note, sender=model, dispatch_uid="rgpd.deletions")


def note(row: models.Model) -> None:
    """Remember that this row was erased, in the transaction that erases or anonymises it."""
    line = f"{timezone.now().isoformat()} {row._meta.label_lower} {row.pk}\n"
    # Robust: the row is gone, whatever becomes of the line.
    transaction.on_commit(partial(_append, line), robust=True)


def noted_since(instant: datetime) -> Iterator[Line]:
    """The lines of the journal after that instant, the oldest first."""
    for line in _lines():
        at, label, key = line.split()
        if datetime.fromisoformat(at) >= instant:
            yield datetime.fromisoformat(at), label, key


def forget_before(instant: datetime) -> None:
    """Shorten the journal; what is written meanwhile may be lost, so it is done at night."""
    if not journal().exists():
        return
    kept = [f"{at.isoformat()} {label} {key}\n" for at, label, key in noted_since(instant)]
    fresh = journal().with_suffix(".nouveau")
    fresh.write_text("".join(kept), encoding="ascii")
    fresh.replace(journal())


def _note(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    note(instance)


def _append(line: str) -> None:
    file = os.open(journal(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line.encode("ascii"))
    finally:
        os.close(file)


def _lines() -> list[str]:
    try:
        return journal().read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return []
