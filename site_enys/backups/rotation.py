"""Which archives stay. The privacy notice promises that none is kept longer than 30 days."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from site_enys.french import plural
from site_enys.jobs import job

#: One day less than promised: the next rotation comes in a day.
LONGEST = timedelta(days=29)
SUFFIXES = (".tar", ".tar.age")
SIDE = ".json"
UNFINISHED = ".partiel"


@dataclass(frozen=True)
class Archive:
    """An archive of the folder; it was read back before it took its name."""

    path: Path
    made_at: datetime

    @property
    def side(self) -> Path:
        """What it says in clear."""
        return self.path.with_name(self.path.name + SIDE)


def archives(folder: Path) -> list[Archive]:
    """What the folder holds, the newest first; a file that we did not write is left alone."""
    found = [
        Archive(path, datetime.fromisoformat(said["made_at"]))
        for path in folder.glob("enys-*")
        if path.name.endswith(SUFFIXES) and (said := said_of(path))
    ]
    return sorted(found, key=lambda archive: archive.made_at, reverse=True)


def said_of(path: Path) -> dict[str, Any] | None:
    """What lies in clear beside an archive; None when it is not there or does not say."""
    with suppress(OSError, ValueError):
        said = json.loads(path.with_name(path.name + SIDE).read_text(encoding="utf-8"))
        if isinstance(said, dict) and "made_at" in said:
            return said
    return None


def outdated(found: Iterable[Archive], now: datetime, *, days: int, weeks: int) -> list[Archive]:
    """Those to delete: the last of each of `days` days and of `weeks` weeks stay.

    Nothing older than 29 days stays, but the newest one always does, however old.
    """
    newest_first = sorted(found, key=lambda archive: archive.made_at, reverse=True)
    young = [archive for archive in newest_first if now - archive.made_at <= LONGEST]
    kept = {
        *newest_first[:1],
        *_last_of_each(young, "%Y-%m-%d")[:days],
        *_last_of_each(young, "%G-%V")[:weeks],
    }
    return [archive for archive in newest_first if archive not in kept]


def rotate(folder: Path, now: datetime) -> list[Archive]:
    """Delete what is outdated, and return it. What lies in clear beside goes last."""
    days, weeks = settings.BACKUP_KEEP
    gone = outdated(archives(folder), now, days=days, weeks=weeks)
    for archive in gone:
        archive.path.unlink(missing_ok=True)
        archive.side.unlink(missing_ok=True)
    return gone


def sweep(folder: Path) -> None:
    """Delete what a killed backup has left. The caller holds the lock of the folder."""
    for left in folder.glob(f"enys-*{UNFINISHED}"):
        left.unlink(missing_ok=True)
    for side in folder.glob(f"enys-*{SIDE}"):
        if not side.with_name(side.name.removesuffix(SIDE)).exists():
            side.unlink(missing_ok=True)


def _last_of_each(newest_first: list[Archive], period: str) -> list[Archive]:
    seen: dict[str, Archive] = {}
    for archive in newest_first:
        seen.setdefault(timezone.localtime(archive.made_at).strftime(period), archive)
    return list(seen.values())


@job("rotation-sauvegardes", every=timedelta(days=1))
def forget_old_backups(now: datetime) -> str:
    """Delete, once a day, the archives that may stay no longer, even when no backup succeeds."""
    folder = settings.BACKUP_DIR
    if folder is None or not folder.is_dir():
        return "aucun dossier de sauvegarde"
    return f"effacées\u00a0: {plural(len(rotate(folder, now)), 'sauvegarde')}"
