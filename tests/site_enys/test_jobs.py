"""Timed work: when it is due, once at a time, and one failure stops nobody."""

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

import pytest

from site_enys import jobs, leases
from site_enys.models import FormSubmission, JobRun, RateWindow
from tests.harness.clock import paris
from tests.races import at_once

NOW = paris(2027, 3, 8, 10)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PATIENCE = 20  # seconds


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    monkeypatch.setattr(jobs, "REGISTRY", {})


@pytest.fixture
def runs():
    """A job of one hour, and the instants at which it ran."""
    instants = []

    @jobs.job("essai", every=HOUR)
    def run(now):
        instants.append(now)
        return f"{len(instants)} fois"

    return instants


@pytest.mark.django_db
def test_a_job_runs_at_once_then_when_its_time_has_come(runs):
    assert jobs.run_due(NOW) == {"essai": "1 fois"}
    assert jobs.run_due(NOW) == {}
    assert jobs.run_due(NOW + HOUR - jobs.SLACK - timedelta(seconds=1)) == {}
    assert jobs.run_due(NOW + HOUR - jobs.SLACK) == {"essai": "2 fois"}


@pytest.mark.django_db
def test_a_tick_that_comes_a_little_early_does_not_skip_a_job_of_one_minute():
    @jobs.job("minute", every=timedelta(minutes=1))
    def run(now):
        return "fait"

    jobs.run_due(NOW + timedelta(seconds=0.9))

    assert jobs.run_due(NOW + timedelta(seconds=60.3)) == {"minute": "fait"}


@pytest.mark.django_db
def test_a_failure_is_noted_and_the_next_job_runs(runs, caplog):
    def fail(now):
        raise RuntimeError("panne")

    jobs.REGISTRY["casse"] = jobs.Job("casse", HOUR, fail)
    jobs.REGISTRY["suite"] = jobs.Job("suite", HOUR, lambda now: "fait")

    assert jobs.run_due(NOW) == {
        "essai": "1 fois",
        "casse": "échec (RuntimeError)",
        "suite": "fait",
    }
    run = JobRun.objects.get(name="casse")
    assert (run.last_error, run.succeeded_at, run.running) == (
        "RuntimeError\u00a0: panne",
        None,
        False,
    )
    assert "«\u00a0casse\u202f» a échoué" in caplog.text
    jobs.REGISTRY["casse"] = jobs.Job("casse", HOUR, lambda now: "réparé")
    jobs.run_due(NOW + HOUR)
    run.refresh_from_db()
    assert (run.last_error, run.succeeded_at) == ("", NOW + HOUR)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_breaks_its_transaction_does_not_break_the_next_one(runs):
    def fail(now):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM nulle_part")

    jobs.REGISTRY = {"casse": jobs.Job("casse", HOUR, fail), **jobs.REGISTRY}

    assert jobs.run_due(NOW)["essai"] == "1 fois"


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_run_a_job_once(runs):
    at_once(*[lambda: jobs.run_due(NOW)] * 4)

    assert runs == [NOW]
    assert JobRun.objects.get().succeeded_at == NOW


# -- Several schedulers, each a process of its own ------------------------------------------------

# The children of a test are copies of it; what its other threads do is of no interest to them.
forked = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
TASKS = 8


