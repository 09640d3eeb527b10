"""A site that keeps its pages, in a folder of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import LazySettings
from django.db import connection

import pytest

from site_enys.page_cache import writes
from tests.harness.client import SiteClient

NewProcess = Callable[[], SiteClient]


@pytest.fixture
def keeping(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    settings.PAGE_CACHE = True
    settings.DATA_DIR = tmp_path
    with connection.execute_wrapper(writes.notice):
        yield


@pytest.fixture
def commit(keeping: None) -> Callable[[], None]:
    """The transaction of a test never ends: this does what its commit would do to the pages."""

    def commit() -> None:
        waiting, connection.run_on_commit[:] = connection.run_on_commit[:], []
        for entry in waiting:
            if entry[1] is writes.renew:
                entry[1]()

    return commit


@pytest.fixture
def new_process(keeping: None) -> NewProcess:
    """A server of its own at each call, with nothing in memory."""
    return SiteClient


@pytest.fixture
def visitor(new_process: NewProcess) -> SiteClient:
    return new_process()
