"""The board of several machines: Redis.

Redis may be gone, come back empty, or come back as it was an hour ago. So the generation has three
parts, and pages are shown only while the three are the same as when they were made:

- the key `enys:pages:generation`, set to something new at each renewal;
- the run of the Redis server: one that started again may have forgotten the last renewals;
- the last renewal that could not be written there, a row of the database (`MissedRenewal`), read
  when a process first asks, when its link comes back, and every `CHECK_SECONDS`: a process whose
  link never broke learns so of a renewal that another one could not write.

The pages of a release lie in one hash, which holds one generation at a time: whoever shares the
first page of a newer one empties it. So they are bounded, and expire with the day.
"""

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from django.db import Error, connection

import redis

from ..models import MissedRenewal
from .board import WAIT_SECONDS, Board, Turn
from .kept import MOST_BYTES, MOST_PAGES, Address, Kept
from .release import release

logger = logging.getLogger(__name__)

T = TypeVar("T")

TIMEOUT = 0.2  # seconds: a page is made in less
PAUSE_SECONDS = 1.0  # after a failure, nobody asks
CHECK_SECONDS = 1.0
LEASE_SECONDS = 5.0  # of a turn, when its maker was killed
POLL_SECONDS = 0.03

GENERATION = "enys:pages:generation"
NEVER_KEPT, WAIT = 0, 2

#: What another process has made, or whose turn it is, in one question.
ASK = """
local pages, known, turn = KEYS[1], KEYS[2], KEYS[3]
local generation, address, token, lease = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if redis.call('HGET', pages, 'generation') == generation then
  local page = redis.call('HGET', pages, address)
  if page then return page end
end
if redis.call('SISMEMBER', known, address) == 0 then return 0 end
if redis.call('SET', turn, token, 'NX', 'PX', lease) then return 1 end
return 2
"""
#: Share the page, if it is still of the present generation, and end the turn.
GIVE = """
local current, pages, known, turn = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local value, generation, address, token = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local page, until_ms, most_pages, most_bytes = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
if redis.call('GET', turn) == token then redis.call('DEL', turn) end
if page == '' then redis.call('SREM', known, address) return end
if redis.call('SCARD', known) < 2 * most_pages then redis.call('SADD', known, address) end
redis.call('EXPIRE', known, 86400)
if redis.call('GET', current) ~= value then return end
if redis.call('HGET', pages, 'generation') ~= generation then
  redis.call('DEL', pages)
  redis.call('HSET', pages, 'generation', generation, 'bytes', 0)
end
local former = redis.call('HSTRLEN', pages, address)
if former == 0 and redis.call('HLEN', pages) - 2 >= tonumber(most_pages) then return end
local more = #page - former
if redis.call('HGET', pages, 'bytes') + more > tonumber(most_bytes) then return end
redis.call('HSET', pages, address, page)
redis.call('HINCRBY', pages, 'bytes', more)
redis.call('PEXPIREAT', pages, until_ms)
"""


class Unreachable(OSError):
    """Redis did not answer, or refused."""


class Link:
    """To Redis: short timeouts, and a pause after a failure, so that not each request pays it."""

    def __init__(self, url: str) -> None:
        pool = redis.ConnectionPool.from_url(
            url,
            protocol=2,
            driver_info=None,
            socket_timeout=TIMEOUT,
            socket_connect_timeout=TIMEOUT,
            redis_connect_func=self._greet,
        )
        self.client = redis.Redis(connection_pool=pool)
        self.run = ""
        self._failing = False
        self._paused_until = 0.0

    def ask(self, question: Callable[[redis.Redis], T], *, insist: bool = False) -> T:
        """Raises Unreachable; at once during a pause, unless one insists."""
        if self._failing and not insist:
            now = time.monotonic()
            if now < self._paused_until:
                raise Unreachable("Redis ne répondait pas.")
            self._paused_until = now + PAUSE_SECONDS  # one tries for all
        try:
            answer = question(self.client)
        except (redis.ConnectionError, redis.TimeoutError, OSError) as error:
            self._fails(error)
            raise Unreachable(str(error)) from error
        except redis.RedisError as error:
            raise Unreachable(str(error)) from error
        if self._failing:
            self._failing = False
            logger.warning("Redis répond de nouveau.")
        return answer

    def _fails(self, error: Exception) -> None:
        self._paused_until = time.monotonic() + PAUSE_SECONDS
        if not self._failing:
            self._failing = True
            logger.warning(
                "Redis ne répond plus (%s)\u00a0: les pages sont faites à chaque fois.", error
            )

    def _greet(self, link: Any) -> None:
        """At each new connection, before anything is read from it."""
        link.on_connect()
        link.send_command("INFO", "server")
        lines = bytes(link.read_response()).decode().splitlines()
        self.run = next(line for line in lines if line.startswith("run_id:")).partition(":")[2]


