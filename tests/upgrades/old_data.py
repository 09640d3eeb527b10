"""The database of an older version, as it was, on either database of today.

SQLite opens the file itself. PostgreSQL is migrated to the very state of that file, then takes its
rows, each value read by the type of its column.
"""

import lzma
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tests.harness.databases import PostgresqlCopies, database_named
from tests.test_migration_locks import OURS

ARCHIVE = Path(__file__).with_name("first_release.sqlite3.xz")
#: Made anew by Django after the migrations, under other numbers.
OWN_TABLES = ("sqlite_", "django_migrations", "wagtailsearch_indexentry")


@contextmanager
def first_release(folder: Path) -> Iterator[dict[str, int]]:
    """The current database is that one while the block lasts; gives its counts by table."""
    file = folder / "first_release.sqlite3"
    file.write_bytes(lzma.decompress(ARCHIVE.read_bytes()))
    with closing(sqlite3.connect(file)) as old:
        counts = {table: count(old, table) for table in tables(old)}
        if connection.vendor == "sqlite":
            with database_named(file):
                yield counts
            return
        with empty_postgresql():
            migrate_to_the_state_of(old)
            with transaction.atomic(), connection.cursor() as cursor:
                for table in tables(old):
                    copy(old, table, cursor)
            yield counts


def tables(old: sqlite3.Connection) -> list[str]:
    found = old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return sorted(name for (name,) in found if not name.startswith(OWN_TABLES))


def count(old: sqlite3.Connection, table: str) -> int:
    return old.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608


@contextmanager
def empty_postgresql() -> Iterator[None]:
    copies = PostgresqlCopies()
    name = f"{copies.name}_first_release"
    copies.create(name, "template1")
    with database_named(name):
        yield
    copies.execute(f"DROP DATABASE {name} WITH (FORCE)")


class AsItWas(MigrationLoader):
    """Without the migrations of ours that came later, nor what stands today for several steps."""

    applied: set[tuple[str, str]]

    def load_disk(self) -> None:
        super().load_disk()
        for key in list(self.disk_migrations):
            if key[0] in OURS and key not in self.applied:
                del self.disk_migrations[key]


def migrate_to_the_state_of(old: sqlite3.Connection) -> None:
    AsItWas.applied = set(old.execute("SELECT app, name FROM django_migrations"))
    executor = MigrationExecutor(connection)
    executor.loader = AsItWas(connection)
    steps = executor.loader.graph.node_map
    known = {key for key in steps if key in AsItWas.applied}
    executor.migrate([key for key in known if not known & {c.key for c in steps[key].children}])


def copy(old: sqlite3.Connection, table: str, cursor) -> None:
    """Put the rows of the old database in the place of those that the migrations made."""
    cursor.execute(
        "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s",
        [table],
    )
    types = dict(cursor.fetchall())
    rows = old.execute(f'SELECT * FROM "{table}"')  # noqa: S608
    columns = [column[0] for column in rows.description]
    assert set(columns) == set(types), table
    cursor.execute("SET LOCAL session_replication_role = replica")
    cursor.execute("SET LOCAL TIME ZONE 'UTC'")
    cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(f"%s::{types[column]}" for column in columns)
    for row in rows:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({values})',  # noqa: S608
            [value if value is None or isinstance(value, bytes) else str(value) for value in row],
        )
    if "id" in types and types["id"].startswith("int"):
        sequence = f"pg_get_serial_sequence('\"{table}\"', 'id')"
        last = f'COALESCE(MAX(id), 1), MAX(id) IS NOT NULL) FROM "{table}"'
        cursor.execute(f"SELECT setval({sequence}, {last}")
