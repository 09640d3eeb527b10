"""What a process that goes on for days does of the memory it no longer needs.

Nothing, with another C library than glibc.
"""

import ctypes

M_TRIM_THRESHOLD = -1  # <malloc.h>
UNUSED_BYTES = 128 * 1024  # what malloc keeps at first


def stay_small() -> None:
    """Have malloc keep as little as at first: it keeps more after each larger piece of work."""
    adjust = getattr(ctypes.CDLL(None), "mallopt", None)
    if adjust is not None:
        adjust(M_TRIM_THRESHOLD, UNUSED_BYTES)


def give_back() -> None:
    """Return to the machine what a large and rare piece of work has freed."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
