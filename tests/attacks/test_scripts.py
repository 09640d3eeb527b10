"""What somebody types is text wherever it is shown."""

from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models

from wagtail.fields import RichTextField

import pytest
from icalendar import Calendar

from courrier.models import OutgoingMessage
from tests.access.engine import content, signed_in
from tests.addresses import OUR_ROOMS, Address, addresses
from tests.attacks.test_formulas import free_texts
from tests.fuzz.hostile import KNOWN_NAMES
from tests.fuzz.pages import PageAddress, make_the_other_pages, page_addresses
from tests.fuzz.test_every_address import Visitors, undone
from tests.world import lay_files, make_world

# What a page escapes is decided by its template: walked once.
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

#: Leaves a script, an attribute, a comment, a title; then acts.
STORED = "</script></title></textarea>\"'--><svg onload=alert(1)>"
#: For the columns where that is too long.
SHORT = "'\"><svg onload=alert(1)>"
SENT = "</script>\"'><svg/onload=alert(2)>"
#: Leaves an attribute where only « < » is escaped.
BESIDE = "\"' onfocus=alert(3) x="
#: Every name that an address may hold, and where to go afterwards. No page: what is no number is
#: a 404, which shows nothing of the rest.
QUERY = {
    name: "javascript:alert(4)" if name in {"next", "vers"} else SENT + BESIDE
    for name in KNOWN_NAMES
    if name != "page"
}
LEAD = {"href", "src", "action", "formaction"}
WRITTEN = (models.CharField, models.TextField)
RAW = (b"<svg onload", b"<svg/onload")
MARKUP = ("text/html", "application/xml", "application/rss", "application/atom", "image/svg")

ALL: list[Address | PageAddress] = [
    *(one for one in addresses() if one.is_ours),
    *page_addresses(),
]
PUBLIC = [one for one in ALL if not one.is_desk]
#: Of each list, what shows its rows; the other views of Wagtail show the same rows, or none.
STORED_AT_DESK = [
    one
    for one in ALL
    if one.is_desk and (":" not in one.name or one.name.endswith((":list", ":inspect", ":edit")))
]
SENT_AT_DESK = [
    one for one in ALL if one.is_desk and (":" not in one.name or one.name.endswith(":list"))
]


@pytest.fixture(scope="module")
def visitors(module_rows: None) -> Visitors:
    world = make_world(tail=STORED)
    make_the_other_pages()
    visitors = Visitors(world)
    write_everywhere()
    return visitors


@pytest.fixture(autouse=True)
def _files(visitors: Visitors) -> None:
    lay_files(visitors.sides[0])


def write_everywhere() -> None:
    """In each column that holds what somebody typed, beyond what the world already says."""
    for model in apps.get_models():
        if model._meta.app_label in OUR_ROOMS:
            values = {name: typed(model._meta.get_field(name)) for name in columns(model)}
            if values:
                model._base_manager.update(**values)


def columns(model: type[models.Model]) -> list[str]:
    return [name for name in free_texts(model) if typed(model._meta.get_field(name))]


def typed(column: Any) -> str:
    """The longest that fits; nothing in what an editor writes as rich text."""
    if isinstance(column, RichTextField) or not isinstance(column, WRITTEN):
        return ""
    room = column.max_length or len(STORED + BESIDE)
    return next((one for one in (STORED + BESIDE, STORED, SHORT) if len(one) <= room), "")


class Acts(HTMLParser):
    """Whether a browser would run what was typed."""

    found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            said = (value or "").strip().lower()
            self.found |= name in {"onload", "onfocus"} and said.startswith("alert(")
            self.found |= name in LEAD and said.startswith("javascript:")


def acts(response: Any) -> bool:
    body = content(response)
    if not response.headers.get("Content-Type", "").startswith(MARKUP):
        return False
    reader = Acts()
    reader.feed(body.decode(errors="replace"))
    return reader.found or any(raw in body for raw in RAW)


def walked(
    visitors: Visitors, who: str, chosen: list[Address | PageAddress], query: dict[str, str]
) -> list[str]:
    """The addresses where what was typed has become markup, or made an error."""
    client, side, wrong = visitors.clients[who], visitors.sides[0], []
    for address in chosen:
        with undone():
            response = client.get(address.path(side), query)
            if acts(response) or response.status_code >= 500:
                wrong.append(address.name)
    return wrong


@pytest.mark.parametrize(
    ("who", "chosen"),
    [("superuser", STORED_AT_DESK), ("porteur", PUBLIC)],
    ids=["bureau", "public"],
)
def test_what_was_stored_is_never_markup(visitors, who, chosen):
    assert walked(visitors, who, chosen, {}) == []


@pytest.mark.parametrize(
    ("who", "chosen", "names"),
    [
        ("superuser", SENT_AT_DESK, set(QUERY)),
        ("porteur", PUBLIC, set(QUERY)),
        ("porteur", PUBLIC, {"q"}),  # beside a filter that is refused, it would not be shown
    ],
    ids=["bureau", "public", "recherche"],
)
def test_what_an_address_says_is_never_markup(visitors, who, chosen, names):
    query = {name: value for name, value in QUERY.items() if name in names}

    assert walked(visitors, who, chosen, query) == []


def test_a_form_that_is_shown_again_says_as_text_what_was_typed(visitors):
    """Through each public form, in each field that is not hidden."""
    wrong, shown = [], 0

    for address in PUBLIC:
        fields = visitors.fields_at("porteur", address)
        typed_in = {name: SENT + BESIDE for name, value in fields.items() if not value}
        with undone():
            path = address.path(visitors.sides[0])
            response = visitors.clients["porteur"].post(path, fields | typed_in)
            shown += b"alert(3)" in content(response)
        if acts(response) or response.status_code >= 500:
            wrong.append(address.name)

    assert wrong == []
    assert shown > 5  # without which nothing would have been tried


def test_what_was_typed_is_text_in_the_mails_too(visitors):
    wrong = [mail.kind for mail in OutgoingMessage.objects.all() if "<svg onload" in mail.html]

    assert wrong == []


def test_a_calendar_has_no_line_of_its_own_from_a_name(visitors):
    client = signed_in("anonyme", visitors.sides[0])
    feed = next(one for one in PUBLIC if one.name == "formation_trainer_calendar")

    read = Calendar.from_ical(content(client.get(feed.path(visitors.sides[0]))))

    assert {part.name for part in read.walk()} <= {
        *("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"),
    }
