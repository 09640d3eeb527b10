"""A site that keeps its pages: with a folder of its own, or with Redis."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import LazySettings
from django.db import connection

import pytest

from site_enys.page_cache import kept, redis_board, writes
from tests.harness.client import SiteClient
from tests.servers.redis import RedisServer, redis_server

NewProcess = Callable[[], SiteClient]


@pytest.fixture(scope="session")
def redis_process() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def redis(redis_process: RedisServer) -> RedisServer:
    """A Redis that knows nothing."""
    redis_process.fresh()
    return redis_process


@pytest.fixture
def keeping(settings: LazySettings, tmp_path: Path) -> None:
    settings.PAGE_CACHE = True
    settings.DATA_DIR = tmp_path
    kept.memory.cache_clear()


@pytest.fixture
def with_redis(
    keeping: None, redis: RedisServer, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> RedisServer:
    """`keeping`, on a board of several machines; the database is asked when the link breaks."""
    settings.REDIS_URL = redis.url
    monkeypatch.setattr(redis_board, "CHECK_SECONDS", 3600.0)
    return redis


@pytest.fixture(params=["fichier", "redis"])
def either_board(request: pytest.FixtureRequest) -> None:
    """The same test on each board."""
    request.getfixturevalue("keeping" if request.param == "fichier" else "with_redis")


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

    def start() -> SiteClient:
        kept.memory.cache_clear()
        client = SiteClient()
        client.handler.load_middleware()
        return client

    return start


@pytest.fixture
def visitor(new_process: NewProcess) -> SiteClient:
    return new_process()
