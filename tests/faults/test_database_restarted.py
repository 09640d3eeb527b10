"""PostgreSQL cut and started again under load, as when its machine is restarted."""

from pathlib import Path
from threading import Event

from django.db import connections

import pytest

from courrier.models import OutgoingMessage
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.formation import SessionFactory
from tests.faults.crowd import Crowd, meanwhile
from tests.faults.mail import five_minutes_pass, waiting
from tests.harness import databases
from tests.servers.site import running_site, wait_until
from tests.servers.smtp import smtp_server
from tests.tools.with_postgres import Server

State = OutgoingMessage.State
PEOPLE = 24


@pytest.mark.only_on("postgresql")
def test_the_site_says_so_then_goes_on_without_being_restarted(
    own_server: Server, tmp_path: Path
) -> None:
    crowd = Crowd(SessionFactory(capacity=PEOPLE + 1), PEOPLE)
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_TLS": "no", "STAFF_EMAIL": "equipe@enys.test"}
    with (
        smtp_server() as post,
        running_site(
            tmp_path, DATABASE_URL=databases.address(), EMAIL_PORT=str(post.port), **mail
        ) as site,
    ):
        web, worker = site.web(), site.worker()
        connections.close_all()
        away = Event()

        def cut() -> None:
            own_server.stop()
            if site.health() == 503:
                away.set()
            own_server.start()

        with meanwhile(cut, every=1.5):
            crowd.sign_up(site.address)

        wait_until(lambda: site.health() == 200, site.said)
        assert away.is_set()
        assert set(crowd.refused) <= {503}, site.said()
        crowd.assert_each_is_there_once()
        last = OutgoingMessage.objects.filter(pk=OutgoingMessageFactory().pk)
        wait_until(lambda: last.get().state == State.SENT, site.said)
        # What is left was taken by a cut that also hid the answer from the worker.
        five_minutes_pass()
        wait_until(lambda: not waiting().exists(), site.said)
        assert (web.poll(), worker.poll()) == (None, None)
        written = OutgoingMessage.objects.values_list("message_id", flat=True)
        assert sorted(mail["Message-ID"] for mail in post.received) == sorted(written)
