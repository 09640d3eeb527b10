"""The register of personal data: one entry per model, read by the purge and the privacy page.

What the privacy page promises and what the purge does come from the same line, so that they
cannot differ (RGPD, articles 5.1.e, 13 and 30).
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from .files import delete_files_with_rows

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PersonalData:
    """What one model holds about people, why, and for how long.

    `retention` is counted from the instant that `kept_since` names in words; when staff may set
    it, both it and its words are asked each time. `ended(limit)` returns the rows whose instant is
    before `limit`. `erase(row)` deletes the row, or anonymises
    it so that `ended` no longer returns it; by default the row is deleted. The files of a deleted
    row are deleted with it (`rgpd.files`).
    """

    model: type[models.Model]
    processing: str  # « Inscriptions aux formations »
    purpose: str
    legal_basis: str
    data: str
    retention: timedelta | Callable[[], timedelta]
    retention_words: str | Callable[[], str]
    kept_since: str
    ended: Callable[[datetime], models.QuerySet[Any]]
    recipients: str = "les personnes de l’équipe chargées de ce suivi"
    erase: Callable[[Any], Any] = lambda row: row.delete()
    #: The daily work of its own app erases it, with what it notes of that; the common one does not.
    own_job: bool = False

    @property
    def delay(self) -> timedelta:
        return self.retention() if callable(self.retention) else self.retention

    @property
    def delay_words(self) -> str:
        words = self.retention_words
        return words() if callable(words) else words


class PurgeIncomplete(RuntimeError):
    """Some rows could not be erased; the journal says which. `str()` names the processings."""


REGISTER: dict[type[models.Model], PersonalData] = {}
# Rows that hold personal data but live and die with another registered row.
FOLLOWERS: dict[type[models.Model], type[models.Model]] = {}


def register(entry: PersonalData, *, followers: tuple[type[models.Model], ...] = ()) -> None:
    """Declare a model, and the models whose rows are deleted by cascade with it."""
    REGISTER[entry.model] = entry
    for follower in followers:
        FOLLOWERS[follower] = entry.model
    for model in (entry.model, *followers):
        delete_files_with_rows(model)


def processings() -> list[PersonalData]:
    """What the privacy page says, in alphabetical order: models that say the same are said once."""
    said = {(entry.processing, entry.data, entry.delay_words): entry for entry in _entries()}
    return list(said.values())


def common() -> list[PersonalData]:
    """The entries that no other work erases."""
    return [entry for entry in _entries() if not entry.own_job]


def _entries() -> list[PersonalData]:
    return sorted(REGISTER.values(), key=lambda entry: entry.processing)


def purge(
    now: datetime, *, apply: bool, entries: Iterable[PersonalData] | None = None
) -> dict[str, int]:
    """Erase every row whose retention has ended; only count them without `apply`.

    Of the whole register, or of these `entries`. Each row goes in its own transaction: an
    interruption leaves whole rows, and running again goes on. A row that cannot be erased does not
    stop the others. Returns the number of rows per processing; raises PurgeIncomplete at the end
    when some rows have stayed.
    """
    counts, stayed = {}, []
    for entry in _entries() if entries is None else entries:
        ended = entry.ended(now - entry.delay)
        name = f"{entry.processing} ({entry.model._meta.verbose_name_plural})"
        if not apply:
            counts[name] = ended.count()
            continue
        outcome = [_erase(entry, ended, pk) for pk in list(ended.values_list("pk", flat=True))]
        counts[name] = outcome.count(True)
        if False in outcome:
            stayed.append(name)
    if stayed:
        raise PurgeIncomplete(", ".join(stayed))
    return counts


def _erase(entry: PersonalData, ended: models.QuerySet[Any], pk: Any) -> bool | None:
    """Erase one row if its retention has still ended: True, None when not, False on failure."""
    try:
        with transaction.atomic():
            row = ended.filter(pk=pk).first()
            if row is None:
                return None
            entry.erase(row)
    except Exception:
        logger.exception("Effacement impossible : %s n° %s", entry.model._meta.label, pk)
        return False
    return True
