"""`manage.py worker` as a process of its own: what a kill, a stop and a pause do."""

import signal
from collections.abc import Iterator
from io import StringIO
from unittest.mock import Mock

from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

import pytest

from courrier.management.commands import worker
from courrier.models import OutgoingMessage
from courrier.services import heartbeat, outbox
from courrier.services.heartbeat import is_silent, last_beat
from site_enys.jobs import last_tick
from site_enys.models import JobRun
from tests.factories.courrier import OutgoingMessageFactory
from tests.harness import databases
from tests.servers.site import Site, wait_until

State = OutgoingMessage.State
PATIENCE = 60  # seconds; a process starts in two, but the machine may have other work


@pytest.fixture
def start(post, tmp_path) -> Iterator:
    """Start a real worker, which works for the database of the test and the local server."""
    site = Site(
        tmp_path,
        DATABASE_URL=databases.address(),
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=str(post.port),
        EMAIL_TLS="no",
        STAFF_EMAIL="equipe@enys.test",
    )
    yield site.worker
    site.stop()


@pytest.mark.django_db(transaction=True)
def test_killed_between_the_acceptance_and_the_note_the_message_is_recognised(post, start, smtp):
    message = OutgoingMessageFactory()
    post.mood = "hang"
    process = start()
    assert post.has_one.wait(PATIENCE)

    process.send_signal(signal.SIGKILL)
    process.wait()

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.QUEUED, 1)
    post.mood = "accept"
    assert outbox.send_due(timezone.now()) == 0  # the lease of the dead worker still runs
    assert outbox.send_due(message.leased_until) == 1
    assert [mail["Message-ID"] for mail in post.received] == [message.message_id] * 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_soon_what_is_queued_and_stops_when_asked(post, start):
    OutgoingMessageFactory(subject="avant")
    process = start()
    assert post.has_one.wait(PATIENCE)

    OutgoingMessageFactory(subject="pendant")
    wait_until(lambda: len(post.received) == 2)
    assert not is_silent(last_beat(), timezone.now())
    process.send_signal(signal.SIGTERM)

    assert process.wait(PATIENCE) == 0
    assert [mail["Subject"] for mail in post.received] == ["avant", "pendant"]
    assert OutgoingMessage.objects.filter(state=State.SENT).count() == 2


@pytest.mark.django_db
def test_one_pass(smtp):
    OutgoingMessageFactory.create_batch(2)
    out = StringIO()

    call_command("worker", "--once", stdout=out)

    assert out.getvalue() == "2 courriel(s) essayé(s)\n"
    assert not is_silent(last_beat(), timezone.now())


@pytest.mark.django_db
def test_a_worker_says_that_it_lives_twice_a_minute_at_the_most(monkeypatch, count_queries):
    clock = Mock(return_value=1000.0)
    monkeypatch.setattr(heartbeat.time, "monotonic", clock)
    one = heartbeat.Heartbeat()
    one.beat()
    first = last_beat()

    clock.return_value += heartbeat.EVERY - 0.1
    assert count_queries(one.beat) == 0
    assert last_beat() == first
    clock.return_value += 0.1
    one.beat()

    assert last_beat() > first
    assert JobRun.objects.filter(name=heartbeat.NAME).count() == 1


@pytest.mark.django_db
def test_workers_of_several_machines_leave_one_sign_which_is_no_tick():
    for _ in range(2):
        heartbeat.Heartbeat().beat()

    assert JobRun.objects.count() == 1
    assert last_tick() is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("step", "pause"),
    [
        (lambda *_args, **_kwargs: 1, 0),
        (lambda *_args, **_kwargs: 0, worker.PAUSE_SECONDS),
    ],
)
def test_the_worker_pauses_only_when_there_is_nothing_to_do(monkeypatch, step, pause):
    monkeypatch.setattr(outbox, "send_due", step)

    assert worker.Command()._one_step() == pause
    assert pause <= 1  # a message leaves within two seconds


def test_a_database_that_is_away_is_waited_for_and_no_address_is_printed(monkeypatch):
    def away(*_args, **_kwargs):
        raise OperationalError("Failing row contains (zoe@exemple.test)")

    monkeypatch.setattr(outbox, "send_due", away)
    errors = StringIO()

    pause = worker.Command(stderr=errors)._one_step()

    assert pause == worker.PAUSE_AFTER_ERROR_SECONDS
    assert "OperationalError" in errors.getvalue()
    assert "exemple.test" not in errors.getvalue()
