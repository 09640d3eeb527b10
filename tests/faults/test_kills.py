"""`kill -9` of the web and of the worker, in the middle of sign-ups and of the mail."""

from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from courrier.models import OutgoingMessage
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.formation import SessionFactory
from tests.faults.crowd import Crowd, meanwhile
from tests.faults.mail import five_minutes_pass, waiting
from tests.harness import databases
from tests.servers.site import Site, children, kill, running_site, wait_until
from tests.servers.smtp import smtp_server

State = OutgoingMessage.State
PEOPLE, MESSAGES = 24, 60


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path, DATABASE_URL=databases.address()) as site:
        yield site


@pytest.mark.django_db(transaction=True)
def test_web_processes_killed_during_sign_ups_lose_nobody_and_double_nobody(site: Site) -> None:
    crowd = Crowd(SessionFactory(capacity=PEOPLE + 1), PEOPLE)
    web = site.web()
    turns = count()
    killed = []

    def kill_one() -> None:
        workers = children(web)
        # The one that replaces the last victim has begun to answer: somebody is there to kill.
        if len(workers) == 2 and site.health() == 200:
            victim = workers[next(turns) % 2]
            killed.append(victim)
            kill(victim)

    with meanwhile(kill_one, every=1.5):
        crowd.sign_up(site.address)

    assert killed
    assert set(crowd.refused) <= {0}
    crowd.assert_each_is_there_once()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_again_and_again_sends_everything_and_repeats_only_what_it_held(
    tmp_path: Path,
) -> None:
    messages = OutgoingMessageFactory.create_batch(MESSAGES)
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_TLS": "no", "STAFF_EMAIL": "equipe@enys.test"}
    with smtp_server() as post:
        site = Site(tmp_path, DATABASE_URL=databases.address(), EMAIL_PORT=str(post.port), **mail)
        wanted = (10, 25, 40)
        for some in wanted:
            worker = site.worker()
            wait_until(lambda some=some: len(post.received) >= some, site.said)
            worker.kill()
            worker.wait()
        five_minutes_pass()
        site.worker()
        wait_until(lambda: not waiting().exists(), site.said)
        site.stop()

    times = Counter(mail["Message-ID"] for mail in post.received)
    assert set(times) == {message.message_id for message in messages}
    assert sum(times.values()) - MESSAGES <= len(wanted)
    assert OutgoingMessage.objects.filter(state=State.SENT).count() == MESSAGES
