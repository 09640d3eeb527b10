"""Who runs a job at this moment: a lease on its heartbeat row, renewed for as long as it runs.

What a killed process held is free again when its lease has run out; what lasts is never doubled.
Instants are those of the database (`database_now`), the same for every machine, and go on with a
clock that nobody sets (`Clock`): a machine that is late, or put right meanwhile, changes nothing.
"""

import faulthandler
import logging
import secrets
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.db import Error, close_old_connections, connection, connections
from django.db.models import Case, F, Q, TextField, Value, When
from django.utils import timezone

from .models import JobRun

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=100)
RENEWED_EVERY = 25.0  # seconds: three renewals may fail before the lease runs out
#: Left to a job that was told to stop; it may be inside a library that hears nothing.
GRACE = 30.0  # seconds
INTERRUPTED = "Interrompue\u00a0: le passage précédent n’a pas rendu la main."


class TooLong(Exception):
    """The job has used all of its time."""


class LeaseLost(Exception):
    """Another process runs the job by now: this one was away too long."""


def database_now() -> datetime:
    """The instant that every machine agrees on. Raises django.db.Error when the database is away.

    SQLite has no clock of its own: it lies on this machine.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


class Clock:
    """Time that goes on from `start`, whatever happens to the clock of the machine."""

    def __init__(self, start: datetime) -> None:
        self.start, self.began = start, time.monotonic()

    def now(self) -> datetime:
        return self.start + timedelta(seconds=time.monotonic() - self.began)


def free(moment: datetime) -> Q:
    """The jobs that nobody runs, or whose process has died."""
    return Q(running=False) | Q(leased_until=None) | Q(leased_until__lte=moment)


@dataclass
class Lease:
    """The right to run one job, for the process that holds it."""

    name: str
    holder: str
    clock: Clock
    lost: bool = False

    @property
    def row(self) -> Any:
        """The heartbeat, for as long as nobody else has taken the job over."""
        return JobRun.objects.filter(name=self.name, holder=self.holder)

    def renew(self) -> bool:
        """Whether the job is still ours."""
        return bool(self.row.update(leased_until=self.clock.now() + LEASE))

    def end(self, **noted: Any) -> None:
        """Note how it went, and leave the job to whoever comes next."""
        took = round((time.monotonic() - self.clock.began) * 1000)
        self.row.update(running=False, leased_until=None, took_ms=took, **noted)

    def give_up(self) -> None:
        """This process is asked to stop: the next tick begins again at once."""
        self.row.update(leased_until=self.clock.now())


def take(name: str, due: Q, now: datetime, clock: Clock) -> Lease | None:
    """One conditional UPDATE; None when the job is not due any more, or is another's."""
    moment = clock.now()
    lease = Lease(name, secrets.token_hex(8), Clock(moment))
    taken = JobRun.objects.filter(due, free(moment), name=name).update(
        started_at=now,
        running=True,
        leased_until=moment + LEASE,
        holder=lease.holder,
        failures=F("failures") + Case(When(running=True, then=1), default=0),
        last_error=Case(
            When(running=True, then=Value(INTERRUPTED, TextField())), default=F("last_error")
        ),
    )
    return lease if taken else None


@contextmanager
def held(lease: Lease, limit: timedelta) -> Iterator[None]:
    """Renew the lease while the block runs, and end the block after `limit`.

    Raises TooLong or LeaseLost inside the block. A block that does not even hear that (a library
    that waits for ever) ends the whole process a little later: the next tick does the other jobs.
    Outside of the main thread, where no signal comes, the lease is renewed and nothing is ended.
    """
    if threading.current_thread() is not threading.main_thread():
        with _Renewer(lease):
            yield
        return
    with _ended_after(limit.total_seconds(), lease), _Renewer(lease, wakes=True):
        yield


@contextmanager
def _ended_after(seconds: float, lease: Lease) -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise (
            LeaseLost("reprise par un autre processus")
            if lease.lost
            else TooLong("arrêtée, elle durait trop longtemps")
        )

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    # Stderr as the process got it: a test or a tool may have put something else there.
    faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=sys.__stderr__ or 2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, before)


class _Renewer:
    """A thread with a connection of its own: that of the job may be in a transaction."""

    def __init__(self, lease: Lease, *, wakes: bool = False) -> None:
        self.lease, self.wakes = lease, wakes
        self.over = threading.Event()
        self.turn = threading.Lock()  # so that nobody is woken whose block is over

    def __enter__(self) -> None:
        threading.Thread(target=self.run, daemon=True).start()

    def __exit__(self, *_error: object) -> None:
        with self.turn:
            self.over.set()

    def run(self) -> None:
        try:
            while not self.over.wait(RENEWED_EVERY) and self.renew():
                pass
        finally:
            connections.close_all()

    def renew(self) -> bool:
        """Whether to go on."""
        try:
            kept = self.lease.renew()
        except Error as error:  # a lock, a database away: there is time for another try
            name = self.lease.name
            logger.warning(
                "Bail de «\u00a0%s\u00a0» non renouvelé\u00a0: %s", name, type(error).__name__
            )
            close_old_connections()
            return True
        with self.turn:
            if not kept and self.wakes and not self.over.is_set():
                self.lease.lost = True
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGALRM)
        return kept
