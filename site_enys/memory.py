"""What every page reads and few people change: the site, its menu, its settings, its doors.

`kept` reads a thing once in a request, and keeps it in the memory of the process for as long as
the generation of the pages (`page_cache.board`) is the same: whoever writes what shows renews
it. A transaction reads for itself, since it may have written what nobody else sees yet; so does
what is no reading of a page, as a form that is sent, a job or a command.

What changes as time passes is for `kept_for_now`, or looks at the clock each time.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .page_cache.board import board
from .page_cache.instants import good_until

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Known = dict[Hashable, Any]

#: A bound on the memory, above what a site has; the rest is read each time.
MOST_THINGS = 1_000
READING = {"GET", "HEAD"}


class Lasting:
    """What this process knows, the generation that it was read in, and how long it may hold."""

    def __init__(self, generation: object) -> None:
        self.generation = generation
        self.known: Known = {}
        self.until: datetime | None = None

    def holds(self, generation: object, now: datetime) -> bool:
        return self.generation == generation and (self.until is None or now < self.until)


class Reading:
    """What one request has read, over what lasts, which is looked for at the first need."""

    def __init__(self) -> None:
        self.known: Known = {}
        self.lasting: Lasting | None = None

    def recall(self, name: Hashable) -> Any:
        """Raises KeyError for what has to be read."""
        if name not in self.known:
            self.known[name] = self.shared()[name]
        return self.known[name]

    def learn(self, name: Hashable, thing: Any) -> None:
        self.known[name] = thing
        shared = self.shared()
        if len(shared) < MOST_THINGS:
            shared[name] = thing

    def for_now(self) -> None:
        """What follows depends on the clock."""
        self.shared()
        if self.lasting and not self.lasting.until:
            self.lasting.until = good_until(timezone.now())

    def shared(self) -> Known:
        """What lasts. Found before anything is read: later changes are of the next generation."""
        if connection.in_atomic_block:
            return {}
        self.lasting = self.lasting or _of_this_generation()
        return self.lasting.known


class Passing(Reading):
    """Outside of any reading: nothing is known, and nothing stays."""

    def shared(self) -> Known:
        return {}


_lasting = Lasting(None)
_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading() -> Iterator[Reading]:
    """While it lasts nothing is asked for twice; inside another one, that one goes on."""
    if current := _reading.get():
        yield current
        return
    token = _reading.set(started := Reading())
    try:
        yield started
    finally:
        _reading.reset(token)


def remembered_while_reading(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a request that changes nothing is one reading."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with reading() if request.method in READING else nullcontext():
            return get_response(request)

    return middleware


def kept(name: str, read: Callable[[], T], *which: Hashable) -> T:
    """What `read` gives, under this name and `which` one it is; threads share it: do not write."""
    # None, left out there, is what was read.
    return cast("T", kept_each(name, [which], lambda _: {which: read()}).get(which))


def kept_for_now(name: str, read: Callable[[], T], *which: Hashable) -> T:
    """`kept`, for what changes with time, until the next instant when some page does by itself."""
    if current := _reading.get():
        current.for_now()
    return kept(name, read, *which)


def kept_each(name: str, keys: Iterable[K], read: Callable[[list[K]], Mapping[K, T]]) -> dict[K, T]:
    """The same for several things of one name: `read` gives those that are not known yet.

    What does not exist is left out, and is not asked for again.
    """
    current = _reading.get() or Passing()
    found: dict[K, Any] = {}
    unknown: list[K] = []
    for key in dict.fromkeys(keys):
        try:
            found[key] = current.recall((name, key))
        except KeyError:
            unknown.append(key)
    if unknown:
        there = read(unknown)
        for key in unknown:
            found[key] = there.get(key)
            current.learn((name, key), found[key])
    return {key: thing for key, thing in found.items() if thing is not None}


def forget() -> None:
    """Read everything again."""
    global _lasting  # noqa: PLW0603 - one for the process, replaced whole: threads see old or new
    _lasting = Lasting(None)


def _of_this_generation() -> Lasting:
    """What lasts now; nothing when the generation cannot be known."""
    global _lasting  # noqa: PLW0603 - as above
    try:
        current = board().generation()
    except OSError:
        return Lasting(None)
    if not _lasting.holds(current, timezone.now()):
        _lasting = Lasting(current)
    return _lasting
