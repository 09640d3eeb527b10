"""The dump of each database, and putting it back: all of it or nothing.

SQLite gives a compact copy of one instant (`VACUUM INTO`) while others write, and a restore swaps
the file. PostgreSQL gives the custom format of `pg_dump` under one exported snapshot, and a restore
is one transaction of `pg_restore`, what was there before being set aside until it has succeeded.
"""

import re
import shutil
import sqlite3
import subprocess
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from django.db import connection, connections
from django.db.backends.sqlite3._functions import register

from site_enys.settings.env import for_child

from .disk import new_private_file
from .failures import ArchiveDamaged, BackupRefused
from .manifest import Manifest, Migration

BLOCK = 2**20
GZIP = 31  # what zlib calls a gzip envelope
STILL_USED = (
    "La base est encore ouverte par un autre processus\u00a0: arrêtez le serveur, l’envoi du "
    "courrier et le travail programmé, puis recommencez."
)
#: Where what was there before waits until the restore has succeeded.
ASIDE = "avant_restauration"


@dataclass(frozen=True)
class Snapshot:
    """The database at one instant: its dump to read, and what that dump holds."""

    blocks: Iterable[bytes]
    rows: dict[str, int]
    migrations: list[Migration]


class Database(Protocol):
    """What a vendor must know to do."""

    vendor: str

    def server(self) -> int:
        """The version that a restore needs at least."""
        ...

    def snapshot(self, scratch: Path) -> Any:
        """A context manager that gives the Snapshot. `scratch` is a private folder."""
        ...

    def tables(self) -> list[str]:
        """What is there now; empty in a new place."""
        ...

    def refuse_if_used(self) -> None:
        """Raises BackupRefused while another process has it open."""
        ...

    def loading(self, manifest: Manifest) -> Any:
        """A context manager that gives `write(block)`; the end of the block makes it whole."""
        ...


def database() -> "Database":
    """The one that the settings name."""
    return Sqlite() if connection.vendor == "sqlite" else Postgresql()


def counted(execute: Callable[[str], Any], tables: Iterable[str]) -> dict[str, int]:
    return {
        table: execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - from the catalogue
        for table in sorted(tables)
    }


def compare_rows(expected: dict[str, int], found: dict[str, int]) -> None:
    """Raises ArchiveDamaged, naming the first table that differs."""
    for table in sorted(expected.keys() | found.keys()):
        if expected.get(table) != found.get(table):
            raise ArchiveDamaged(
                f"La base relue ne compte pas ce que l’archive annonce\u00a0: {table}, "
                f"{found.get(table)} au lieu de {expected.get(table)}. Rien n’a été remplacé."
            )


# -- SQLite -------------------------------------------------------------------------------------

SQLITE_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