@dataclass
class Schedulers:
    """Real processes that tick over the database of the test, and leave a line for each run."""

    trace: Path

    def start(self, number: int, instants: Callable[[], Iterable[datetime]]) -> list[Any]:
        connections.close_all()
        context = multiprocessing.get_context("fork")
        gate = context.Barrier(number)

        def ticks() -> None:
            gate.wait(PATIENCE)
            for instant in instants():
                jobs.run_due(instant)
            connections.close_all()

        processes = [context.Process(target=ticks) for _ in range(number)]
        for process in processes:
            process.start()
        return processes

    def run(self, number: int, instants: Iterable[datetime]) -> list[str]:
        """Let them finish, and return what was done."""
        for process in self.start(number, lambda: instants):
            process.join(PATIENCE)
            assert process.exitcode == 0
        return self.done()

    def note(self, line: str) -> None:
        with self.trace.open("a") as trace:
            trace.write(f"{line}\n")

    def done(self) -> list[str]:
        return self.trace.read_text().split() if self.trace.exists() else []

    def wait_for(self, line: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while line not in self.done():
            assert time.monotonic() < deadline, "trop long"
            time.sleep(0.01)


@pytest.fixture
def schedulers(tmp_path):
    return Schedulers(tmp_path / "trace")


def lasting(schedulers, name):
    """Long enough that the other process finds it running."""

    def run(now):
        schedulers.note(f"{name}/{now:%H%M}")
        time.sleep(0.01)
        return "fait"

    return run


@forked
@pytest.mark.django_db(transaction=True)
def test_two_schedulers_do_each_job_of_each_minute_once(schedulers):
    for number in range(TASKS):
        jobs.job(f"t{number}", every=MINUTE)(lasting(schedulers, f"t{number}"))
    minutes = [NOW + n * MINUTE for n in range(3)]

    done = schedulers.run(2, minutes)

    # Whoever comes second finds the job running, and leaves it: a minute may then wait for the
    # next one, and is never done twice.
    assert len(done) == len(set(done))
    assert {f"t{number}/1000" for number in range(TASKS)} <= set(done)


@forked
@pytest.mark.django_db(transaction=True)
def test_control_two_schedulers_without_the_guard_do_the_work_twice(schedulers, monkeypatch):
    def look_only(name, due, now, clock):
        lease = leases.Lease(name, "tous", leases.Clock(now))
        return lease if JobRun.objects.filter(due, name=name).exists() else None

    monkeypatch.setattr(leases, "take", look_only)
    for number in range(TASKS):
        jobs.job(f"t{number}", every=MINUTE)(lasting(schedulers, f"t{number}"))

    done = schedulers.run(2, [NOW])

    assert len(done) > len(set(done))


@forked
@pytest.mark.django_db(transaction=True)
def test_a_killed_job_begins_again_when_its_lease_has_run_out_and_a_living_one_does_not(
    schedulers, monkeypatch
):
    @jobs.job("longue", every=DAY)
    def run(now):
        schedulers.note(f"longue/{now:%H%M}")
        if now == NOW:
            time.sleep(PATIENCE)
        return "fait"

    (victim,) = schedulers.start(1, lambda: [NOW])
    schedulers.wait_for("longue/1000")
    victim.kill()
    victim.join()

    assert jobs.run_due(NOW + leases.LEASE - timedelta(seconds=5)) == {}
    assert JobRun.objects.get().running
    assert jobs.run_due(NOW + timedelta(minutes=2)) == {"longue": "fait"}
    row = JobRun.objects.get()
    assert (row.running, row.failures, row.last_error) == (False, 0, "")


@forked
@pytest.mark.django_db(transaction=True)
def test_a_long_job_keeps_its_lease_for_as_long_as_it_runs(schedulers, monkeypatch):
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.02)
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=0.8))

    @jobs.job("longue", every=MINUTE)
    def run(now):
        schedulers.note(f"longue/{now:%H%M}")
        time.sleep(1.6)  # twice its lease
        schedulers.note("finie")
        return "fait"

    (other,) = schedulers.start(1, lambda: [NOW])
    schedulers.wait_for("longue/1000")
    time.sleep(1.1)

    assert jobs.run_due(NOW + timedelta(seconds=1.4)) == {}
    other.join(PATIENCE)
    assert schedulers.done() == ["longue/1000", "finie"]
    assert not JobRun.objects.get().running


@pytest.mark.django_db(transaction=True)
def test_who_was_away_too_long_is_ended_and_writes_nothing_over_the_other(runs, monkeypatch):
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.02)

    @jobs.job("perdue", every=MINUTE)
    def run(now):
        JobRun.objects.filter(name="perdue").update(holder="un autre")
        time.sleep(PATIENCE)
        return "fait"

    assert jobs.run_due(NOW)["perdue"] == "échec (LeaseLost)"
    row = JobRun.objects.get(name="perdue")
    assert (row.holder, row.running, row.last_error) == ("un autre", True, "")


@pytest.mark.django_db
def test_a_job_that_never_ends_is_ended_and_the_next_one_runs(runs):
    @jobs.job("sans-fin", every=MINUTE, limit=timedelta(seconds=0.05))
    def hang(now):
        time.sleep(PATIENCE)
        return "jamais"

    jobs.REGISTRY = {"sans-fin": jobs.REGISTRY["sans-fin"], "essai": jobs.REGISTRY["essai"]}

    assert jobs.run_due(NOW) == {"sans-fin": "échec (TooLong)", "essai": "1 fois"}
    row = JobRun.objects.get(name="sans-fin")
    assert (row.running, row.failures, row.failed_at) == (False, 1, NOW)
    assert "trop longtemps" in row.last_error


