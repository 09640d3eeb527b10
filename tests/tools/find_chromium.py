"""Print the path of a Chromium that starts on this machine, installing one if there is none.

Order: the CHROMIUM variable, the system's, Playwright's own, Debian's package (as root). What is
said on the way goes to stderr; without any Chromium, one line says what to install.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

SYSTEM_NAMES = (
    "chromium-headless-shell",  # the same engine without a window: half the work
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
IS_ROOT = os.geteuid() == 0


def candidates() -> Iterator[str | None]:
    """Where a Chromium may be; each step is tried only when the ones before have failed."""
    yield os.environ.get("CHROMIUM")
    yield from system()
    yield playwright_path()
    system_libraries = ["--with-deps"] if IS_ROOT else []
    attempt([sys.executable, "-m", "playwright", "install", *system_libraries, "chromium"])
    yield playwright_path()
    if IS_ROOT and shutil.which("apt-get"):
        attempt(["apt-get", "update", "-qq"])
        attempt(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"])
        yield from system()


def system() -> Iterator[str | None]:
    return (shutil.which(name) for name in SYSTEM_NAMES)


def playwright_path() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and rarely needed

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def attempt(command: list[str]) -> None:
    """Run an installer; its failure is only a reason to try the next way."""
    print(f"Installation de Chromium : {' '.join(command)}", file=sys.stderr)
    subprocess.run(command, stdout=sys.stderr, check=False)


def starts(path: str) -> bool:
    """Whether it really runs: a browser without its system libraries is only a file."""
    command = [path, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank"]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find() -> str:
    """The path of the first Chromium that starts; SystemExit with one line if there is none."""
    for path in candidates():
        if path and starts(path):
            return path
    sys.exit(
        "Chromium est introuvable : « apt install chromium » (ou la variable CHROMIUM), "
        "pour que les tests du navigateur tournent."
    )


if __name__ == "__main__":
    print(find())
