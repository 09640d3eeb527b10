"""The public pages of a small world, as those read them who may: visitors and holders of links."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from rgpd.forms import OpenForm
from tests.access.engine import ON, content, outcome, signed_in
from tests.addresses import Address, addresses
from tests.fuzz.pages import PageAddress, page_addresses
from tests.harness.client import SiteClient
from tests.world import Side

#: The links that lead on as soon as they are followed.
LINKS = (
    *("formation_open_link", "formation_trainer_open", "formation_survey_open"),
    *("formation_open_agreement", "recrutement_open_link", "blog:open_moderation"),
)


def our_addresses() -> dict[str, Address | PageAddress]:
    """Every address of ours, and one page of each kind of the tree."""
    every = (*addresses(), *page_addresses())
    return {address.name: address for address in every if address.is_ours}


def holder(side: Side) -> SiteClient:
    """A browser in which every link sent to the people of this side was followed."""
    ours = our_addresses()
    client = signed_in("anonyme", side)
    answers = [client.get(ours[name].path(side)) for name in LINKS]
    button = OpenForm(now=timezone.now() - timedelta(seconds=30)).new_token()
    answers.append(client.post(ours["rgpd_open_link"].path(side), {"form_token": button}))
    assert {outcome(answer) for answer in answers} == {ON}
    return client


@dataclass(frozen=True)
class Shown:
    """A page as it was answered: to whom, and from which template."""

    name: str
    template: str
    html: str


def pages_read(side: Side) -> Iterator[Shown]:
    """Each public page as its reader finds it, and each form sent with nothing in it."""
    visitor, reader = signed_in("anonyme", side), holder(side)
    for name, address in sorted(our_addresses().items()):
        if address.is_desk or name in LINKS:
            continue
        path = address.path(side)
        response = visitor.get(path)
        client, who = (reader, "son lien") if response.status_code == 403 else (visitor, "tous")
        if client is reader:
            yield from shown(f"{name}, sans lien", response)
            response = reader.get(path)
        for page in shown(f"{name}, {who}", response):
            yield page
            if 'name="form_token"' in page.html and response.status_code != 403:
                yield from shown(f"{name}, rien d’écrit", client.post(path, {"form_token": ""}))


def shown(name: str, response: Any) -> Iterator[Shown]:
    """Nothing when the answer is a file, is empty or leads elsewhere."""
    html = content(response)  # read to its end: it may be a file
    if html[:9].lower() == b"<!doctype":
        yield Shown(name, response.templates[0].name, html.decode())
