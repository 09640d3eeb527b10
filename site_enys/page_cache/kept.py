"""A page that was made, and the shelf on which a process keeps those of one generation."""

import json
import math
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple, Self

MOST_PAGES = 1_000
MOST_BYTES = 32 * 1024 * 1024  # of all the pages that a process keeps
LARGEST_PAGE = 512 * 1024  # bytes
LEFT_OF_A_304 = frozenset(
    {"Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Last-Modified", "Vary"}
)


class Address(NamedTuple):
    """Under which name an answer is kept: all that it depends on."""

    scheme: str
    host: str
    path: str
    query: str
    zipped: bool


@dataclass(frozen=True)
class Kept:
    """An answer 200, good until an instant (seconds since 1970): then it changes by itself."""

    body: bytes
    headers: dict[str, str]
    until: float

    @cached_property
    def size(self) -> int:
        """Bytes, near enough: Python's own objects are not counted."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers.items())

    @cached_property
    def plain(self) -> list[tuple[str, str]]:
        return list(self.headers.items())

    @cached_property
    def not_modified(self) -> list[tuple[str, str]]:
        """What Django leaves of the headers in an answer 304."""
        return [(name, value) for name, value in self.headers.items() if name in LEFT_OF_A_304]

    def dump(self) -> bytes:
        """What another process reads with `load`: one line of JSON, then the body as it is."""
        head = json.dumps({"headers": self.headers, "until": self.until})
        return head.encode() + b"\n" + self.body

    @classmethod
    def load(cls, dumped: bytes) -> Self | None:
        """The page, or None for what no `dump` has written."""
        head, _, body = dumped.partition(b"\n")
        try:
            told = json.loads(head)
            headers = {str(name): str(value) for name, value in told["headers"].items()}
            return cls(body, headers, float(told["until"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


class Shelf:
    """The pages of one generation: so many, and so many bytes; the first ones kept leave first.

    Who began to make a page under a generation puts it on that shelf, which nobody looks at any
    more once the generation has changed.
    """

    def __init__(self, generation: str | None) -> None:
        self.generation = generation
        self.until = math.inf
        self.pages: OrderedDict[Address, Kept] = OrderedDict()
        self.size = 0
        self._lock = threading.Lock()

    def put(self, address: Address, kept: Kept) -> None:
        with self._lock:
            self._take(address)
            self.pages[address] = kept
            self.size += kept.size
            self.until = min(self.until, kept.until)
            while len(self.pages) > MOST_PAGES or self.size > MOST_BYTES:
                self._take(next(iter(self.pages)))

    def _take(self, address: Address) -> None:
        gone = self.pages.pop(address, None)
        self.size -= gone.size if gone else 0


class Memory:
    """What this process keeps: one shelf, replaced when the generation or the day changes."""

    def __init__(self) -> None:
        self._shelf = Shelf(None)

    def shelf(self, generation: str, now: float) -> Shelf:
        """The shelf of this generation, empty when what was on it is not good at `now` (seconds
        since 1970)."""
        shelf = self._shelf
        if shelf.generation != generation or now >= shelf.until:
            shelf = self._shelf = Shelf(generation)
        return shelf

    def forget(self) -> None:
        self._shelf = Shelf(None)


@cache
def memory() -> Memory:
    """The one of this process."""
    return Memory()
