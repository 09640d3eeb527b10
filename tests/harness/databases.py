"""A migrated database, built once and then copied.

Replaying the migrations of Django, Wagtail and ours takes about eight seconds, and they cannot be
left out: the page root, the groups and the full-text table come from them. So one template is
kept for each state of the migration files, every worker starts from a copy to which it adds the
pages that nearly every test needs, and a test that commits is followed by a fresh copy of that
instead of a flush, which would lose those rows.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

KEPT = 3  # templates of other branches and of other versions of Wagtail
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw")


def state_of_the_schema() -> str:
    """A name for what `migrate` would build now, drawn from all the files it would read."""
    total = hashlib.sha256(Path(settings.BASE_DIR, "site_enys/groups.py").read_bytes())
    for app in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            total.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    return total.hexdigest()[:16]


class SqliteCopies:
    """The template is a file; a copy goes through SQLite's own backup."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / f"{state_of_the_schema()}.sqlite3"

    def exists(self) -> bool:
        return self.template.exists()

    def build(self) -> None:
        by_age = sorted(self.folder.glob("*.sqlite3*"), key=lambda path: path.stat().st_mtime)
        for old in by_age[:-KEPT]:
            old.unlink()
        with database_named(self.template.with_suffix(".sqlite3-unfinished")) as path:
            call_command("migrate", verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode=DELETE")
        path.rename(self.template)

    def open(self) -> None:
        rename(settings.TEST_DATA_DIR / "tests.sqlite3")
        self.restore()

    def keep(self) -> None:
        connections.close_all()
        self.template = settings.TEST_DATA_DIR / "start.sqlite3"
        shutil.copy(connection.settings_dict["NAME"], self.template)

    def restore(self) -> None:
        connection.ensure_connection()
        source = sqlite3.connect(self.template)
        try:
            source.backup(connection.connection)
        finally:
            source.close()

    def close(self) -> None:
        connections.close_all()


class PostgresqlCopies:
    """The template is a database of the same server."""

    def __init__(self) -> None:
        self.template = f"enys_template_{state_of_the_schema()}"
        self.name = f"enys_tests_{WORKER}"

    def exists(self) -> bool:
        return bool(self.execute("SELECT 1 FROM pg_database WHERE datname = %s", self.template))

    def build(self) -> None:
        unfinished = f"{self.template}_unfinished"
        self.create(unfinished, "template1")
        with database_named(unfinished):
            call_command("migrate", verbosity=0)
        self.execute(f"ALTER DATABASE {unfinished} RENAME TO {self.template}")

    def open(self) -> None:
        self.create(self.name, self.template)
        rename(self.name)

    def keep(self) -> None:
        connections.close_all()
        self.template = f"{self.name}_start"
        self.create(self.template, self.name)

    def restore(self) -> None:
        connections.close_all()
        self.create(self.name, self.template)

    def close(self) -> None:
        connections.close_all()
        for name in (self.name, self.template):
            self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def create(self, name: str, template: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")

    def execute(self, sql: str, *parameters: str) -> list[tuple]:
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql, parameters or None)
            return cursor.fetchall() if cursor.description else []


def address() -> str:
    """The database of this test, as another process reads it from a variable."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    user, password, host = (quote(values[key], safe="") for key in ("USER", "PASSWORD", "HOST"))
    port = f":{values['PORT']}" if values["PORT"] else ""
    return f"postgres://{user}:{password}@{host}{port}/{values['NAME']}"


@contextmanager
def database_named(name: Path | str) -> Iterator[Path | str]:
    before = connection.settings_dict["NAME"]
    rename(name)
    try:
        yield name
    finally:
        rename(before)


def rename(name: Path | str) -> None:
    """Point every connection, those of threads to come included, to this database."""
    connections.close_all()
    # Another database may give the types of content other numbers.
    ContentType.objects.clear_cache()
    connection.settings_dict["NAME"] = name if isinstance(name, str) else str(name)


@contextmanager
def migrated_database(folder: Path, add_pages: Callable[[], None]) -> Iterator[None]:
    """Open a migrated database for this worker, and undo with a copy what a test commits."""
    copies = SqliteCopies(folder) if connection.vendor == "sqlite" else PostgresqlCopies()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other workers wait for the first one's template
        if not copies.exists():
            copies.build()
    copies.open()
    add_pages()
    copies.keep()
    # Django's own clean-up flushes every table, the rows that migrations made included.
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _case: copies.restore()
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush
        copies.close()
