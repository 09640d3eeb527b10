"""The sign of life of the mail worker: a row beside those of the timed jobs.

Whichever worker lives writes the same row, each one twice a minute at most: the question is
whether the mail has somebody to carry it, not who.
"""

import time
from datetime import datetime

from site_enys.leases import database_now
from site_enys.models import JobRun

from . import outbox

NAME = "envoi-courrier"
EVERY = 30.0  # seconds
#: Longer than the slowest conversation with a mail server: a worker that is only slow is not dead.
SILENT = outbox.LEASE


class Heartbeat:
    """That of one process, which knows when it last wrote."""

    def __init__(self) -> None:
        self._again = 0.0

    def beat(self) -> None:
        """Note that this worker lives, if it is time. Raises django.db.Error."""
        if time.monotonic() < self._again:
            return
        now = database_now()
        if not JobRun.objects.filter(name=NAME).update(succeeded_at=now):
            JobRun.objects.bulk_create([JobRun(name=NAME, succeeded_at=now)], ignore_conflicts=True)
        self._again = time.monotonic() + EVERY


def last_beat() -> datetime | None:
    """When a worker last said that it lives; None when none ever did."""
    return JobRun.objects.filter(name=NAME).values_list("succeeded_at", flat=True).first()


def is_silent(seen: datetime, now: datetime) -> bool:
    return now - seen > SILENT
