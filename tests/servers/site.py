"""The site as production runs it: gunicorn and the worker, as processes of this machine."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

from django.conf import settings

READY_WITHIN = 60  # seconds; a process starts in two, but the machine may have other work
SECRET_KEY = "une-cle-longue-qui-ne-sert-qu-aux-essais-de-cette-machine-seule"
DIRECT = build_opener(ProxyHandler({}))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status_of(address: str) -> int:
    """The status of the answer, once it is read to its end; 0 when nobody answers."""
    try:
        with DIRECT.open(address, timeout=READY_WITHIN) as response:
            response.read()
            return int(response.status)
    except HTTPError as error:
        error.close()
        return error.code
    except (URLError, OSError):
        return 0


class Site:
    """The processes over one database and one folder; what they say goes to `log`."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "journal.log"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "site_enys.settings.production",
            "ENV_FILE": os.devnull,
            "SECRET_KEY": SECRET_KEY,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": self.address,
            "HTTPS_ONLY": "no",
            "DATA_DIR": str(folder),
            "FORM_MIN_SECONDS": "0",
            "FORM_HOURLY_LIMIT": "10000",
            **variables,
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, *command: str, **options: object) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                env=self.environment,
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **options,
            )
        self.running.append(process)
        return process

    def manage(self, *command: str) -> None:
        """Run a command of manage.py to its end; raises CalledProcessError when it fails."""
        process = self.start("manage.py", *command)
        code = process.wait(READY_WITHIN)
        if code:
            raise subprocess.CalledProcessError(code, command, self.said())

    def web(self, **options: object) -> subprocess.Popen[bytes]:
        """Two processes of gunicorn, ready to answer."""
        bind = f"127.0.0.1:{self.port}"
        configuration = ("-c", "deploy/gunicorn_conf.py", "--bind", bind)
        process = self.start("-m", "gunicorn", *configuration, "site_enys.wsgi", **options)
        wait_until(lambda: process.poll() is not None or self.health() == 200, self.said)
        assert process.poll() is None, self.said()
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        return self.start("manage.py", "worker", "--skip-checks")

    def health(self) -> int:
        """The status of /sante/; 0 when nobody answers."""
        return status_of(f"{self.address}/sante/")

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def failures(self) -> str:
        """The end of each trace in the journal, with how many times it is there."""
        traces = filter(None, map(trace_in, self.said().splitlines()))
        ends = Counter("\n".join(trace.splitlines()[-6:]) for trace in traces)
        return "\n".join(f"{times} fois :\n{end}" for end, times in ends.most_common())

    def stop(self) -> None:
        for process in self.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def trace_in(line: str) -> str:
    """The trace that a line of the journal holds; empty for what a killed process left unended."""
    with suppress(ValueError, TypeError):
        return json.loads(line).get("trace", "")
    return ""


@contextmanager
def running_site(folder: Path, **variables: str) -> Iterator[Site]:
    """A site that has its static files; every process it started is killed at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    site = Site(folder, **variables)
    try:
        site.manage("collectstatic", "--noinput", "--verbosity=0", "--skip-checks")
        yield site
    finally:
        site.stop()


def children(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that this one has started, as gunicorn its workers (Linux)."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(pid) for pid in listed.split()]


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def wait_until(condition, explain=lambda: "") -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not condition():
        assert time.monotonic() < deadline, f"trop long : {explain()}"
        time.sleep(0.05)