@forked
@pytest.mark.django_db(transaction=True)
def test_a_job_that_hears_nothing_takes_its_process_with_it_and_is_done_last_from_then_on(
    schedulers, monkeypatch, runs
):
    monkeypatch.setattr(leases, "GRACE", 0.05)

    def deaf(now):
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        time.sleep(PATIENCE)
        return "jamais"

    deaf_one = jobs.Job("sourde", MINUTE, deaf, timedelta(seconds=0.5))
    jobs.REGISTRY = {"sourde": deaf_one, **jobs.REGISTRY}

    (process,) = schedulers.start(1, lambda: [NOW])
    process.join(PATIENCE)

    assert process.exitcode == 1
    assert jobs.run_due(NOW + MINUTE) == {"essai": "1 fois"}  # its lease still runs
    jobs.REGISTRY["sourde"] = jobs.Job("sourde", MINUTE, lambda now: "entend")
    later = NOW + MINUTE + HOUR
    assert list(jobs.run_due(later).items()) == [("essai", "2 fois"), ("sourde", "entend")]


@forked
@pytest.mark.django_db(transaction=True)
def test_a_tick_that_is_asked_to_stop_gives_its_job_back_at_once(schedulers):
    @jobs.job("longue", every=DAY)
    def run(now):
        schedulers.note("partie")
        time.sleep(PATIENCE)
        return "jamais"

    connections.close_all()
    tick = multiprocessing.get_context("fork").Process(target=lambda: call_command("tick"))
    tick.start()
    schedulers.wait_for("partie")
    tick.terminate()
    tick.join(PATIENCE)

    row = JobRun.objects.get()
    assert tick.exitcode == 128 + signal.SIGTERM
    assert row.running
    assert row.leased_until <= leases.database_now()
    jobs.REGISTRY["longue"] = jobs.Job("longue", DAY, lambda now: "reprise")
    assert jobs.run_due(leases.database_now()) == {"longue": "reprise"}


@pytest.mark.django_db
def test_a_job_that_was_interrupted_is_counted_as_failed_until_it_succeeds():
    JobRun.objects.create(name="essai", started_at=NOW, running=True, failures=2)
    jobs.REGISTRY["essai"] = jobs.Job("essai", DAY, lambda now: 1 / 0)

    jobs.run_due(NOW + MINUTE)

    row = JobRun.objects.get()
    assert (row.failures, row.last_error) == (4, "ZeroDivisionError\u00a0: division by zero")


# -- Clocks --------------------------------------------------------------------------------


def ticks(start, end):
    """Twice an hour is enough: no job here is due more often than each hour."""
    instant = start
    while instant < end:
        jobs.run_due(instant)
        instant += timedelta(minutes=30)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (paris(2027, 3, 26, 1, 30), paris(2027, 3, 30, 1, 30)),  # an hour less
        (paris(2027, 10, 29, 2, 30), paris(2027, 11, 2, 2, 30)),  # an hour more
    ],
)
def test_a_change_of_summer_time_neither_stops_nor_doubles(before, after):
    daily, hourly = [], []
    jobs.REGISTRY["jour"] = jobs.Job("jour", DAY, lambda now: daily.append(now) or "")
    jobs.REGISTRY["heure"] = jobs.Job("heure", HOUR, lambda now: hourly.append(now) or "")

    ticks(before.astimezone(UTC), after.astimezone(UTC))

    real_hours = (after.astimezone(UTC) - before.astimezone(UTC)) // HOUR
    assert len(hourly) == real_hours
    assert {later - sooner for sooner, later in pairwise(hourly)} == {HOUR}
    assert {later - sooner for sooner, later in pairwise(daily)} == {DAY}


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [HOUR, DAY])
def test_a_clock_that_goes_back_stops_no_job_and_does_no_daily_work_twice(runs, jump):
    daily = []
    jobs.REGISTRY["jour"] = jobs.Job("jour", DAY, lambda now: daily.append(now) or "")
    jobs.REGISTRY["minute"] = jobs.Job("minute", MINUTE, lambda now: "fait")
    jobs.run_due(NOW)
    back = NOW + MINUTE - jump

    first = jobs.run_due(back)
    second = jobs.run_due(back + MINUTE)
    ticks(back + 2 * MINUTE, back + DAY - HOUR)

    assert first == {}
    assert second == {"minute": "fait"}
    assert daily == [NOW]
    jobs.run_due(back + DAY)
    assert daily == [NOW, back + DAY]
    assert JobRun.objects.filter(succeeded_at__gt=back + DAY).count() == 0


@pytest.mark.django_db
def test_a_clock_that_goes_back_does_not_keep_a_killed_job_from_beginning_again(runs):
    future = NOW + DAY
    JobRun.objects.create(name="essai", started_at=future, running=True, leased_until=future)

    assert jobs.run_due(NOW) == {}
    assert jobs.run_due(NOW + 2 * MINUTE) == {"essai": "1 fois"}


