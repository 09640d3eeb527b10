"""A few processes that live and die together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import Self

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE = 8  # seconds left to a process that was asked to stop
MINUTE = 60  # seconds
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Stopped(KeyboardInterrupt):
    """Somebody asked to stop: Ctrl-C, a signal, or the end of the process that started us."""


def die_with_parent() -> None:
    """Run in the child: the kernel stops it when we are killed without a chance to do so."""
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Group:
    """Processes started here; all are stopped when the block is left, for whatever reason."""

    def __init__(self) -> None:
        self.parent = os.getppid()
        self.lasting: dict[str, subprocess.Popen[bytes]] = {}
        self.passing: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        handlers = {number: signal.signal(number, signal.SIG_IGN) for number in STOPPING}
        processes = [*self.lasting.values(), *([self.passing] if self.passing else [])]
        for process in processes:
            send(process, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0, deadline - time.monotonic()))
            send(process, signal.SIGKILL)
            process.wait()
        for number, handler in handlers.items():
            signal.signal(number, handler)

    def start(self, name: str, command: list[str]) -> None:
        self.lasting[name] = spawn(command)

    def check(self) -> None:
        """Leave when a process has died, or when nobody waits for us any more.

        Raises Stopped in the second case, SystemExit with the name of the process in the first.
        """
        if os.getppid() != self.parent:
            raise Stopped
        for name, process in self.lasting.items():
            if process.poll() is not None:
                sys.exit(f"Arrêt : {name} s'est terminé (code {process.returncode}).")

    def watch(self, *, every_minute: list[str]) -> None:
        """Check twice a second and run one short command each minute, until something stops."""
        due = time.monotonic()
        while True:
            self.check()
            idle = self.passing is None or self.passing.poll() is not None
            if idle and time.monotonic() >= due:
                self.passing = spawn(every_minute)
                due = time.monotonic() + MINUTE
            time.sleep(0.5)


def spawn(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches us alone, and we stop the others in order.
    # There are no threads here, which is what makes preexec_fn safe.
    return subprocess.Popen(command, start_new_session=True, preexec_fn=die_with_parent)  # noqa: PLW1509


def send(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal the process and everything it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
