"""What the machine says of the processes of the server (Linux)."""

import os
import resource
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def memory_of_the_server() -> int:
    """Bytes that this process and its like under the same parent hold; shared ones count twice."""
    with suppress(OSError, ValueError):
        return sum(map(_resident, _siblings()))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _siblings() -> list[int]:
    """The workers of gunicorn; outside of it, this process alone."""
    own, parent = os.getpid(), os.getppid()
    command = _command(own)
    children = PROC / str(parent) / "task" / str(parent) / "children"
    found = [own]
    with suppress(OSError):  # not every kernel says it
        others = map(int, children.read_text().split())
        found += [pid for pid in others if pid != own and _command(pid) == command]
    return found


def _command(pid: int) -> bytes:
    return (PROC / str(pid) / "cmdline").read_bytes()


def _resident(pid: int) -> int:
    pages = (PROC / str(pid) / "statm").read_text().split()[1]
    return int(pages) * resource.getpagesize()
