"""What somebody types is text wherever it is shown."""

from typing import Any

import pytest
from icalendar import Calendar

from courrier.models import OutgoingMessage
from tests.access.engine import content, signed_in
from tests.addresses import Address, addresses
from tests.fuzz.hostile import KNOWN_NAMES
from tests.world import Side, lay_files, make_world

pytestmark = pytest.mark.django_db

#: Leaves a script, an attribute, a comment, a title; then acts.
STORED = "</script></title></textarea>\"'--><svg onload=alert(1)>"
SENT = "</script>\"'><svg/onload=alert(2)>"
RAW = (b"<svg onload", b"<svg/onload")


@pytest.fixture(scope="module")
def world(module_rows: None) -> dict[str, Side]:
    return make_world(tail=STORED)


@pytest.fixture(autouse=True)
def _files(world: dict[str, Side]) -> None:
    lay_files(world["a"])


def is_markup(response: Any) -> bool:
    kind = response.headers.get("Content-Type", "")
    return kind.startswith(("text/html", "application/xml", "application/rss", "application/atom"))


def walked(client: Any, side: Side, chosen: list[Address], query: dict[str, str]) -> list[str]:
    """The addresses where what was typed has become markup."""
    client.checks_html = False
    wrong = []
    for address in chosen:
        response = client.get(address.path(side), query)
        body = content(response)
        if is_markup(response) and any(raw in body for raw in RAW):
            wrong.append(address.name)
    return wrong


DESK = [one for one in addresses() if one.is_ours and one.is_desk]
PUBLIC = [one for one in addresses() if one.is_ours and not one.is_desk]


@pytest.mark.parametrize("query", [{}, dict.fromkeys(KNOWN_NAMES, SENT)], ids=["gardé", "renvoyé"])
@pytest.mark.parametrize("chosen", [DESK, PUBLIC], ids=["bureau", "public"])
def test_what_was_typed_is_never_markup(world, chosen, query):
    side = world["a"]
    client = signed_in("superuser" if chosen is DESK else "anonyme", side)

    assert walked(client, side, chosen, query) == []


def test_what_was_typed_is_text_in_the_mails_too(world):
    wrong = [mail.kind for mail in OutgoingMessage.objects.all() if "<svg onload" in mail.html]

    assert wrong == []


def test_a_calendar_has_no_line_of_its_own_from_a_name(world):
    client = signed_in("anonyme", world["a"])
    feed = next(one for one in PUBLIC if one.name == "formation_trainer_calendar")

    read = Calendar.from_ical(content(client.get(feed.path(world["a"]))))

    assert {part.name for part in read.walk()} <= {
        *("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"),
    }
