"""What the bench prints, kept in benchmarks/RESULTS.md with what it was measured on."""

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import TextIO

from django.db import connection
from django.utils import timezone

RESULTS = Path(__file__).with_name("RESULTS.md")
HEADING = """# Mesures

Écrites par `make bench`. Les rapports se comparent d'une machine à l'autre, les durées non.
"""


class Tee(StringIO):
    """Keeps what it lets through."""

    def __init__(self, shown: TextIO) -> None:
        super().__init__()
        self.shown = shown

    def write(self, text: str) -> int:
        self.shown.write(text)
        self.shown.flush()
        return super().write(text)


@contextmanager
def kept() -> Iterator[None]:
    """Everything printed in the block is shown, then replaces the last results."""
    load_before = os.getloadavg()[0]
    tee = Tee(sys.stdout)
    with redirect_stdout(tee):
        yield
    said = tee.getvalue().strip("\n")
    RESULTS.write_text(f"{HEADING}\n{machine(load_before)}\n\n```text\n{said}\n```\n")


def machine(load: float) -> str:
    """One line for each thing that a figure depends on."""
    day = timezone.localdate()
    database = f"{connection.vendor} {connection.Database.__dict__.get('sqlite_version', '')}"
    packages = ", ".join(f"{name} {version(name)}" for name in ("django", "wagtail", "gunicorn"))
    lines = {
        "Jour": f"{day:%d/%m/%Y}",
        "Processeur": f"{processor()}, {os.cpu_count()} cœurs, charge {load:.1f} au départ",
        "Mémoire": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} Gio",
        "Système": f"{platform.system()} {platform.release()}",
        "Python": f"{platform.python_version()}, {packages}, {database.strip()}",
    }
    return "\n".join(f"- {name} : {value}" for name, value in lines.items())


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