@pytest.mark.django_db
def test_a_tick_that_lasted_does_nothing_that_another_did_meanwhile(runs):
    """It has the instant of its start; the heartbeat tells it what came after."""

    def while_others_tick(now):
        JobRun.objects.filter(name="essai").update(started_at=now + 5 * MINUTE)
        return "long"

    jobs.REGISTRY = {"longue": jobs.Job("longue", MINUTE, while_others_tick), **jobs.REGISTRY}

    assert jobs.run_due(NOW) == {"longue": "long"}


@pytest.mark.django_db
def test_the_clock_of_the_database_is_that_of_everybody():
    assert abs(leases.database_now() - timezone.now()) < timedelta(seconds=5)


@pytest.mark.django_db
def test_the_last_tick_is_seen_even_while_one_job_lasts(runs):
    assert jobs.last_tick() is None
    jobs.run_due(NOW)
    assert jobs.last_tick() == NOW
    JobRun.objects.update(running=True, leased_until=NOW + HOUR + leases.LEASE)
    assert jobs.last_tick() == NOW + HOUR


# -- The database goes away --------------------------------------------------------------------


@forked
@pytest.mark.django_db(transaction=True)
@pytest.mark.only_on("postgresql")
def test_a_database_that_goes_away_in_the_middle_ends_the_tick_in_a_sentence(schedulers, capfd):
    @jobs.job("coupe", every=DAY)
    def cut(now):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return "jamais"

    jobs.REGISTRY["apres"] = jobs.Job("apres", DAY, lambda now: "fait")

    # The connection is made again at once: the job failed, the next one runs.
    assert jobs.run_due(NOW) == {"coupe": "échec (OperationalError)", "apres": "fait"}


@pytest.mark.django_db(transaction=True)
def test_a_tick_without_database_says_so_and_the_next_minute_goes_on(runs):
    name = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = "/nulle/part" if connection.vendor == "sqlite" else "absente"
    try:
        with pytest.raises(CommandError, match="Base de données injoignable") as refused:
            call_command("tick")
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = name
    assert refused.value.returncode == 75
    out = StringIO()

    call_command("tick", stdout=out)

    assert out.getvalue() == "essai : 1 fois\n"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_under_a_job_is_waited_for_until_the_lease_ends(runs):
    name = connection.settings_dict["NAME"]

    @jobs.job("coupe", every=DAY)
    def cut(now):
        connections.close_all()
        connection.settings_dict["NAME"] = "/nulle/part"
        return "fait, mais ne peut plus le dire"

    try:
        with pytest.raises(OperationalError):
            jobs.run_due(NOW)
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = name
    jobs.REGISTRY["coupe"] = jobs.Job("coupe", DAY, lambda now: "repris")

    assert jobs.run_due(NOW + MINUTE) == {}
    assert jobs.run_due(NOW + 2 * MINUTE) == {"coupe": "repris"}


@pytest.mark.django_db
def test_late_jobs(runs):
    limit = 2 * HOUR + timedelta(minutes=30)

    assert jobs.late_jobs(NOW) == ["essai"]
    jobs.run_due(NOW)
    assert jobs.late_jobs(NOW + limit) == []
    assert jobs.late_jobs(NOW + limit + timedelta(seconds=1)) == ["essai"]


@pytest.mark.django_db
def test_the_command_says_what_it_did(runs):
    out = StringIO()

    call_command("tick", stdout=out)

    assert out.getvalue() == "essai : 1 fois\n"


@pytest.mark.django_db
def test_traces_of_forms_are_forgotten():
    for days in (1, 3):
        submission = FormSubmission.objects.create(nonce=f"{days:032}", purpose="x")
        FormSubmission.objects.filter(pk=submission.pk).update(
            created_at=NOW - timedelta(days=days)
        )
        RateWindow.objects.create(key="x", hour=NOW - timedelta(days=days, hours=-1))

    assert jobs.forget_form_traces(NOW) == "effacés\u00a0: jetons 1, fenêtres 1"
    assert FormSubmission.objects.count() == RateWindow.objects.count() == 1


@pytest.mark.django_db
def test_ended_sessions_are_forgotten():
    for key, when in (("a", paris(2020, 1, 1)), ("b", paris(2099, 1, 1))):
        Session.objects.create(session_key=key, session_data="", expire_date=when)

    jobs.forget_ended_sessions(NOW)

    assert Session.objects.get().session_key == "b"
