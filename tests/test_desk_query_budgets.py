"""How many queries each screen of the admin takes: a list stays within twenty, however long it is.

As in `test_query_budgets.py` nothing is kept from one request to the next, so that a screen that
reads the same setting twice in one request is the only one to pay for it.
"""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from home.models import LegalPage
from home.services import legal
from home.services.legal import KINDS
from rgpd.models import PurgeRun
from rgpd.register import entries_in_order
from rgpd.services import conservation
from tests.access.engine import signed_in
from tests.addresses import addresses
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.formation import CoursePageFactory
from tests.factories.home import ContactMessageFactory, LegalPageFactory
from tests.factories.recrutement import ApplicationFactory
from tests.factories.running import confirmed, held_session
from tests.harness.client import SiteClient
from tests.world import Side, make_world

MOST_OF_A_SCREEN = 20
FEW, MANY = 1, 30


@pytest.fixture(scope="module")
def world(module_rows: None) -> dict[str, Side]:
    return make_world()


@pytest.fixture(scope="module")
def chief(world: dict[str, Side]) -> SiteClient:
    return signed_in("direction", world["a"])


def cost(client: SiteClient, url: str) -> int:
    client.get(url)  # content types and the permissions of Wagtail are in memory
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    return len(captured)


@pytest.mark.django_db
def test_every_list_of_ours_takes_twenty_queries_at_the_most(world, chief):
    lists = [one for one in addresses() if one.is_ours and one.is_desk and not one.takes]
    costs = {}
    for address in lists:
        url = address.path(world["a"])
        if chief.get(url).status_code == 200:
            costs[address.name] = cost(chief, url)

    assert len(costs) > 60
    assert {name: count for name, count in costs.items() if count > MOST_OF_A_SCREEN} == {}


def much_to_erase(count: int) -> None:
    long_ago = timezone.now() - timedelta(days=3000)
    ContactMessageFactory.create_batch(count, created_at=long_ago)
    OutgoingMessageFactory.create_batch(count)
    ApplicationFactory.create_batch(count, decided_at=long_ago, state="rejected")
    PurgeRun.objects.bulk_create(PurgeRun(started_at=long_ago, applied=True) for _ in range(count))


def many_legal_pages(count: int) -> None:
    for _ in range(count):
        for kind in KINDS:
            LegalPageFactory(title=f"Page {LegalPage.objects.count()}", kind=kind)


def a_full_year(count: int) -> None:
    course = CoursePageFactory()
    for number in range(count):
        confirmed(held_session(timezone.now() - timedelta(hours=1 + number % 2), course=course))


@pytest.mark.django_db
def test_what_is_counted_together_is_what_the_purge_would_erase(world):
    later = timezone.now() + timedelta(days=4000)

    counted = {line.entry.model: line.past for line in conservation.lines(later)}

    own = {one.model: one.ended(later - one.delay).count() for one in entries_in_order()}
    assert counted == own
    assert sum(counted.values()) > 30


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "make"),
    [
        ("/admin/rgpd/conservation/", much_to_erase),
        ("/admin/pages-legales/", many_legal_pages),
        ("/admin/formation/audit/", a_full_year),
    ],
)
def test_thirty_things_cost_what_one_does(log_in, url, make):
    client = log_in("direction")
    make(FEW)
    few = cost(client, url)

    make(MANY - FEW)

    assert cost(client, url) == few <= MOST_OF_A_SCREEN


@pytest.mark.django_db
def test_a_kind_of_page_is_its_first_in_the_order_of_the_tree(log_in):
    pages = [LegalPageFactory(kind=LegalPage.Kind.RULES, title=f"Règlement {n}") for n in (1, 2)]

    assert legal.review(LegalPage.Kind.RULES).page == pages[0]
    assert [one.page for one in legal.reviews() if one.kind == LegalPage.Kind.RULES] == [pages[0]]