class Sqlite:
    vendor = "sqlite"

    def server(self) -> int:
        return sqlite3.sqlite_version_info[0]

    @contextmanager
    def snapshot(self, scratch: Path) -> Iterator[Snapshot]:
        copy = scratch / "instantane.sqlite3"
        copy.touch(mode=0o600)
        try:
            with _opened(_path(), timeout=60) as source:
                source.execute("VACUUM INTO ?1", [str(copy)])
            with _opened(copy) as base:
                _check_whole(base)
                rows = counted(base.execute, _sqlite_tables(base))
                applied = base.execute("SELECT app, name FROM django_migrations").fetchall()
        except sqlite3.Error as error:
            raise BackupRefused(
                f"Impossible de copier la base\u00a0: {_said(error)}. Rien n’a été laissé à moitié."
            ) from error
        yield Snapshot(_gzipped(copy), rows, applied)

    def tables(self) -> list[str]:
        if not _path().exists():
            return []
        with _opened(_path()) as here:
            try:
                return _sqlite_tables(here)
            except sqlite3.DatabaseError:  # damaged: not a new place either
                return [_path().name]

    def refuse_if_used(self) -> None:
        if not _path().exists():
            return
        connections.close_all()
        with _opened(_path(), timeout=0) as here:
            try:
                # Leaving the WAL asks for a base that nobody else has open.
                here.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.OperationalError as error:
                raise BackupRefused(STILL_USED) from error
            except sqlite3.DatabaseError:  # damaged: nobody can be using it
                pass

    @contextmanager
    def loading(self, manifest: Manifest) -> Iterator[Callable[[bytes], object]]:
        fresh = _path().with_name(f"{_path().name}.restauration")
        plain = zlib.decompressobj(GZIP)
        try:
            fresh.unlink(missing_ok=True)
            with new_private_file(fresh) as file:
                yield lambda block: file.write(plain.decompress(block))
                file.write(plain.flush())
            with _opened(fresh) as base:
                _check_whole(base)
                compare_rows(manifest.rows, counted(base.execute, _sqlite_tables(base)))
            self.refuse_if_used()
            for left in (
                "-wal",
                "-shm",
            ):  # of the former file: SQLite would read them into this one
                _path().with_name(_path().name + left).unlink(missing_ok=True)
            fresh.replace(_path())
        except (zlib.error, sqlite3.DatabaseError) as error:
            raise ArchiveDamaged("La base de l’archive est abîmée.") from error
        finally:
            fresh.unlink(missing_ok=True)


def _path() -> Path:
    return Path(connection.settings_dict["NAME"])


@contextmanager
def _opened(path: Path, *, timeout: float = 5) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=timeout)) as base:
        register(base)  # constraints of ours call functions that Django brings
        yield base


def _sqlite_tables(base: sqlite3.Connection) -> list[str]:
    return [name for (name,) in base.execute(SQLITE_TABLES)]


def _check_whole(base: sqlite3.Connection) -> None:
    if base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise BackupRefused("SQLite trouve la base abîmée (PRAGMA quick_check).")


def _said(error: sqlite3.Error) -> str:
    full = "is full" in str(error)
    return "il n’y a plus de place sur le disque" if full else str(error)


def _gzipped(copy: Path) -> Iterator[bytes]:
    """The copy, compressed; deleted when it has been read, to give its room back to the archive."""
    packed = zlib.compressobj(6, wbits=GZIP)
    with copy.open("rb") as file:
        while block := file.read(BLOCK):
            yield packed.compress(block)
    yield packed.flush()
    copy.unlink()


# -- PostgreSQL ---------------------------------------------------------------------------------

POSTGRESQL_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
DEBIAN = Path("/usr/lib/postgresql")


