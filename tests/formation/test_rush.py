"""Fifty people sign up for five seats at the same instant, over HTTP, on a server of production."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from threading import Barrier
from typing import IO
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener, urlopen

from django.conf import settings

import pytest

from courrier.models import OutgoingMessage
from formation.models import Enrolment, Session
from formation.templatetags.formation_tags import sign_up_key
from tests.factories.formation import SessionFactory
from tests.harness import databases

SEATS, PEOPLE = 5, 50
READY_WITHIN = 60  # seconds
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|form_token)"[^>]* value="([^"]+)"')
RANK = re.compile(r"liste d’attente, au rang (\d+)")


class Visitor:
    """A browser of her own: cookies, the form, then one click."""

    def __init__(self, number: int, address: str) -> None:
        self.number = number
        self.address = address
        self.browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))

    def open_form(self) -> None:
        self.tokens = dict(TOKEN.findall(self.read()))

    def send_form(self, start: Barrier) -> str:
        answers = {
            "first_name": "Awa",
            "last_name": "Diop",
            "email": f"personne{self.number}@exemple.test",
        }
        start.wait(timeout=READY_WITHIN)
        return self.read(urlencode(self.tokens | answers).encode())

    def read(self, data: bytes | None = None) -> str:
        """The page at the end of the redirections; raises HTTPError for a 4xx or a 5xx."""
        with self.browser.open(self.address, data, timeout=READY_WITHIN) as response:
            return response.read().decode()


@contextmanager
def gunicorn(log: IO[bytes]) -> Iterator[str]:
    """The site on a free port of this machine, over the database of this test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "site_enys.wsgi", "--bind", address]
    command += ["--workers", "2", "--threads", "4"]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "site_enys.settings.test",
        "TEST_DATABASE_URL": databases.address(),
    }
    with subprocess.Popen(
        command, env=environment, cwd=settings.BASE_DIR, stdout=log, stderr=log
    ) as process:
        try:
            wait_for(f"http://{address}/sante/", process)
            yield f"http://{address}"
        finally:
            process.terminate()


def wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(address, timeout=READY_WITHIN):  # noqa: S310 - our own address
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail("Le serveur n'a pas démarré.")


@pytest.mark.django_db(transaction=True)
def test_five_get_a_seat_forty_five_a_rank_and_nobody_is_lost(tmp_path) -> None:
    session = SessionFactory(capacity=SEATS)
    log = tmp_path / "gunicorn.log"
    with log.open("wb") as output, gunicorn(output) as site, ThreadPoolExecutor(PEOPLE) as crowd:
        form = f"{site}/formation/inscription/{sign_up_key(session)}/?pour=particulier"
        people = [Visitor(number, form) for number in range(PEOPLE)]
        list(crowd.map(Visitor.open_form, people))
        time.sleep(settings.FORM_MIN_SECONDS + 0.1)
        start = Barrier(PEOPLE)
        pages = list(crowd.map(lambda visitor: visitor.send_form(start), people))

    seated = [page for page in pages if "Une place est comptée" in page]
    ranks = [int(rank[1]) for page in pages if (rank := RANK.search(page))]
    assert len(seated) == SEATS
    assert sorted(ranks) == list(range(1, PEOPLE - SEATS + 1))

    fresh = Session.objects.get(pk=session.pk)
    assert (fresh.seats_taken, fresh.waiting_count) == (SEATS, PEOPLE - SEATS)
    rows = Enrolment.objects.filter(session=session)
    assert (rows.seated().count(), rows.waiting().count()) == (SEATS, PEOPLE - SEATS)
    to_people = OutgoingMessage.objects.filter(to__startswith="personne")
    assert to_people.values("to").distinct().count() == PEOPLE
    assert b"Traceback" not in log.read_bytes()
