"""Timed work: when it is due, once at a time, and one failure stops nobody."""

from datetime import timedelta
from io import StringIO

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction

import pytest

from site_enys import jobs
from site_enys.models import FormSubmission, JobRun, RateWindow
from tests.harness.clock import paris
from tests.races import at_once

NOW = paris(2027, 3, 8, 10)
HOUR = timedelta(hours=1)


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


@pytest.mark.django_db(transaction=True)
def test_control_reading_before_noting_runs_it_twice(runs, monkeypatch):
    def look_only(entry, now):
        return not JobRun.objects.filter(name=entry.name, started_at=now).exists()

    monkeypatch.setattr(jobs, "_claim", look_only)

    at_once(*[lambda: jobs.run_due(NOW)] * 2)

    assert len(runs) == 2


@pytest.mark.django_db
def test_a_job_that_still_runs_is_not_started_again_unless_it_was_killed(runs):
    JobRun.objects.create(name="essai", started_at=NOW - HOUR, running=True)

    assert jobs.run_due(NOW - timedelta(seconds=1)) == {}
    assert jobs.run_due(NOW - HOUR + jobs.LONGEST_RUN) == {"essai": "1 fois"}


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
