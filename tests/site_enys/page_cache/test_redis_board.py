"""Redis shares what processes make, and nothing outdated shows whatever becomes of it."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

import pytest
from redis import Redis

from site_enys.models import MissedRenewal
from site_enys.page_cache import kept, redis_board, release
from site_enys.page_cache.board import board
from site_enys.page_cache.kept import Address, Kept
from site_enys.page_cache.middleware import PageCache
from site_enys.page_cache.redis_board import RedisBoard
from site_enys.page_cache.shared import mark
from tests.servers.redis import RedisServer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_redis")]
PAGE = Address("http", "testserver", "/page/", "", zipped=False)
PATIENCE = 1.0  # seconds: far from a hang, and more than a busy machine adds to a short timeout


class Process:
    """A process of the site, with its own board, its own memory and one page to make."""

    def __init__(self, url: str) -> None:
        self.board = RedisBoard(url)
        self.memory = kept.Memory()
        self.made = 0
        self.says: Callable[[], str] = lambda: "page"
        self.cache = PageCache(self._make)
        self.cache.memory = self.memory

    def _make(self, _request: HttpRequest) -> HttpResponse:
        self.made += 1
        return mark(HttpResponse(self.says()))

    def get(self, path: str = "/page/") -> str:
        board.cache_clear()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("site_enys.page_cache.middleware.board", lambda: self.board)
            return self.cache(RequestFactory().get(path)).text


@pytest.fixture
def one(redis: RedisServer) -> Process:
    return Process(redis.url)


@pytest.fixture
def other(redis: RedisServer) -> Process:
    return Process(redis.url)


@pytest.fixture
def client(redis: RedisServer) -> Redis:
    with redis.client() as client:
        yield client


def pause_is_over(*processes: Process) -> None:
    for process in processes:
        process.board.link._paused_until = 0.0


# -- What is shared --------------------------------------------------------------------------------


def test_what_one_has_made_the_other_gives(one: Process, other: Process) -> None:
    one.get()

    assert other.get() == "page"
    assert (one.made, other.made) == (1, 0)


def test_what_one_has_changed_the_other_makes_again(one: Process, other: Process) -> None:
    one.get()
    other.get()
    one.board.renew()

    other.says = one.says = lambda: "après"

    assert other.get() == one.get() == "après"
    assert (one.made, other.made) == (1, 1)


def test_a_page_is_given_back_as_it_was_made() -> None:
    page = Kept("é\n\0".encode(), {"ETag": '"x"', "Vary": "Cookie"}, 1.5)

    assert Kept.load(page.dump()) == page


@pytest.mark.parametrize(
    "dumped", [b"", b"\n", b"{}\nx", b"[]\n", b'{"headers": 1, "until": 1}\n', b"\x80\x04x\n"]
)
def test_what_no_process_wrote_is_made_again(
    dumped: bytes, one: Process, other: Process, client: Redis
) -> None:
    one.get()
    (name,) = (key for key in client.hkeys(one.board.prefix) if key.startswith(b"["))
    client.hset(one.board.prefix, name, dumped)

    assert other.get() == "page"
    assert other.made == 1


def test_another_release_does_not_show_it(
    one: Process, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.get()
    monkeypatch.setattr(redis_board, "release", lambda: "suivante")
    newer = Process(redis.url)
    newer.says = lambda: "feuille-de-style.2.css"

    assert newer.get() == "feuille-de-style.2.css"
    assert one.get() == "page"


def test_a_release_is_its_code_its_templates_and_its_settings(monkeypatch) -> None:
    release.release.cache_clear()
    name = release.release()
    assert any(path.name == "release.py" for path in release._sources())
    assert any(path.name == "base.html" for path in release._sources())
    assert not any(".venv" in path.parts for path in release._sources())

    release.release.cache_clear()
    assert release.release() == name
    monkeypatch.setattr("site_enys.settings.env.SITE_URL", "https://autre.test")
    release.release.cache_clear()
    assert release.release() != name
    release.release.cache_clear()


def test_everything_expires_by_itself(one: Process, client: Redis) -> None:
    one.get()
    with one.board.turn(PAGE, one.board.generation()):
        lasting = [key for key in client.scan_iter() if client.ttl(key) < 0]

    assert lasting == [redis_board.GENERATION.encode()]


def test_one_generation_at_a_time_takes_place(one: Process, client: Redis) -> None:
    one.get("/avant/")
    one.board.renew()
    one.get("/apres/")

    names = b" ".join(client.hkeys(one.board.prefix))
    assert b"/apres/" in names
    assert b"/avant/" not in names


@pytest.mark.parametrize("limit", ["MOST_PAGES", "MOST_BYTES"])
def test_what_is_shared_is_bounded(
    limit: str, one: Process, client: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.get("/0/")
    used = int(client.hget(one.board.prefix, "bytes"))
    monkeypatch.setattr(redis_board, limit, 2 if limit == "MOST_PAGES" else used)

    for number in range(1, 9):
        one.get(f"/{number}/")

    pages = [client.hstrlen(one.board.prefix, key) for key in client.hkeys(one.board.prefix)]
    assert client.hlen(one.board.prefix) == 2 + 2  # two pages, the generation and the bytes
    assert int(client.hget(one.board.prefix, "bytes")) == sum(sorted(pages)[2:])


# -- Turns -----------------------------------------------------------------------------------------


def test_one_process_makes_and_the_other_waits_for_it(
    one: Process, other: Process, client: Redis
) -> None:
    """The other comes while one is making: it asks twice, and is given the page."""
    one.get()
    one.board.renew()
    generation = one.board.generation()

    with one.board.turn(PAGE, generation) as turn:
        assert (turn.found, turn.awaited) == (None, True)
        answer = ask(other, generation)
        turn.made = Kept(b"page", {}, time.time() + 60)

    assert answer == redis_board.WAIT
    assert not list(client.scan_iter("*:turn:*"))
    with other.board.turn(PAGE, generation) as turn:
        assert turn.found.body == b"page"


def ask(process: Process, generation: str) -> object:
    """What the board answers to somebody who comes now."""
    name = redis_board.json.dumps(PAGE)
    prefix = process.board.prefix
    keys = [prefix, f"{prefix}:known", f"{prefix}:turn:{generation}:{name}"]
    return process.board.ask_script(keys, [generation, name, "une autre", 5000])


def test_a_maker_that_was_killed_blocks_nobody_longer_than_its_lease(
    one: Process, other: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_board, "LEASE_SECONDS", 0.1)
    one.get()
    one.board.renew()
    generation = one.board.generation()
    abandoned = one.board.turn(PAGE, generation)
    abandoned.__enter__()
    monkeypatch.setattr(one.board, "_give", lambda *_: None)  # it is not there any more

    began = time.monotonic()
    assert other.get() == "page"

    assert other.made == 1
    assert 0.05 < time.monotonic() - began < PATIENCE


def test_a_page_that_cannot_be_kept_any_more_makes_nobody_wait(
    one: Process, other: Process
) -> None:
    one.get()
    one.board.renew()
    generation = one.board.generation()
    with one.board.turn(PAGE, generation):
        pass

    assert ask(other, generation) == redis_board.NEVER_KEPT


def test_a_slow_maker_does_not_share_under_a_newer_generation(
    one: Process, other: Process, redis: RedisServer
) -> None:
    def overtaken() -> str:
        other.board.renew()
        other.get()
        return "avant"

    one.says, other.says = overtaken, lambda: "après"
    assert one.get() == "avant"
    one.says = lambda: "jamais"
    third = Process(redis.url)

    assert (one.get(), third.get()) == ("après", "après")
    assert third.made == 0


# -- Redis goes, and comes back --------------------------------------------------------------------


def gone(server: RedisServer) -> None:
    server.kill()


def silent(server: RedisServer) -> None:
    server.hold()


def full(server: RedisServer) -> None:
    with server.client() as client:
        client.config_set("maxmemory", 1)


@pytest.mark.parametrize("trouble", [gone, silent])
def test_without_redis_pages_are_made_each_time(
    trouble: Callable[[RedisServer], None], one: Process, redis: RedisServer
) -> None:
    one.get()
    trouble(redis)
    one.says = lambda: "après"
    began = time.monotonic()

    assert [one.get() for _ in range(20)] == ["après"] * 20

    assert time.monotonic() - began < PATIENCE  # one timeout for the twenty
    assert one.made == 21


@pytest.mark.parametrize("trouble", [gone, silent, full])
def test_a_renewal_that_redis_did_not_hear_of_is_known_when_it_is_back(
    trouble: Callable[[RedisServer], None], one: Process, other: Process, redis: RedisServer
) -> None:
    """The other process made its page before, knew nothing, and finds the same Redis again."""
    other.get()
    trouble(redis)
    one.board.renew()
    if trouble is not full:
        other.get()
    redis.resume()
    if redis.process is None:
        redis.start()
    other.says = lambda: "après"
    pause_is_over(one, other)
    if trouble is full:
        other.board.missed.doubt()  # its link never broke: it learns by its next look at the base

    assert other.get() == "après"
    assert MissedRenewal.objects.count() == 1


def test_a_process_whose_link_never_broke_learns_of_it_within_a_second(
    one: Process, other: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redis is out of reach of one machine only."""
    other.get()
    one.board.link.client.connection_pool.connection_kwargs["path"] = "/nulle/part"
    one.board.link.client.connection_pool.disconnect()
    one.board.renew()
    other.says = lambda: "après"
    assert other.get() == "page"  # what docs/exploitation.md says: up to a second

    other.board.missed._check_at = time.monotonic()

    assert other.get() == "après"


