"""Room for the calls of a test, taken from the interpreter once.

Python keeps the frames of its calls in pieces of 16 KiB, and gives a piece back as soon as it is
empty. A request through our middlewares and templates goes some pieces deep, and a loop that stands
by chance at the edge of one asks the system for memory, then gives it back, at every call: a fifth
of the time of the longest tests. A frame that is said to need much gets a piece of its size, of
which all that is called under it takes the rest.
"""

from collections.abc import Callable
from types import FunctionType
from typing import TypeVar, cast

F = TypeVar("F", bound=Callable[..., object])

#: In words of eight bytes. The piece is the next power of two: as much again stays free.
ROOM = 2**17


def with_room(function: F) -> F:
    """The same function, under which calls find their room."""
    roomy = cast("FunctionType", function)
    roomy.__code__ = roomy.__code__.replace(co_stacksize=ROOM)
    return function
