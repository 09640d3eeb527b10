"""Django's own cache, in the memory of each process, forgotten by all of them with the pages.

Wagtail keeps there the addresses of the site, for an hour, and the renditions of pictures; each
process would go on with its own after another one has changed them. Here the name of an entry
holds the generation: a write that shows forgets them everywhere, at once, and no deletion can be
lost. None of it is in Redis, which would give models to unpickle, that is programs to run, and save
no more than a query.
"""

import secrets
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

from .board import board

MISSING = object()
MOST_ASKED = 100


class CoherentCache(LocMemCache):
    """What was looked for under a generation is kept under that one, even if it has changed since.

    Django makes one such object for each thread.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._generation: str | None = None
        self._looked_for: dict[str, str] = {}

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        self._generation = generation = _generation()
        found = super().get(key, MISSING, version)
        if found is not MISSING:
            return found
        if len(self._looked_for) >= MOST_ASKED:
            self._looked_for.clear()
        self._looked_for[key] = generation
        return default

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._generation = self._looked_for.pop(key, None)
        super().set(key, value, timeout, version)

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        self._generation = self._looked_for.pop(key, None)
        return super().add(key, value, timeout, version)

    def make_key(self, key: Any, version: int | None = None) -> str:
        generation, self._generation = self._generation or _generation(), None
        return f"{generation}:{super().make_key(key, version)}"


def _generation() -> str:
    try:
        return board().generation()
    except OSError:
        return secrets.token_hex(8)  # a name under which nothing was ever kept
