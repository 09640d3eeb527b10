"""Two machines used without a pause, while everything they need breaks in turn; then one counts.

`make endurance` holds it for ten minutes, or ENDURANCE seconds; the other runs, for a few seconds.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random

from django.conf import LazySettings
from django.db import connections
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.services.audit import faults
from formation.templatetags.formation_tags import sign_up_key
from home.models import ContactMessage
from recrutement.exceptions import CheckFailed
from recrutement.models import Application, ApplicationDocument
from recrutement.services import http_visitor
from tests.factories.formation import SessionFactory
from tests.factories.home import ContactPageFactory
from tests.factories.recrutement import OfferFactory
from tests.faults.house import House, house
from tests.faults.mail import five_minutes_pass, waiting
from tests.harness import databases
from tests.recrutement.pdfs import pdf
from tests.servers.s3 import PRIVATE
from tests.servers.site import DIRECT, status_of, wait_until
from tests.servers.visitor import Visitor
from tests.tools.with_postgres import Server

SECONDS = float(os.environ.get("ENDURANCE", "10"))
SEED = int(os.environ.get("ENDURANCE_SEED", time.time_ns() % 1_000_000))
SESSIONS, SEATS = 6, 12
REFERENCE = re.compile(r'class="reference">\s*([A-Z0-9-]+)')
#: Away, or cut before it answered: the person tries again.
AWAY = {0, 502, 503, 504}
#: In the address of the nightly trial of the application form.
MARK = "controle-"


@dataclass
class Town:
    """People who use the site, each through the machine that chance gives, until `over`."""

    addresses: list[str]
    sessions: list[Session]
    offer_path: str
    contact_path: str
    over: float
    chance: Random
    serial: count = field(default_factory=count)
    signed_up: dict[str, str] = field(default_factory=dict)
    applied: set[str] = field(default_factory=set)
    wrote: dict[str, str] = field(default_factory=dict)
    read: Counter[int] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)

    def live(self) -> None:
        """Return once the time is over and everybody has been answered."""
        lives = (self.sign_up, self.sign_up, self.apply, self.write, self.look, self.look)
        with ThreadPoolExecutor(len(lives)) as pool:
            for done in [pool.submit(self.again, life) for life in lives]:
                done.result()

    def again(self, life: Callable[[], None]) -> None:
        while time.monotonic() < self.over:
            life()

    def somebody(self) -> str:
        return f"personne{next(self.serial)}@exemple.test"

    def fill_in(self, path: str, **answers: str) -> str:
        visitor = Visitor(f"{self.chance.choice(self.addresses)}{path}")
        page = visitor.insist(**answers)
        self.refused.update(visitor.refused)
        return page

    def sign_up(self) -> None:
        email = self.somebody()
        key = sign_up_key(self.chance.choice(self.sessions))
        path = f"/formation/inscription/{key}/?pour=particulier"
        page = self.fill_in(path, first_name="Awa", last_name="Diop", email=email)
        self.signed_up[email] = reference_in(page)

    def write(self) -> None:
        email = self.somebody()
        page = self.fill_in(
            self.contact_path,
            topic="advice",
            name="Awa Diop",
            email=email,
            text="Nous préparons notre projet d’établissement.",
        )
        self.wrote[email] = reference_in(page)

    def apply(self) -> None:
        """As a browser does: a cut is tried again with the same click, a mistake is mended."""
        email = self.somebody()
        visitor = http_visitor.Visitor(self.chance.choice(self.addresses))
        form = self.answered(lambda: visitor.get(self.offer_path))
        while True:
            read = http_visitor.form_in(form.text)
            assert read, form.text
            known = {"email": email, "phone": "01 99 00 00 00", "cv_joint": ""}
            sent = http_visitor.filled_in(read, known)
            cv = {"cv": ("cv.pdf", pdf())}
            form = self.answered(lambda: visitor.post(self.offer_path, sent, files=cv))  # noqa: B023
            if form.status == 303:
                self.applied.add(email)
                return
            assert form.status == 200, form.text

    def answered(self, ask: Callable[[], http_visitor.Answer]) -> http_visitor.Answer:
        while True:
            try:
                answer = ask()
            except CheckFailed:
                self.refused[0] += 1
            else:
                if answer.status not in AWAY:
                    return answer
                self.refused[answer.status] += 1
            time.sleep(0.2)

    def look(self) -> None:
        path = self.chance.choice(["/", "/formation/", "/recrutement/", "/blog/", self.course])
        self.read[status_of(f"{self.chance.choice(self.addresses)}{path}")] += 1

    @property
    def course(self) -> str:
        return str(self.chance.choice(self.sessions).course.url)


def reference_in(page: str) -> str:
    found = REFERENCE.search(page)
    assert found, page
    return found[1]


@pytest.mark.only_on("postgresql")
def test_whatever_breaks_nobody_is_lost_nothing_is_doubled_and_both_machines_agree(
    own_server: Server, tmp_path: Path, settings: LazySettings
) -> None:
    sessions = SessionFactory.create_batch(SESSIONS, capacity=SEATS)
    offer, contact = OfferFactory(), ContactPageFactory()
    settings.SITE_URL = "http://127.0.0.1"
    with house(own_server, tmp_path, DATABASE_URL=databases.address()) as everything:
        chance = Random(SEED)  # noqa: S311
        town = Town(
            everything.addresses(),
            sessions,
            offer.apply_url,
            contact.url,
            time.monotonic() + SECONDS,
            chance,
        )
        with ThreadPoolExecutor(1) as people:
            lived = people.submit(town.live)
            faults_chosen = Random(SEED)  # noqa: S311
            while time.monotonic() < town.over:
                everything.break_something(faults_chosen)
                time.sleep(faults_chosen.uniform(0, 1))
            wait_until(everything.healthy, everything.said)
            assert lived.exception() is None, f"graine {SEED}\n{everything.failures()}"
        connections.close_all()
        calm_down(everything)
        print(f"graine {SEED} : {everything.broken}, {town.read}, {town.refused}")

        assert set(town.read) <= {200, *AWAY}, everything.said()
        assert set(town.refused) <= AWAY, everything.said()
        assert_each_is_there_once(town)
        assert list(faults(timezone.now())) == []
        assert_each_file_has_its_row(everything)
        assert_each_mail_left(everything)
        for path in ("/formation/", *(session.course.url for session in sessions)):
            one, other = (page_at(address, path) for address in everything.addresses())
            assert one == other


def calm_down(everything: House) -> None:
    """The waits of the mail are over, and what was to leave has left."""

    def nothing_waits() -> bool:
        waiting().update(next_try_at=timezone.now() - timedelta(seconds=1))
        return not waiting().exists()

    five_minutes_pass()
    wait_until(nothing_waits, everything.said)


def assert_each_is_there_once(town: Town) -> None:
    enrolled = Enrolment.objects.values_list("email", "request__reference")
    assert sorted(enrolled) == sorted(town.signed_up.items())
    assert EnrolmentRequest.objects.count() == len(town.signed_up)
    messages = [(message.email, message.reference) for message in ContactMessage.objects.all()]
    assert sorted(messages) == sorted(town.wrote.items())
    applied = Application.objects.values_list("email", flat=True)
    assert sorted(applied) == sorted(town.applied)


def assert_each_file_has_its_row(everything: House) -> None:
    """A file without a row is one that a killed process was writing: the night takes it away."""
    rows = set(ApplicationDocument.objects.values_list("file", flat=True))
    assert len(rows) == Application.objects.count()
    assert rows <= set(everything.store.names(PRIVATE))


def assert_each_mail_left(everything: House) -> None:
    written = set(OutgoingMessage.objects.values_list("message_id", flat=True))
    # The nightly trial of the application form erases what it wrote, its message too.
    received = [mail for mail in everything.post.received if MARK not in mail["To"]]
    times = Counter(mail["Message-ID"] for mail in received)
    assert set(times) == written
    assert sum(times.values()) - len(times) <= everything.mails_cut


def page_at(address: str, path: str) -> str:
    """The page, without the address that this machine alone writes in it."""
    with DIRECT.open(f"{address}{path}", timeout=30) as response:
        return str(response.read().decode()).replace(address, "")
