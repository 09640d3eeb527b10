"""gunicorn and nginx over a copy of the tests' database, started once for the whole folder."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from django.conf import settings

import pytest

from tests.harness import databases
from tests.servers.site import free_port

ROOT = Path(settings.BASE_DIR)
HERE = Path(__file__).parent
# What nginx.conf of Debian 12 says before it reads ours.
OF_DEBIAN = "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;\nssl_prefer_server_ciphers on;"
NAME = "www.enys-conseil.example"
PATIENCE = 60  # seconds
GUNICORN = [sys.executable, *["-m", "gunicorn", "-c", "deploy/gunicorn_conf.py", "site_enys.wsgi"]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("processes")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class House:
    """The site behind its proxy; `folder` holds its data, its journals and the proxy's cache."""

    folder: Path
    http: int
    https: int
    upstream: int
    environment: dict[str, str]
    gunicorn: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start gunicorn as its unit does, and wait until it answers."""
        self.gunicorn = subprocess.Popen(
            [*GUNICORN, "--bind", f"127.0.0.1:{self.upstream}", "--workers", "1"],
            cwd=ROOT,
            env=self.environment,
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.gunicorn.poll() is None, "gunicorn s’est arrêté"
            with suppress(OSError):
                if self.ask("/sante/").status == 200:
                    return
            time.sleep(0.1)
        pytest.fail((self.folder / "log/main.log").read_text() or "le site ne répond pas")

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        """Ask over TLS, by the name of the site."""
        trusted = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        raw = socket.create_connection(("127.0.0.1", self.https), timeout=PATIENCE)
        connection = HTTPSConnection(NAME, context=trusted)
        connection.sock = trusted.wrap_socket(raw, server_hostname=NAME)
        return self._answer(connection, path, method, body, headers)

    def ask_in_clear(self, path: str, name: str = NAME) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.http, timeout=PATIENCE)
        return self._answer(connection, path, "GET", None, {"Host": name})

    def ask_gunicorn(self, path: str, **headers: str) -> Answer:
        """Ask the site itself, as nginx would."""
        connection = HTTPConnection("127.0.0.1", self.upstream, timeout=PATIENCE)
        known = {"Host": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        return self._answer(connection, path, "GET", None, known | headers)

    @staticmethod
    def _answer(connection: HTTPConnection, path, method, body, headers) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(connection):
            connection.request(method, path, body=body, headers=named)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())

    def journal(self) -> list[str]:
        """The lines of the proxy's journal of visits."""
        return (self.folder / "log/enys.log").read_text().splitlines()


@pytest.fixture(scope="session")
def house(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[House]:
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not nginx or not shutil.which("openssl"):
        pytest.fail("nginx ou openssl est introuvable : apt install nginx-light openssl")
    folder = tmp_path_factory.mktemp("house")
    with django_db_blocker.unblock():
        database = databases.address()
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "site_enys.settings.production",
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(folder / "var"),
        "DATABASE_URL": database,
        "SECRET_KEY": "une-cle-longue-et-impossible-a-deviner-0123456789-abcdef",
        "ALLOWED_HOSTS": NAME,
        "SITE_URL": f"https://{NAME}",
        "PROXY_COUNT": "1",
    }
    ports = [free_port() for _each in range(3)]
    with ExitStack() as stack:
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
        collecting = subprocess.Popen(collect, cwd=ROOT, env=environment)
        certify(folder)
        configure(folder, *ports)
        assert collecting.wait(PATIENCE) == 0
        house = House(folder, *ports, environment)
        stack.callback(lambda: stop(house.gunicorn))
        proxy = subprocess.Popen([nginx, "-p", folder, "-c", folder / "nginx.conf"])
        stack.callback(stop, proxy)  # first: gunicorn waits for whoever holds a connection
        house.start()
        yield house


def certify(folder: Path) -> None:
    """A certificate that only this run trusts."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def configure(folder: Path, http: int, https: int, upstream: int) -> None:
    """Our own files of nginx, with the ports and the paths of this run."""
    for name in ("log", "cache", "temporary"):
        (folder / name).mkdir()
    shutil.copytree(ROOT / "deploy/nginx", folder / "enys")
    for path in (folder / "enys").glob("*.conf"):
        text = path.read_text()
        for there, here in {
            f"/etc/letsencrypt/live/{NAME}": str(folder),
            "/etc/nginx/enys": str(folder / "enys"),
            "/srv/enys/var": str(folder / "var"),
            "/var/cache/nginx/enys": str(folder / "cache"),
            "/var/log/nginx": str(folder / "log"),
            "127.0.0.1:8000": f"127.0.0.1:{upstream}",
            "listen 80": f"listen 127.0.0.1:{http}",
            "listen 443": f"listen 127.0.0.1:{https}",
            "listen [::]": "# listen [::]",
        }.items():
            text = text.replace(there, here)
        path.write_text(text)
    own = "user root;\n" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{kind}_temp_path {folder}/temporary/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    types = next(path for path in Path("/etc/nginx").glob("mime.types"))
    (folder / "nginx.conf").write_text(
        f"{own}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\n"
        f"error_log {folder}/log/main.log;\nevents {{}}\n"
        f"http {{\ninclude {types};\n{temporary}\n{OF_DEBIAN}\ninclude enys/enys.conf;\n}}\n"
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    process.kill()
    process.wait()
