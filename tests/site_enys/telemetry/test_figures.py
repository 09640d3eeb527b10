"""`/metrics` : what is counted, by whom it is read, and from how many processes."""

import multiprocessing
import os
import re
import sys
from datetime import timedelta
from pathlib import Path

from django.db import OperationalError, connection, connections
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from site_enys.models import JobRun
from site_enys.telemetry import counting
from tests.factories.courrier import OutgoingMessageFactory

TOKEN = "jeton-des-chiffres-assez-long-pour-l-essai"
ASKED = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}


@pytest.fixture
def counted(settings, monkeypatch):
    """Counters that begin at nothing, for this test alone."""
    settings.METRICS_TOKEN = TOKEN
    monkeypatch.setattr(counting, "_figures", None)
    counting.start()
    return counting.counters()


@pytest.fixture
def figures(client):
    """All that is told, by series."""

    def read():
        text = client.get("/metrics", **ASKED).content.decode()
        return {
            series: float(value)
            for series, value in re.findall(r"^(\w+(?:\{[^}]*\})?) (\S+)$", text, re.MULTILINE)
        }

    return read


@pytest.mark.django_db
def test_answers_are_counted_by_kind_of_page_and_never_by_address(counted, client, figures):
    for path in ("/", "/", "/inexistante-zenobie/", "/recherche/?q=zenobie", "/static/rien.css"):
        client.get(path)

    told = figures()

    assert told['enys_requests_total{page="HomePage",status="200"}'] == 2
    assert told['enys_requests_total{page="wagtail_serve",status="404"}'] == 1
    assert told['enys_requests_total{page="statique",status="404"}'] == 1
    assert told['enys_request_seconds_count{family="site"}'] == 4
    assert not [series for series in told if "zenobie" in series]


@pytest.mark.django_db
def test_a_scan_of_the_site_makes_no_series(counted, client, figures):
    def scan(number):
        client.get(f"/wp-{number}/x.php")
        client.get(f"/wp-{number}/")

    scan(0)
    figures()
    before = set(figures())

    for number in range(1, 5):
        scan(number)

    assert set(figures()) == before


@pytest.mark.django_db
def test_mail_and_tasks_are_read_when_they_are_asked_for(counted, figures):
    now = timezone.now()
    OutgoingMessageFactory.create_batch(2)
    OutgoingMessage.objects.update(created_at=now - timedelta(minutes=5))
    JobRun.objects.create(
        name="publication", succeeded_at=now - timedelta(hours=1), failures=4, took_ms=250
    )

    told = figures()

    assert told['enys_mail_messages{state="queued"}'] == 2
    assert told['enys_mail_messages{state="failed"}'] == 0
    assert told["enys_mail_oldest_seconds"] == pytest.approx(300, abs=30)
    assert told['enys_job_success_age_seconds{job="publication"}'] == pytest.approx(3600, abs=30)
    assert told['enys_job_failures{job="publication"}'] == 4
    assert told['enys_job_duration_seconds{job="publication"}'] == 0.25
    assert told['enys_check_state{check="base"}'] == 0
    assert told["enys_database_up"] == 1
    assert told["enys_memory_bytes"] > 20_000_000
    assert told['enys_received{what="contact"}'] == 0


def test_a_database_that_is_away_is_a_figure(counted, figures, transactional_db):
    name = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = "/nulle/part" if connection.vendor == "sqlite" else "absente"
    try:
        told = figures()
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = name

    assert told["enys_database_up"] == 0
    assert told["enys_database_errors_total"] >= 1


@pytest.mark.django_db
def test_a_request_that_the_base_does_not_serve_is_counted(counted, figures, client, monkeypatch):
    def away(*_args, **_kwargs):
        raise OperationalError("partie")

    client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr("site_enys.views.reverse", away)
        assert client.get("/.well-known/security.txt").status_code == 503

    assert figures()["enys_database_errors_total"] == 1


@pytest.mark.django_db
def test_kept_pages_are_counted_by_whoever_keeps_them(counted, figures):
    counting.kept_page(hit=True)
    counting.kept_page(hit=True)
    counting.kept_page(hit=False)

    told = figures()

    assert told['enys_kept_pages_total{outcome="rendue"}'] == 2
    assert told['enys_kept_pages_total{outcome="refaite"}'] == 1


def test_without_a_token_nothing_is_counted_and_the_library_is_not_loaded(settings, monkeypatch):
    monkeypatch.setattr(counting, "_figures", None)
    for name in [name for name in sys.modules if name.startswith("site_enys.telemetry.figures")]:
        monkeypatch.delitem(sys.modules, name)

    counting.start()
    counting.kept_page(hit=True)

    assert counting.counters() is None
    assert "site_enys.telemetry.figures" not in sys.modules


# -- Under gunicorn ------------------------------------------------------------------------------


class Worker:
    """What gunicorn gives to its hooks."""


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_any_process_answers_for_all_and_who_replaces_one_goes_on(monkeypatch):
    from deploy import gunicorn_conf  # noqa: PLC0415 - the hooks under test
    from site_enys.settings import env  # noqa: PLC0415

    monkeypatch.setattr(env, "METRICS_TOKEN", TOKEN)
    server = Worker()
    server.WORKERS = {}
    context = multiprocessing.get_context("fork")
    told = context.Queue()

    def serve(worker):
        gunicorn_conf.post_fork(server, worker)
        counting._figures = None
        counting.start()
        counting.counters().answered("HomePage", 200, 0.01)
        from site_enys.telemetry.figures import told as tell  # noqa: PLC0415

        told.put(tell(counting.counters(), []).decode())

    def fork():
        worker = Worker()
        gunicorn_conf.pre_fork(server, worker)
        process = context.Process(target=serve, args=[worker])
        process.start()
        server.WORKERS[process.pid] = worker
        text = told.get(timeout=20)
        process.join(20)
        return process.pid, text

    monkeypatch.setattr("django.conf.settings.METRICS_TOKEN", TOKEN)
    gunicorn_conf.on_starting(server)
    folder = Path(os.environ[gunicorn_conf.counted])
    try:
        first, _ = fork()
        fork()
        del server.WORKERS[first]  # it has served its requests: gunicorn makes another
        _, text = fork()
        files = list(folder.iterdir())
    finally:
        gunicorn_conf.on_exit(server)

    assert 'enys_requests_total{page="HomePage",status="200"} 3.0' in text
    assert 'enys_request_seconds_count{family="site"} 3.0' in text
    assert len(files) == 4  # counters and durations of two places, not of three processes
    assert not folder.exists()
