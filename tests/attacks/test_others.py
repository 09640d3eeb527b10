"""Whoever holds her own links reaches nothing of somebody else, whatever identifiers she tries."""

import pytest

from tests.access.engine import REFUSED, content, signed_in
from tests.access.test_every_role import PUBLIC, changes_since, picture
from tests.addresses import Address, addresses, value_of
from tests.fuzz.test_every_address import Visitors
from tests.world import lay_files, make_world, marks_in

pytestmark = pytest.mark.django_db

#: What only a link opens.
PRIVATE = [one for one in addresses() if PUBLIC.get(one.name, {}).get("anonyme") == REFUSED]


@pytest.fixture(scope="module")
def visitors(module_rows: None) -> Visitors:
    return Visitors(make_world())


@pytest.fixture(autouse=True)
def _files(visitors: Visitors) -> None:
    lay_files(visitors.sides[0])


def mixtures(address: Address, visitors: Visitors) -> list[str]:
    """All of the other's identifiers; or hers first, then the other's."""
    mine, other = visitors.sides
    words = address.things()
    values = [
        [value_of(mine if at < rank else other, word) for at, word in enumerate(words)]
        for rank in range(len(words))
    ]
    own = [value_of(mine, word) for word in words]
    return [address.with_values(one) for one in values if one != own]


@pytest.mark.parametrize("method", ["get", "post"])
def test_identifiers_of_somebody_else_open_nothing(visitors, method):
    client, before = visitors.clients["porteur"], picture()

    for address in PRIVATE:
        for path in mixtures(address, visitors):
            response = getattr(client, method)(path)
            assert response.status_code in {403, 404, 405}, path
            assert not {mark for mark in marks_in(content(response)) if mark.endswith("b")}, path

    assert changes_since(before) == []


def test_her_own_links_open_her_own_pages(visitors):
    """Without which the refusals above would prove nothing."""
    client, mine = visitors.clients["porteur"], visitors.sides[0]

    answers = [client.get(one.path(mine)) for one in PRIVATE]
    for response in answers:
        content(response)  # a file that is not read to its end stays open
    opened = [response for response in answers if response.status_code == 200]

    assert len(opened) > len(PRIVATE) // 2


@pytest.mark.parametrize("role", ["evaluation-ailleurs", "evaluation"])
def test_a_reviewer_reads_no_name_before_she_asks(visitors, role):
    client, path = signed_in(role, visitors.sides[0]), "/admin/snippets/recrutement/application/"

    assert marks_in(content(client.get(path))) == set()
