"""The board: where the processes of the site tell each other that pages have changed.

It holds the generation, one name for all the pages: what was kept under another one is never shown
again. It also says whose turn it is to make a page. On one machine it is a small file and this
process; with `REDIS_URL`, it is Redis (`redis_board.py`), which also gives each process the pages
that the others have made. Nobody else knows which of them it is.
"""

import os
import secrets
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed

from .kept import MOST_PAGES, Address, Kept

WAIT_SECONDS = 5.0  # for a page that another one is making


@dataclass
class Turn:
    """Somebody's turn to make a page: `found` when it was made meanwhile, else `made` is set by
    whoever holds the turn to what she made, or left to None when it cannot be kept.

    `awaited`: others may be waiting, and need all of the page, whoever asked first.
    """

    found: Kept | None = None
    made: Kept | None = None
    awaited: bool = False


class Board(ABC):
    @abstractmethod
    def generation(self) -> str:
        """What the pages kept now were made from. Raises OSError when it cannot be known: no page
        is kept nor shown again then."""

    @abstractmethod
    def renew(self) -> None:
        """Make every kept page outdated, in every process. Raises OSError when it cannot."""

    @abstractmethod
    def turn(self, address: Address, generation: str) -> AbstractContextManager[Turn]:
        """Wait for one's turn to make a page that is known to be kept, `WAIT_SECONDS` at most.

        A page never kept before is made by all who ask: it may be somebody's own.
        """


class FileBoard(Board):
    """Replacing a file takes one system call, and so does seeing that it was replaced."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "pages.generation"
        self.makers: dict[Address, threading.Lock] = {}

    def generation(self) -> str:
        try:
            seen = self.path.stat()
        except FileNotFoundError:
            self.renew()
            seen = self.path.stat()
        return f"{seen.st_mtime_ns}.{seen.st_ino}"

    def renew(self) -> None:
        fresh = self.path.with_name(f"pages.{os.getpid()}.{secrets.token_hex(4)}")
        fresh.write_bytes(b"")
        fresh.replace(self.path)

    @contextmanager
    def turn(self, address: Address, generation: str) -> Iterator[Turn]:
        maker = self.makers.get(address)
        turn = Turn(awaited=maker is not None)
        alone = maker.acquire(timeout=WAIT_SECONDS) if maker else False
        try:
            yield turn
        finally:
            self._remember(address, known=bool(turn.made or turn.found))
            if maker and alone:
                maker.release()

    def _remember(self, address: Address, *, known: bool) -> None:
        if not known:
            self.makers.pop(address, None)
        elif len(self.makers) < 2 * MOST_PAGES or address in self.makers:
            self.makers.setdefault(address, threading.Lock())
        else:
            with suppress(KeyError, RuntimeError):
                self.makers.pop(next(iter(self.makers)))


@cache
def board() -> Board:
    """The board of this site."""
    if settings.REDIS_URL:
        from .redis_board import RedisBoard  # noqa: PLC0415 - a library that one machine does without

        return RedisBoard(settings.REDIS_URL)
    return FileBoard(settings.DATA_DIR)


def _choose_again(*, setting: str, **_others: Any) -> None:
    if setting in {"REDIS_URL", "DATA_DIR"}:
        board.cache_clear()


setting_changed.connect(_choose_again)
