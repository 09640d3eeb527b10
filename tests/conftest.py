"""The strict harness: see each module of `tests/harness/`.

Fixtures beside those of pytest-django: `client` (checks HTML, runs on-commit work), `log_in`
(a client in the role of a group), `count_queries`, `bare_site` (without the pages of
`factories/standing.py`), `admin_search`, `public_search`, `module_rows` (for what is costly),
`each_store` and `on_s3` (files in folders and in buckets, in buckets alone).
"""

import gc
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage, storages
from django.db import connection, transaction
from django.db.models import FileField
from django.db.models.signals import post_save
from django.template import engines
from django.test.utils import CaptureQueriesContext

from wagtail.signal_handlers import disable_reference_index_auto_update

import pytest
from _pytest import runner
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler, register_signal_handlers

from site_enys import memory
from tests.harness import databases, skips
from tests.harness.client import SiteClient
from tests.harness.indexing import pages_followed, stop_following_pages
from tests.harness.stack import with_room
from tests.harness.templates import UndefinedVariable

if TYPE_CHECKING:
    from tests.servers.s3 import Buckets


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    skips.deselect_other_databases(config, items)


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: the collector need not look at them again and again."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)


@pytest.hookimpl(tryfirst=True)
@with_room
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    return runner.pytest_runtest_protocol(item, nextitem)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return skips.refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return skips.refuse_skip((yield))


@pytest.fixture(scope="session")
def django_db_setup(
    pytestconfig: pytest.Config, django_test_environment: None, django_db_blocker
) -> Iterator[None]:
    """Replaces pytest-django's: a copy of a kept template instead of the migrations."""
    from tests.factories.standing import make_standing_pages  # noqa: PLC0415 - needs the models

    folder = pytestconfig.cache.mkdir("databases")
    opened = ExitStack()
    with django_db_blocker.unblock():
        opened.enter_context(databases.migrated_database(folder, make_standing_pages))
    yield
    with django_db_blocker.unblock():
        opened.close()


@pytest.fixture(scope="session", autouse=True)
def _strict_templates(django_test_environment: None) -> None:
    engines["django"].engine.string_if_invalid = UndefinedVariable()


@pytest.fixture(scope="session", autouse=True)
def _no_index(django_test_environment: None) -> Iterator[None]:
    """Where each object is used, and both searches: no rule reads them, each save pays."""
    stop_indexing()
    stop_following_pages()
    with disable_reference_index_auto_update():
        yield


def stop_indexing() -> None:
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)


@pytest.fixture
def public_search() -> Iterator[None]:
    """The search of the site finds the pages that the test saves."""
    with pages_followed():
        yield


@pytest.fixture
def admin_search() -> Iterator[None]:
    """The search of the admin finds what the test saves."""
    register_signal_handlers()
    yield
    stop_indexing()


@pytest.fixture(autouse=True)
def _empty_caches_and_folders() -> Iterator[None]:
    """A test sees neither the cache nor the files of another one."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    memory.forget()
    yield
    for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def buckets() -> Iterator["Buckets"]:
    from tests.servers.s3 import buckets  # noqa: PLC0415 - boto3 and moto take a second

    with buckets() as made:
        yield made


@pytest.fixture
def on_s3(buckets: "Buckets", settings, monkeypatch) -> Iterator["Buckets"]:
    """The files of the site lie in two buckets; `on_s3.relay.fail(…)` takes them away."""
    settings.STORAGES = settings.STORAGES | buckets.storages
    # Making a client takes longer than most tests: these two serve them all.
    storages._storages.update(buckets.opened)
    buckets.opened = {alias: storages[alias] for alias in buckets.storages}
    for storage in buckets.opened.values():
        storage._silent_until = 0
    for model in apps.get_models():
        for column in model._meta.local_fields:
            if isinstance(column, FileField):
                private = column.storage is not default_storage
                monkeypatch.setattr(
                    column, "storage", storages["private"] if private else default_storage
                )
    yield buckets
    buckets.empty()


@pytest.fixture(params=["folders", "buckets"])
def each_store(request: pytest.FixtureRequest) -> None:
    """The test runs on both kinds of store."""
    if request.param == "buckets":
        request.getfixturevalue("on_s3")


@pytest.fixture(scope="module")
def module_rows(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """What a fixture of this scope writes serves all the tests of its module, then is undone.

    Not in a module with a test that commits: it would find itself in a transaction.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def bare_site(db: None) -> None:
    """The home page alone, as before the demonstration is loaded."""
    from tests.factories.standing import remove_standing_pages  # noqa: PLC0415 - needs the models

    remove_standing_pages()


@pytest.fixture
def client() -> SiteClient:
    return SiteClient()


@pytest.fixture
def log_in(db: None) -> Callable[[str], SiteClient]:
    """`log_in("formation")`: a client signed in as a new member of that role's group."""
    from tests.factories.people import UserFactory  # noqa: PLC0415 - needs the models

    def log_in(role: str) -> SiteClient:
        client = SiteClient()
        client.user = UserFactory(role=role)
        client.force_login(client.user)
        return client

    return log_in


@pytest.fixture
def count_queries(db: None) -> Callable[[Callable[[], object]], int]:
    """`count_queries(lambda: client.get(url))`: how many SQL queries that took."""

    def count(action: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            action()
        return len(captured)

    return count