def test_a_redis_that_comes_back_as_it_was_before_shows_nothing_of_then(
    one: Process, other: Process, redis: RedisServer, client: Redis
) -> None:
    """It was saved, renewed, and restarted from what was saved."""
    one.get()
    saved = {key: client.dump(key) for key in client.scan_iter()}
    one.board.renew()
    redis.kill()
    redis.start()
    with redis.client() as fresh:
        for key, value in saved.items():
            fresh.restore(key, 0, value)
    newcomer = Process(redis.url)
    newcomer.says = one.says = lambda: "après"

    assert newcomer.get() == "après"
    assert one.get() == "après"


def test_a_redis_that_comes_back_empty_starts_anew(
    one: Process, other: Process, redis: RedisServer
) -> None:
    one.get()
    redis.kill()
    redis.start()
    one.says = other.says = lambda: "après"

    assert (one.get(), other.get()) == ("après", "après")
    assert (one.made, other.made) == (2, 0)


def test_a_link_that_drops_in_the_middle_costs_one_page_made(
    one: Process, redis: RedisServer, client: Redis
) -> None:
    one.get()
    client.client_kill_filter(_type="normal", skipme=True)

    assert [one.get() for _ in range(3)] == ["page"] * 3
    pause_is_over(one)
    one.get()
    made = one.made
    one.get()
    assert one.made == made


def test_a_full_redis_refuses_and_pages_are_still_given(one: Process, redis: RedisServer) -> None:
    full(redis)

    assert [one.get("/jamais/") for _ in range(2)] == ["page"] * 2


def test_neither_redis_nor_the_base_is_said_and_stops_no_write(
    one: Process, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone(redis)
    monkeypatch.setattr(MissedRenewal.objects, "update_or_create", _refused)

    with pytest.raises(OSError, match="ni Redis ni la base"):
        one.board.renew()


def _refused(**_values: object) -> None:
    raise redis_board.Error
