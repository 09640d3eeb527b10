"""When a backup and a drill last went well: rows beside those of the timed jobs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from site_enys.models import JobRun

BACKUP, DRILL = "sauvegarde", "essai-restauration"


def last_drill() -> datetime | None:
    """When an archive was last restored elsewhere, to see; None when it never was."""
    rows = JobRun.objects.filter(name=DRILL).values_list("succeeded_at", flat=True)
    return rows.first()


def how_backups_go() -> tuple[datetime | None, str]:
    """When the last backup that was read back began, and why the last one failed, in French.

    None when there never was one; empty when it did not fail.
    """
    rows = JobRun.objects.filter(name=BACKUP).values_list("succeeded_at", "last_error")
    return rows.first() or (None, "")


@contextmanager
def noted(name: str, now: datetime) -> Iterator[None]:
    """Note that it began, then how it ended.

    The beginning is written before the dump is made: it is the sign of life by which a restored
    database tells when it was backed up.
    """
    JobRun.objects.update_or_create(name=name, defaults={"started_at": now, "running": True})
    row = JobRun.objects.filter(name=name)
    try:
        yield
    except BaseException as error:
        row.update(running=False, last_error=str(error)[:2000] or type(error).__name__)
        raise
    row.update(running=False, succeeded_at=now, last_error="")


def note_restored(made_at: datetime) -> None:
    """In a database just restored: nothing runs, and its backup is the one that served."""
    JobRun.objects.update(running=False, leased_until=None)
    done = {"started_at": made_at, "succeeded_at": made_at, "last_error": ""}
    JobRun.objects.update_or_create(name=BACKUP, defaults=done)
