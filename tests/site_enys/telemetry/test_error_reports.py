"""What SENTRY_DSN receives: read on a server of our own, from a site that really breaks."""

import gzip
import json
import os
import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from django.conf import settings

import pytest

from tests.site_enys.telemetry.somebody import EVERYTHING

Received = list[tuple[str, bytes]]


class Receiver(BaseHTTPRequestHandler):
    received: Received

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.received.append((self.path, body))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def broke(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Received]:
    """The name of the request that broke, and all that was received."""
    Receiver.received = []
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    Thread(target=server.serve_forever, daemon=True).start()
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "site_enys.settings.dev",
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "ALLOWED_HOSTS": "testserver",
        "SENTRY_DSN": f"http://cle@127.0.0.1:{server.server_port}/1",
        "RELEASE": "essai-1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.site_enys.telemetry.broken_site"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    server.shutdown()
    server.server_close()
    assert done.returncode == 0, done.stderr
    return done.stdout.strip(), Receiver.received


def events(received: Received) -> list[dict[str, Any]]:
    found = []
    for _path, body in received:
        lines = body.split(b"\n")
        for head, item in zip(lines[1::2], lines[2::2], strict=False):
            assert json.loads(head)["type"] == "event"  # neither session nor trace
            found.append(json.loads(item))
    return found


def test_the_error_of_a_request_says_where_and_under_which_name(broke):
    name, received = broke

    (error,) = [event for event in events(received) if "exception" in event]

    (value,) = error["exception"]["values"]
    assert value["type"] == "RuntimeError"
    assert value["value"].startswith("('échec pour")
    assert value["stacktrace"]["frames"][-1]["function"] == "broken"
    assert error["tags"] == {"request_id": name, "method": "POST"}
    assert error["request"]["url"].startswith("/casse/")
    assert (error["release"], error["environment"]) == ("essai-1", "essai")


def test_a_line_of_error_is_reported_with_its_task(broke):
    (line,) = [event for event in events(broke[1]) if "exception" not in event]

    assert line["logentry"]["message"].startswith("pas de réponse de ")
    assert line["tags"] == {"job": "essai"}


def test_nothing_of_anybody_leaves(broke):
    everything = b"\n".join(path.encode() + body for path, body in broke[1]).decode()
    decoded = everything + json.dumps(events(broke[1]), ensure_ascii=False)

    assert [secret for secret in EVERYTHING if secret in decoded] == []
    assert socket.gethostname() not in decoded
    for word in ("vars", "breadcrumbs", "cookies", "headers", "user", "server_name"):
        assert f'"{word}"' not in decoded


def test_without_an_address_the_library_is_not_loaded():
    assert settings.SENTRY_DSN == ""
    assert "site_enys.telemetry.error_reports" not in sys.modules
