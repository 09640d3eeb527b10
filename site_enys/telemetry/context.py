"""What is being done at this moment, for whoever writes a line about it.

The request, the job or the e-mail that is worked on; each thread and each request has its own.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_NOTHING: Mapping[str, str] = {}

current: ContextVar[Mapping[str, str]] = ContextVar("current", default=_NOTHING)


@contextmanager
def speaking_of(**fields: str) -> Iterator[None]:
    """Lines written in the block say this too: `job`, `mail`, `request_id`…"""
    token = current.set({**current.get(), **fields})
    try:
        yield
    finally:
        current.reset(token)


def request_id() -> str:
    """The name of the request that is being answered; empty outside of one."""
    return current.get().get("request_id", "")
