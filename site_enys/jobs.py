"""Timed work: each app registers its jobs in its own `jobs.py`; `manage.py tick` runs what is due.

A job is claimed by one conditional UPDATE of its heartbeat row, so that two machines never run it
at the same time nor twice for the same instant. A job that fails is noted, and the next one runs.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import close_old_connections, connection
from django.db.models import Q

from .logs import masked
from .models import FormSubmission, JobRun, RateWindow

logger = logging.getLogger(__name__)

# `tick` comes every minute, give or take: without this, a job of one minute would run every two.
SLACK = timedelta(seconds=10)
# A run that has not ended after this long was killed: the next tick may begin again.
LONGEST_RUN = timedelta(hours=1)


@dataclass(frozen=True)
class Job:
    """`run(now)` opens its own transactions and returns one line saying what it did.

    `outside` says that it asks something of the site from the network.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], str]
    outside: bool = False


REGISTRY: dict[str, Job] = {}


def job(
    name: str, *, every: timedelta, outside: bool = False
) -> Callable[[Callable[[datetime], str]], Callable[[datetime], str]]:
    """Register a function of `now` as a job. `every` is a whole number of minutes at least one."""

    def register(function: Callable[[datetime], str]) -> Callable[[datetime], str]:
        REGISTRY[name] = Job(name, every, function, outside)
        return function

    return register


def run_due(now: datetime, *, within: bool = False) -> dict[str, str]:
    """Run every job whose time has come; return one line per job that ran.

    `within` leaves to the next time those that need the site to answer.
    """
    outcome = {}
    for entry in REGISTRY.values():
        if not (within and entry.outside) and _claim(entry, now):
            outcome[entry.name] = _run(entry, now)
    return outcome


def late_jobs(now: datetime) -> list[str]:
    """The names of the jobs that should have succeeded since a while, and have not."""
    succeeded = dict(JobRun.objects.values_list("name", "succeeded_at"))
    return [
        entry.name
        for entry in REGISTRY.values()
        if (last := succeeded.get(entry.name)) is None
        or last < now - 2 * entry.every - timedelta(minutes=30)
    ]


def _claim(entry: Job, now: datetime) -> bool:
    JobRun.objects.get_or_create(name=entry.name)
    due = Q(started_at=None) | Q(started_at__lte=now - entry.every + SLACK)
    free = Q(running=False) | Q(started_at__lte=now - LONGEST_RUN)
    rows = JobRun.objects.filter(due, free, name=entry.name)
    return rows.update(started_at=now, running=True) == 1


def _run(entry: Job, now: datetime) -> str:
    heartbeat = JobRun.objects.filter(name=entry.name)
    try:
        line = entry.run(now)
    except Exception as error:
        logger.exception("La tâche « %s » a échoué.", entry.name)
        if not connection.in_atomic_block:
            close_old_connections()  # when it is the database that went away
        reason = masked(f"{type(error).__name__}\u00a0: {error}")[:2000]
        heartbeat.update(running=False, last_error=reason)
        return f"échec ({type(error).__name__})"
    heartbeat.update(running=False, succeeded_at=now, last_error="")
    return line


@job("menage-formulaires", every=timedelta(hours=1))
def forget_form_traces(now: datetime) -> str:
    """Delete used form tokens after two days and rate windows after one."""
    tokens, _ = FormSubmission.objects.filter(created_at__lt=now - timedelta(days=2)).delete()
    windows, _ = RateWindow.objects.filter(hour__lt=now - timedelta(days=1)).delete()
    return f"effacés\u00a0: jetons {tokens}, fenêtres {windows}"


@job("menage-sessions", every=timedelta(days=1))
def forget_ended_sessions(now: datetime) -> str:
    """Delete the sign-in sessions that have expired."""
    call_command("clearsessions")
    return "sessions expirées effacées"
