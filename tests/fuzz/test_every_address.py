"""Whatever is sent to whichever address of ours: never an error 500, never somebody else's data.

`make fuzz` sends more of it; `--hypothesis-seed=…` sends the same again.
"""

import os
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.access.engine import OPEN, content, outcome, signed_in
from tests.access.test_every_role import CARRY_THEIR_RIGHT, READS
from tests.addresses import Address
from tests.fuzz.hostile import Hostile, fields_of, requests
from tests.fuzz.pages import PageAddress, make_the_other_pages
from tests.walk import holder, our_addresses
from tests.world import Side, lay_files, make_world, marks_in

pytestmark = pytest.mark.django_db

SCRIPT = b"<script>alert(1)</script>"
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "2"))
OURS = our_addresses()
#: At the desk: whoever holds everything, and whoever holds one part.
STAFF = (
    *("superuser", "direction", "referent"),
    *("formation", "recrutement", "redaction", "evaluation"),
)
HOSTILE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink] if EXAMPLES > 2 else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Visitors:
    """Browsers kept for the whole module: an unknown, the holder of the links of side a, staff."""

    def __init__(self, world: dict[str, Side]) -> None:
        self.sides = [world["a"], world["b"]]
        self.clients = {role: signed_in(role, world["a"]) for role in ("anonyme", *STAFF)}
        self.clients["porteur"] = holder(self.sides[0])
        self.cookies = {who: dict(one.cookies) for who, one in self.clients.items()}
        self.fields: dict[tuple[str, str], dict[str, str]] = {}
        for client in self.clients.values():
            client.checks_html = False

    def fields_at(self, who: str, address: Address | PageAddress) -> dict[str, str]:
        """The fields of the form that this visitor sees there."""
        if (who, address.name) not in self.fields:
            with undone():
                response = self.clients[who].get(address.path(self.sides[0]))
                html = response.headers.get("Content-Type", "").startswith("text/html")
                seen = html and outcome(response) == OPEN
                # Read to its end: it may be a file.
                body = content(response).decode(errors="replace")
                self.fields[who, address.name] = fields_of(body) if seen else {}
        return self.fields[who, address.name]

    def send(self, who: str, request: Hostile) -> Any:
        client = self.clients[who]
        client.cookies.clear()
        client.cookies.update(self.cookies[who])
        return request.send(client)


class undone(transaction.Atomic):  # noqa: N801 - reads as a statement
    """What happens inside is taken back."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *failure: Any) -> None:
        if failure == (None, None, None):
            transaction.set_rollback(True)
        super().__exit__(*failure)


@pytest.fixture(scope="module")
def visitors(module_rows: None) -> Visitors:
    world = make_world()
    make_the_other_pages()
    return Visitors(world)


@pytest.fixture(autouse=True)
def _files(visitors: Visitors) -> None:
    lay_files(visitors.sides[0])


def may_read(who: str, address: Address | PageAddress) -> set[str]:
    """The first words of the marks that this visitor may meet."""
    if who == "superuser":
        return READS["superuser"]
    if who == "porteur" or address.name in CARRY_THEIR_RIGHT:
        return READS["superuser"]
    return READS.get(who, set())


@pytest.mark.parametrize("name", sorted(OURS))
@HOSTILE
@given(data=st.data())
def test_a_hostile_request_is_answered(visitors, name, data):
    address = OURS[name]
    who = data.draw(st.sampled_from(STAFF if address.is_desk else ("anonyme", "porteur")))
    fields = visitors.fields_at(who, address)
    request = data.draw(requests(address, visitors.sides, fields))

    with undone():
        response = visitors.send(who, request)
        response.body = content(response)
        read = marks_in(response.body)

    assert response.status_code < 500, (who, request, error_of(response))
    assert SCRIPT not in content_of_page(response), (who, request)
    assert leads_home(response), (who, request, response.headers["Location"])
    assert {mark[2:-1] for mark in read} <= may_read(who, address), (who, request)
    if who == "porteur":
        assert {mark[-1] for mark in read} <= {"a"}, (request, read)


def content_of_page(response: Any) -> bytes:
    """What a browser would read as a page of ours."""
    return response.body if "text/html" in response.headers.get("Content-Type", "") else b""


def leads_home(response: Any) -> bool:
    """No redirect leads to another site, nor runs anything."""
    target = urlsplit(response.headers.get("Location", ""))
    return target.scheme in {"", "http"} and target.netloc in {"", "testserver"}


def error_of(response: Any) -> Any:
    """What went wrong, for who reads the failure."""
    return getattr(response, "exc_info", None)