class Missed:
    """The last renewal that Redis did not hear of, as the database tells it."""

    def __init__(self) -> None:
        self._last: str | None = None
        self._check_at = 0.0
        self._lock = threading.Lock()

    def last(self) -> str:
        """Asked at most every `CHECK_SECONDS`. Raises OSError when it was never known."""
        if self._last is None or time.monotonic() >= self._check_at:
            self._read()
        if self._last is None:
            raise Unreachable("La base ne dit pas si un renouvellement a manqué.")
        return self._last

    def doubt(self) -> None:
        """The link broke: whatever was missed meanwhile has to be read before anything is shown."""
        self._last = None

    def _read(self) -> None:
        if not self._lock.acquire(blocking=self._last is None):
            return  # another thread is reading, and what is known was true a second ago
        try:
            if self._last is None or time.monotonic() >= self._check_at:
                if not connection.in_atomic_block:
                    # Before any request: Django has not looked after the connection yet.
                    connection.close_if_unusable_or_obsolete()
                token = MissedRenewal.objects.values_list("token", flat=True).first()
                self._last, self._check_at = str(token or ""), time.monotonic() + CHECK_SECONDS
        except Error:
            logger.warning("La base ne répond pas.", exc_info=True)
            self._check_at = time.monotonic() + CHECK_SECONDS
        finally:
            self._lock.release()


class RedisBoard(Board):
    def __init__(self, url: str) -> None:
        self.link = Link(url)
        self.missed = Missed()
        self.prefix = f"enys:pages:{release()}"
        self.ask_script = self.link.client.register_script(ASK)
        self.give_script = self.link.client.register_script(GIVE)

    def generation(self) -> str:
        try:
            value = self.link.ask(_current)
        except Unreachable:
            self.missed.doubt()
            raise
        return f"{value}.{self.link.run}.{self.missed.last()}"

    def renew(self) -> None:
        try:
            self.link.ask(_renew, insist=True)
        except Unreachable:
            self._note_missed()

    def _note_missed(self) -> None:
        token = secrets.token_hex(8)
        self.missed.doubt()
        try:
            MissedRenewal.objects.update_or_create(pk=1, defaults={"token": token})
        except Error as error:
            raise OSError("ni Redis ni la base ne répondent") from error

    @contextmanager
    def turn(self, address: Address, generation: str) -> Iterator[Turn]:
        name, token = json.dumps(address), secrets.token_hex(8)
        keys = [f"{self.prefix}", f"{self.prefix}:known", f"{self.prefix}:turn:{generation}:{name}"]
        turn = Turn()
        with suppress(OSError):
            turn = self._wait(keys, [generation, name, token, int(LEASE_SECONDS * 1000)])
        try:
            yield turn
        finally:
            if turn.found is None and (turn.awaited or turn.made):
                with suppress(OSError):
                    self._give(keys, [generation, name, token], turn.made)

    def _wait(self, keys: list[str], arguments: list[Any]) -> Turn:
        """Until another process has made the page, or it is this one's turn, or it is too long."""
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            answer = self.link.ask(lambda _client: self.ask_script(keys, arguments))
            if isinstance(answer, bytes):
                kept = Kept.load(answer)
                return Turn(found=kept if kept and time.time() < kept.until else None, awaited=True)
            if answer != WAIT or time.monotonic() >= deadline:
                return Turn(awaited=answer != NEVER_KEPT)
            time.sleep(POLL_SECONDS)

    def _give(self, keys: list[str], arguments: list[Any], made: Kept | None) -> None:
        value = arguments[0].partition(".")[0]
        page = made.dump() if made else b""
        until = int(made.until * 1000) if made else 0
        rest: list[Any] = [page, until, MOST_PAGES, 2 * MOST_BYTES]
        self.link.ask(
            lambda _client: self.give_script([GENERATION, *keys], [value, *arguments, *rest])
        )


def _current(client: redis.Redis) -> str:
    value: Any = client.get(GENERATION)
    if value is None:
        client.set(GENERATION, secrets.token_hex(8), nx=True)
        value = client.get(GENERATION)
    if not value:
        raise redis.ResponseError("Redis ne garde pas ce qu’on lui donne.")
    return bytes(value).decode()


def _renew(client: redis.Redis) -> None:
    client.set(GENERATION, secrets.token_hex(8))
