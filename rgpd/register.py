"""The register of personal data: one entry per model, read by the purge and the privacy page.

What the privacy page promises and what the purge does come from the same line, so that they
cannot differ (RGPD, articles 5.1.e, 13 and 30).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction


@dataclass(frozen=True)
class PersonalData:
    """What one model holds about people, why, and for how long.

    `retention` is counted from the instant that `kept_since` names in words; `ended(limit)`
    returns the rows whose instant is before `limit`. `erase(row)` deletes the row with its files,
    or anonymises it; by default the row is deleted.
    """

    model: type[models.Model]
    processing: str  # « Inscriptions aux formations »
    purpose: str
    legal_basis: str
    data: str
    retention: timedelta
    retention_words: str
    kept_since: str
    ended: Callable[[datetime], models.QuerySet[Any]]
    recipients: str = "les personnes de l’équipe chargées de ce suivi"
    erase: Callable[[Any], Any] = lambda row: row.delete()


REGISTER: dict[type[models.Model], PersonalData] = {}
# Rows that hold personal data but live and die with another registered row.
FOLLOWERS: dict[type[models.Model], type[models.Model]] = {}


def register(entry: PersonalData, *, followers: tuple[type[models.Model], ...] = ()) -> None:
    """Declare a model, and the models whose rows are deleted by cascade with it."""
    REGISTER[entry.model] = entry
    for follower in followers:
        FOLLOWERS[follower] = entry.model


def processings() -> list[PersonalData]:
    """The entries in alphabetical order of processing, for the privacy page."""
    return sorted(REGISTER.values(), key=lambda entry: entry.processing)


def purge(now: datetime, *, apply: bool) -> dict[str, int]:
    """Erase every row whose retention has ended; only count them without `apply`.

    Each row goes in its own transaction: an interruption leaves whole rows, and running again
    goes on. Returns the number of rows per processing.
    """
    counts = {}
    for entry in processings():
        rows = entry.ended(now - entry.retention)
        counts[f"{entry.processing} ({entry.model._meta.verbose_name_plural})"] = rows.count()
        if apply:
            for row in rows.iterator(chunk_size=200):
                with transaction.atomic():
                    entry.erase(row)
    return counts
