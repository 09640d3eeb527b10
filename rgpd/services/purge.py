"""Erasing what has reached its end: row by row, each run noted, whatever happens on the way."""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction

from rgpd.enums import RunOutcome
from rgpd.failures import note_failure
from rgpd.models import PurgeRun
from rgpd.register import PersonalData, entries_in_order
from site_enys.states import SYSTEM, Actor

#: How many identifiers are in memory at a time.
SLICE = 500


class PurgeIncomplete(RuntimeError):
    """Some rows could not be erased; the journal says which. `str()` names the processings."""


def purge(
    now: datetime,
    *,
    apply: bool,
    entries: Iterable[PersonalData] | None = None,
    by: Actor = SYSTEM,
) -> dict[str, int]:
    """Erase every row whose retention has ended; only count them without `apply`.

    Of the whole register, or of these `entries`. Each row goes in its own transaction, under its
    lock: an interruption leaves whole rows, running again goes on, and two runs at the same time
    erase nothing twice. A row that cannot be erased does not stop the others. The run is noted in
    `PurgeRun` as it goes. Returns the number of rows per processing; raises PurgeIncomplete at the
    end when some rows have stayed.
    """
    journal = _Journal(now, apply=apply, by=by)
    for entry in entries_in_order() if entries is None else entries:
        ended = entry.ended(now - entry.delay)
        name = name_of(entry)
        if apply:
            journal.counts[name] = [0, 0]
            for erased in _erase_all(entry, ended):
                journal.add(name, erased=erased)
        else:
            journal.counts[name] = [ended.count(), 0]
        journal.save()
    stayed = journal.close()
    if stayed:
        raise PurgeIncomplete(", ".join(stayed))
    return {name: erased for name, (erased, _failed) in journal.counts.items()}


def name_of(entry: PersonalData) -> str:
    """« Candidatures (candidatures) »: a processing may hold several kinds of rows."""
    return f"{entry.processing} ({entry.model._meta.verbose_name_plural})"


class _Journal:
    """The row that says how a run goes: written from time to time, so that a kill leaves it."""

    EVERY = 200  # rows

    def __init__(self, now: datetime, *, apply: bool, by: Actor) -> None:
        self.counts: dict[str, list[int]] = {}
        self._began = time.monotonic()
        self._unsaved = 0
        self._run = PurgeRun.objects.create(started_at=now, applied=apply, user=by.user)

    def add(self, name: str, *, erased: bool) -> None:
        self.counts[name][0 if erased else 1] += 1
        self._unsaved += 1
        if self._unsaved >= self.EVERY:
            self.save()

    def save(self, **more: Any) -> None:
        self._unsaved = 0
        PurgeRun.objects.filter(pk=self._run.pk).update(counts=self.counts, **more)

    def close(self) -> list[str]:
        """Write how it ended; return the processings of which some rows have stayed."""
        stayed = [name for name, (_erased, failed) in self.counts.items() if failed]
        self.save(
            outcome=RunOutcome.INCOMPLETE if stayed else RunOutcome.DONE,
            ended_at=self._run.started_at + timedelta(seconds=time.monotonic() - self._began),
        )
        return stayed


def _erase_all(entry: PersonalData, ended: models.QuerySet[Any]) -> Iterator[bool]:
    """Erase them by slices of keys; give, for each row that was there, whether it is gone."""
    keys = ended.order_by("pk").values_list("pk", flat=True)
    after: Any = None
    while keys_now := list((keys if after is None else keys.filter(pk__gt=after))[:SLICE]):
        # Onwards, never back: what cannot be erased is met once.
        after = keys_now[-1]
        for pk in keys_now:
            erased = _erase(entry, ended, pk)
            if erased is not None:
                yield erased


def _erase(entry: PersonalData, ended: models.QuerySet[Any], pk: Any) -> bool | None:
    """Erase one row if its retention has still ended: True, None when not, False on failure."""
    try:
        with transaction.atomic():
            rows = entry.model._base_manager.filter(pk=pk)  # noqa: SLF001 - documented
            # Apart: PostgreSQL locks nothing through a DISTINCT or an outer join.
            if rows.select_for_update(of=("self",)).first() is None:
                return None
            row = ended.filter(pk=pk).first()
            if row is None:
                return None
            entry.erase(row)
    except Exception as error:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        if not ended.filter(pk=pk).exists():  # another run came first, and we lost the race
            return None
        note_failure(entry.model, pk, error)
        return False
    return True
