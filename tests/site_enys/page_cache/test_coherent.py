"""Django's cache is forgotten by every process when what shows has changed."""

from collections.abc import Callable

from django.conf import LazySettings
from django.core.cache import cache, caches

from wagtail.models import Page, Site

import pytest

from site_enys.page_cache.board import board
from site_enys.page_cache.coherent import CoherentCache
from tests.factories.home import ServicePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("either_board")]
BACKEND = "site_enys.page_cache.coherent.CoherentCache"
Commit = Callable[[], None]


@pytest.fixture
def one() -> CoherentCache:
    return process("un")


def process(name: str) -> CoherentCache:
    """The memory of a process; in production, each one calls it the same."""
    entries = CoherentCache(name, {})
    entries.clear()
    return entries


def test_it_is_a_cache(one: CoherentCache) -> None:
    one.set("a", 1)
    one.set_many({"b": 2, "c": 3})

    assert one.get_many(["a", "b", "c", "d"]) == {"a": 1, "b": 2, "c": 3}
    assert one.get("d", "rien") == "rien"
    assert one.get_or_set("d", 4) == 4
    assert not one.add("a", 9)
    assert one.add("e", 5)
    assert one.incr("a") == 2
    assert "a" in one
    assert one.delete("a")
    assert one.get("a") is None


def test_what_one_renews_all_forget(one: CoherentCache) -> None:
    other = process("deux")
    for entries in (one, other):
        entries.set("sites", "avant")

    board().renew()

    assert (one.get("sites"), other.get("sites")) == (None, None)


def test_what_was_read_before_a_change_is_not_kept_after_it(one: CoherentCache) -> None:
    assert one.get("sites") is None
    board().renew()

    one.set("sites", "lu avant")

    assert one.get("sites") is None


def test_without_a_board_everything_is_a_miss(one: CoherentCache, settings: LazySettings) -> None:
    one.set("sites", "avant")
    settings.DATA_DIR = settings.DATA_DIR / "absent"
    settings.REDIS_URL = settings.REDIS_URL and "unix:///nulle/part"

    assert one.get("sites") is None
    one.set("sites", "après")
    assert one.get("sites") is None
    assert not one.delete("sites")


def test_the_addresses_of_the_site_change_in_every_process(
    settings: LazySettings, commit: Commit
) -> None:
    """Wagtail keeps them an hour, and forgets them only where they are changed."""
    settings.CACHES = {"default": {"BACKEND": BACKEND}, "stamped": settings.CACHES["stamped"]}
    key = ServicePageFactory().pk
    assert Page.objects.get(pk=key).full_url.startswith(Site.objects.get().root_url)

    Site.objects.update(hostname="www.enys.test")  # as another process does: no signal here
    commit()

    assert Page.objects.get(pk=key).full_url.startswith("http://www.enys.test")
    assert isinstance(caches["default"], CoherentCache)
    cache.clear()
