"""What every page reads is read once for as long as nothing changes, and never after."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import LazySettings
from django.db import transaction

from wagtail.models import PageViewRestriction

import pytest
import time_machine

from home.models import OrganisationSettings
from site_enys import memory
from site_enys.memory import kept, kept_each, kept_for_now, reading
from site_enys.page_cache import instants, writes
from tests.factories.home import ServicePageFactory
from tests.harness.client import SiteClient

Count = Callable[[], int]
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def count() -> Count:
    """One more at each call: it tells a value that was kept from one that was read again."""
    numbers: Iterator[int] = iter(range(1, 100))
    return lambda: next(numbers)


def read_once(count: Count) -> int:
    with reading():
        return kept("a count", count)


def test_a_thing_is_read_once_until_something_is_written(count: Count) -> None:
    first, second = read_once(count), read_once(count)
    writes.renew()

    assert (first, second, read_once(count)) == (1, 1, 2)


def test_two_requests_in_one_reading_ask_once_even_when_nothing_lasts(
    count: Count, settings: LazySettings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path / "nowhere"

    with reading():
        assert (kept("a count", count), kept("a count", count)) == (1, 1)
    assert read_once(count) == 2


def test_who_does_not_read_a_page_reads_for_itself(count: Count) -> None:
    assert read_once(count) == 1
    assert (kept("a count", count), kept("a count", count)) == (2, 3)


def test_what_changes_while_it_is_read_is_read_again(count: Count) -> None:
    def read_then_somebody_writes() -> int:
        number = count()
        writes.renew()
        return number

    with reading():
        assert kept("a count", read_then_somebody_writes) == 1

    assert read_once(count) == 2


def test_what_does_not_exist_is_not_asked_for_again() -> None:
    asked: list[list[int]] = []

    def read(keys: list[int]) -> dict[int, str]:
        asked.append(keys)
        return {1: "un"}

    with reading():
        assert kept_each("numbers", [1, 2, 1], read) == {1: "un"}
    with reading():
        assert kept_each("numbers", [2, 3], read) == {}

    assert asked == [[1, 2], [3]]


def test_that_there_is_nothing_is_kept_too() -> None:
    with reading():
        assert kept("nobody", lambda: None) is None


def test_the_memory_does_not_grow_without_end(
    monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    monkeypatch.setattr(memory, "MOST_THINGS", 2)
    with reading():
        kept_each("numbers", [1, 2, 3], lambda keys: dict.fromkeys(keys, "lu"))

    assert (read_once(count), read_once(count)) == (1, 2)


def test_what_depends_on_the_clock_is_read_again_after_the_next_instant(
    monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    opens = NOON.replace(hour=15)
    monkeypatch.setattr(instants, "REGISTRY", [lambda now: opens if now < opens else None])

    def seen_at(hour: int, minute: int = 0) -> int:
        with time_machine.travel(NOON.replace(hour=hour, minute=minute), tick=False), reading():
            return kept_for_now("a count", count)

    # At 23 in UTC, it is already tomorrow in Paris.
    seen = [seen_at(*time) for time in ((12,), (14, 59), (15,), (22, 59), (23,))]
    assert seen == [1, 1, 2, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_reads_what_it_has_written(count: Count) -> None:
    assert read_once(count) == 1
    with transaction.atomic():
        assert (read_once(count), read_once(count)) == (2, 3)
    assert read_once(count) == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_shows_at_once_on_a_page_that_is_made_again(count_queries) -> None:
    visitor = SiteClient()
    page = ServicePageFactory(title="Conseil", show_in_menus=True)
    visitor.get(page.url)
    assert count_queries(lambda: visitor.get(page.url)) == 0

    organisation = OrganisationSettings.for_site(page.get_site())
    organisation.phone = "04 00 00 00 01"
    organisation.save()
    other = ServicePageFactory(title="Stratégie", show_in_menus=True)

    html = visitor.get(page.url).content.decode()
    assert "04 00 00 00 01" in html
    assert f'href="{other.url}"' in html

    page.title = "Conseil et appui"
    page.save()
    assert "Conseil et appui" in visitor.get(page.url).content.decode()

    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert visitor.get(page.url).status_code == 302
    assert f'href="{page.url}"' not in visitor.get("/").content.decode()

    other.unpublish()
    assert visitor.get(other.url).status_code == 404
