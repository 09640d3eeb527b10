"""What is asked of PostgreSQL beyond Django's own settings, and how its absence is recognised."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    InterfaceError,
    OperationalError,
    connections,
)

#: Any number, the same for ever: who migrates holds it.
MIGRATION_LOCK = 7_304_219


def limit_waiting() -> None:
    """From now on, this process waits only so long: for the web server, before its first request.

    Commands (migrations, backups, timed work) are never limited. Through a pooler nothing is asked
    either: it refuses such options, and gives its connections to all (docs/installation.md).
    """
    database = connections.settings[DEFAULT_DB_ALIAS]
    if not database["ENGINE"].endswith("postgresql") or database["DISABLE_SERVER_SIDE_CURSORS"]:
        return
    limits = {
        "statement_timeout": settings.DATABASE_STATEMENT_SECONDS,
        "lock_timeout": settings.DATABASE_LOCK_SECONDS,
        "idle_in_transaction_session_timeout": settings.DATABASE_IDLE_SECONDS,
    }
    asked = " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items())
    former = database["OPTIONS"].get("options", "")
    database["OPTIONS"]["options"] = f"{former} {asked}".strip()


@contextmanager
def one_at_a_time(alias: str) -> Iterator[None]:
    """Wait for the machine that migrates to end, then have the others wait for us.

    The lock is one of a transaction, on a connection of its own: it holds through a pooler too, and
    ends with us whatever happens. SQLite is on one machine, and locks by itself.
    """
    if connections[alias].vendor != "postgresql":
        yield
        return
    guard = connections.create_connection(alias)
    try:
        guard.set_autocommit(False)
        with guard.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SET LOCAL lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MIGRATION_LOCK])
        yield
    finally:
        guard.rollback()
        guard.close()


def is_outage(error: BaseException | None) -> bool:
    """Whether the error comes from a database that does not answer, directly or underneath."""
    while error:
        # psycopg2 says nothing more precise when the connection breaks in the middle of an answer.
        if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
            return True
        error = error.__cause__ or error.__context__
    return False
