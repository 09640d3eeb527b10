"""Timed work: each app registers its jobs in its own `jobs.py`; `manage.py tick` runs what is due.

A job is claimed by one conditional UPDATE of its heartbeat row (`leases.py`), so that two machines
never run it at the same time nor twice for the same instant. A job that fails is noted, and the
next one runs; one that lasts too long is ended. Periods are lengths of time, whatever the clock on
the wall does: a change of summer time moves the hour of a daily job, and nothing else.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import Error, close_old_connections, connection
from django.db.models import F, Max, Q

from . import leases
from .leases import Clock, Lease
from .logs import masked
from .models import FormSubmission, JobRun, RateWindow
from .telemetry.context import speaking_of

logger = logging.getLogger(__name__)

# `tick` comes every minute, give or take: without this, a job of one minute would run every two.
SLACK = timedelta(seconds=10)
#: What a job may last, unless it says otherwise; the next ones wait meanwhile.
LIMIT = timedelta(minutes=15)


@dataclass(frozen=True)
class Job:
    """`run(now)` opens its own transactions and returns one line saying what it did.

    `outside` says that it asks something of the site from the network.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], str]
    limit: timedelta = LIMIT
    outside: bool = False


REGISTRY: dict[str, Job] = {}


def job(
    name: str, *, every: timedelta, limit: timedelta = LIMIT, outside: bool = False
) -> Callable[[Callable[[datetime], str]], Callable[[datetime], str]]:
    """Register a function of `now` as a job. `every` is a whole number of minutes at least one.

    A run that lasts longer than `limit` is ended where it is: what it had committed stays.
    """

    def register(function: Callable[[datetime], str]) -> Callable[[datetime], str]:
        REGISTRY[name] = Job(name, every, function, limit, outside)
        return function

    return register


def run_due(now: datetime, *, within: bool = False) -> dict[str, str]:
    """Run every job whose time has come; return one line per job that ran.

    `now` is the instant of the database. `within` leaves to the next time those that need the site
    to answer. Raises django.db.Error when the database goes away.
    """
    clock = Clock(now)
    _bring_back(now)
    outcome = {}
    for entry in _seem_due(now):
        if within and entry.outside:
            continue
        lease = leases.take(entry.name, _due(entry, now), now, clock)
        if lease:
            outcome[entry.name] = _run(entry, now, lease)
    return outcome


def last_tick() -> datetime | None:
    """When some machine last did timed work: a start, or the renewal of a long job."""
    seen = JobRun.objects.aggregate(
        start=Max("started_at"), renewed=Max("leased_until", filter=Q(running=True))
    )
    renewed = seen["renewed"] and seen["renewed"] - leases.LEASE
    return max(filter(None, (seen["start"], renewed)), default=None)


def late_jobs(now: datetime) -> list[str]:
    """The names of the jobs that should have succeeded since a while, and have not."""
    return late_among(JobRun.objects.all(), now)


def late_among(rows: Iterable[JobRun], now: datetime) -> list[str]:
    """The same of rows that are read already."""
    succeeded = {row.name: row.succeeded_at for row in rows}
    return [
        entry.name
        for entry in REGISTRY.values()
        if (last := succeeded.get(entry.name)) is None
        or last < now - 2 * entry.every - timedelta(minutes=30)
    ]


def _bring_back(now: datetime) -> None:
    """Forget the future: the clock was ahead, and has been put right.

    Left there, it would stop a job until that instant comes again. Brought back to now, nothing is
    done twice: a job waits for one period at most.
    """
    for field, latest in (
        ("started_at", now),
        ("succeeded_at", now),
        ("leased_until", now + leases.LEASE),
    ):
        JobRun.objects.filter(**{f"{field}__gt": latest + SLACK}).update(**{field: latest})


def _seem_due(now: datetime) -> list[Job]:
    """In the order of their registration; what killed its process once goes last."""
    known = set(JobRun.objects.values_list("name", flat=True))
    missing = [JobRun(name=name) for name in REGISTRY if name not in known]
    JobRun.objects.bulk_create(missing, ignore_conflicts=True)
    due = Q(pk=None)
    for entry in REGISTRY.values():
        due |= Q(name=entry.name) & _due(entry, now)
    rows = dict(JobRun.objects.filter(due, leases.free(now)).values_list("name", "running"))
    entries = [entry for entry in REGISTRY.values() if entry.name in rows]
    return sorted(entries, key=lambda entry: rows[entry.name])


def _due(entry: Job, now: datetime) -> Q:
    """It never ran, its time has come, or its process died before the end."""
    return Q(started_at=None) | Q(started_at__lte=now - entry.every + SLACK) | Q(running=True)


def _run(entry: Job, now: datetime, lease: Lease) -> str:
    try:
        with speaking_of(job=entry.name):
            line, failure = _tried(entry, now, lease)
        if failure:
            lease.end(failures=F("failures") + 1, failed_at=now, last_error=failure)
        else:
            lease.end(failures=0, succeeded_at=now, last_error="")
    except BaseException:  # this process is asked to stop, or the database went away
        with suppress(Error):
            lease.give_up()
        raise
    return line


def _tried(entry: Job, now: datetime, lease: Lease) -> tuple[str, str]:
    """What the job says that it did, and why it failed."""
    try:
        with leases.held(lease, entry.limit):
            return entry.run(now), ""
    except Exception as error:
        logger.exception("La tâche «\u00a0%s\u202f» a échoué.", entry.name)
        if not connection.in_atomic_block:
            close_old_connections()  # when it is the database that went away
        reason = masked(f"{type(error).__name__}\u00a0: {error}")[:2000]
        return f"échec ({type(error).__name__})", reason


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