class Postgresql:
    vendor = "postgresql"

    def server(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            return int(cursor.fetchone()[0]) // 10_000

    @contextmanager
    def snapshot(self, scratch: Path) -> Iterator[Snapshot]:
        command = tool("pg_dump", self.server())
        own = connection.copy()
        try:
            with own.cursor() as cursor:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                tables = _column(cursor, POSTGRESQL_TABLES)
                rows = counted(_executing(cursor), tables)
                cursor.execute("SELECT app, name FROM django_migrations")
                applied = [(app, name) for app, name in cursor.fetchall()]
                shared = _column(cursor, "SELECT pg_export_snapshot()")[0]
                arguments = ("--format=custom", f"--snapshot={shared}", "--no-owner")
                yield Snapshot(_dumped([command, *arguments, "--no-privileges"]), rows, applied)
        finally:
            own.close()

    def tables(self) -> list[str]:
        with connection.cursor() as cursor:
            return _column(cursor, POSTGRESQL_TABLES)

    def refuse_if_used(self) -> None:
        with connection.cursor() as cursor:
            others = _column(
                cursor,
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
            )
        if others:
            raise BackupRefused(STILL_USED)

    @contextmanager
    def loading(self, manifest: Manifest) -> Iterator[Callable[[bytes], object]]:
        command = tool("pg_restore", max(self.server(), manifest.server))
        arguments = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        self.refuse_if_used()
        with _set_aside():
            with _piped([command, *arguments, "--dbname", _name()]) as process:
                yield process.write
            with connection.cursor() as cursor:
                tables = _column(cursor, POSTGRESQL_TABLES)
                compare_rows(manifest.rows, counted(_executing(cursor), tables))


def tool(name: str, at_least: int) -> str:
    """The path of this program of PostgreSQL, in the oldest version that will do.

    Raises BackupRefused, naming the package to install.
    """
    found: dict[int, str] = {}
    for path in (shutil.which(name), *sorted(DEBIAN.glob(f"*/bin/{name}"))):
        if path and (version := _version(path)):
            found.setdefault(version, str(path))
    for version in sorted(found):
        if version >= at_least:
            return found[version]
    here = f"en version {max(found)} seulement" if found else "absent de cette machine"
    raise BackupRefused(
        f"{name} est {here}, et le serveur PostgreSQL est en version {at_least}\u00a0: "
        f"installez postgresql-client-{at_least}."
    )


def _version(path: str | Path) -> int | None:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    number = re.search(r"\) (\d+)", said.stdout)
    return int(number[1]) if number else None


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _environment() -> dict[str, str]:
    """Where the server is, and its password: never in the list of processes."""
    settings = connection.settings_dict
    _command, secret = connection.client.settings_to_cmd_args_env(settings, [])
    asked = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    place = {ours: str(settings[theirs]) for ours, theirs in asked.items() if settings[theirs]}
    return for_child(place | (secret or {}))


def _executing(cursor: Any) -> Callable[[str], Any]:
    def execute(sql: str) -> Any:
        cursor.execute(sql)
        return cursor

    return execute


def _column(cursor: Any, sql: str) -> list[Any]:
    cursor.execute(sql)
    return [value for (value,) in cursor.fetchall()]


def _dumped(command: list[str]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - our own words
            command, env=_environment(), stdout=subprocess.PIPE, stderr=errors
        )
        with process:
            assert process.stdout  # noqa: S101 - a pipe was asked for
            while block := process.stdout.read(BLOCK):
                yield block
        _check_ended(process, errors, "pg_dump")


class _Piped:
    """The standard input of a program that may already have given up."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe

    def write(self, block: bytes) -> None:
        try:
            self._pipe.write(block)
        except BrokenPipeError as error:
            raise BackupRefused("pg_restore s’est arrêté avant la fin.") from error


@contextmanager
def _piped(command: list[str]) -> Iterator[_Piped]:
    """Its standard input. Whatever goes wrong, it is stopped before its transaction commits."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - our own words
            command, env=_environment(), stdin=subprocess.PIPE, stdout=errors, stderr=errors
        )
        assert process.stdin  # noqa: S101 - a pipe was asked for
        try:
            yield _Piped(process.stdin)
        except BaseException as error:
            process.kill()
            process.communicate()
            if isinstance(error, BackupRefused):
                _check_ended(process, errors, "pg_restore", killed=True)
            raise
        process.communicate()
        _check_ended(process, errors, "pg_restore")


def _check_ended(
    process: "subprocess.Popen[bytes]", errors: IO[bytes], name: str, *, killed: bool = False
) -> None:
    errors.seek(0)
    said = errors.read(2000).decode(errors="replace").strip()
    if (killed and said) or (not killed and process.returncode):
        raise BackupRefused(f"{name} a échoué\u00a0: {said or process.returncode}")


@contextmanager
def _set_aside() -> Iterator[None]:
    """An empty schema for what comes; what was there is dropped once it is whole, else put back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        cursor.execute(f'ALTER SCHEMA "{schema}" RENAME TO "{ASIDE}"; CREATE SCHEMA "{schema}"')
    try:
        yield
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute(
                f'DROP SCHEMA "{schema}" CASCADE; ALTER SCHEMA "{ASIDE}" RENAME TO "{schema}"'
            )
        raise
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA "{ASIDE}" CASCADE')
