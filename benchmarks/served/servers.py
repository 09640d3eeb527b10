"""The servers that are measured: the site with and without kept pages, the floor, the proxy."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request

from deploy.local import ROOT
from tests.servers.site import DIRECT, READY_WITHIN, free_port

GUNICORN = (sys.executable, "-m", "gunicorn", "-c", str(ROOT / "deploy/gunicorn_conf.py"))
NGINX = """
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    sendfile on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/cache keys_zone=pages:10m use_temp_path=off;
    upstream site {{ server 127.0.0.1:{site}; keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        location /fichiers/ {{
            alias {pages}/;
            default_type "text/html; charset=utf-8";
            add_header Content-Encoding gzip;
        }}
        location / {{
            proxy_pass http://site;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host 127.0.0.1;
            proxy_cache pages;
            proxy_cache_lock on;
            proxy_cache_use_stale error timeout;
        }}
    }}
}}
"""


@dataclass(frozen=True)
class Server:
    """What is measured of a gunicorn: where it answers, how long it took to, its processes."""

    address: str
    start_seconds: float
    process: subprocess.Popen[bytes]

    def memory_mb(self) -> list[float]:
        """Proportional memory of each process that answers: shared pages counted once."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [proportional_mb(int(pid)) for pid in listed.split()]


def proportional_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


@contextmanager
def gunicorn(application: str, *, ready: str, port: int = 0, **variables: str) -> Iterator[Server]:
    """The application under the site's own configuration of gunicorn."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "--log-level", "warning", application]
    begun = time.perf_counter()
    with started(command, os.environ | variables) as process:
        wait_for(address + ready)
        yield Server(address, time.perf_counter() - begun, process)


@contextmanager
def nginx(folder: Path, pages: Path, site: Server) -> Iterator[str]:
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(
        NGINX.format(folder=folder, pages=pages, port=port, site=site.address.rsplit(":")[-1])
    )
    command = ["nginx", "-c", str(configuration), "-e", f"{folder}/error.log", "-g", "daemon off;"]
    with started(command, os.environ):
        wait_for(f"http://127.0.0.1:{port}/robots.txt")
        yield f"http://127.0.0.1:{port}"


@contextmanager
def started(command: list[str], variables: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    # Their logs are part of what they cost, but nobody reads them here.
    with (
        subprocess.Popen(
            command, env=variables, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process,
        ExitStack() as stack,
    ):
        stack.callback(process.terminate)
        yield process


def wait_for(address: str) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            fetch(address)
        except URLError:
            time.sleep(0.02)
        else:
            return
    sys.exit(f"{address} ne répond pas après {READY_WITHIN} s.")


def fetch(address: str) -> bytes:
    """The body, compressed as the site sends it."""
    with ask(address) as response:
        return response.read()


def may_be_kept(address: str) -> bool:
    """Whether the answer is everybody's: one that asks a question or holds a form is not."""
    with ask(address) as response:
        return "?" not in address and "private" not in response.headers.get("Cache-Control", "")


def ask(address: str) -> HTTPResponse:
    asked = Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - our own address
    return DIRECT.open(asked, timeout=READY_WITHIN)
