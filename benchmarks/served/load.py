"""What wrk counts: answers per second of one address, and how many were not the page."""

import re
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass

THREADS, CONNECTIONS, SECONDS = 2, 16, 2
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
FAULTS = re.compile(r"(?:Non-2xx or 3xx responses|Socket errors).*")


@dataclass(frozen=True)
class Load:
    """Several short runs of the same address, taken in turn with those it is compared with."""

    rates: tuple[float, ...]
    fault: str = ""

    @property
    def rate(self) -> float:
        """Answers per second: the median run."""
        return statistics.median(self.rates)


def needed() -> None:
    """Leave, naming what to install, when a program of the bench is missing."""
    programs = {"wrk": "wrk", "nginx": "nginx-light"}
    missing = [package for name, package in programs.items() if not shutil.which(name)]
    if missing:
        sys.exit(f"Il manque de quoi mesurer : apt install {' '.join(missing)}")


def compare(addresses: dict[str, str], *, turns: int = 3) -> dict[str, Load]:
    """Load each address in turn, `turns` times round, so that a slow moment is everybody's."""
    rates: dict[str, list[float]] = {name: [] for name in addresses}
    faults: dict[str, str] = {}
    for _ in range(turns):
        for name, address in addresses.items():
            rate, fault = run(address)
            rates[name].append(rate)
            faults[name] = fault or faults.get(name, "")
    return {name: Load(tuple(values), faults[name]) for name, values in rates.items()}


def run(address: str, *, seconds: int = SECONDS) -> tuple[float, str]:
    command = ["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    command += ["-H", "Accept-Encoding: gzip", address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate, fault = RATE.search(said), FAULTS.search(said)
    return float(rate[1]) if rate else 0.0, fault[0] if fault else ""
