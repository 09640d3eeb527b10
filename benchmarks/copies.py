"""A place where what is measured may be written, and is forgotten afterwards."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, connections, transaction


@contextmanager
def on_a_copy() -> Iterator[Path]:
    """Everything in the block happens in a copy of the database, whose path is given."""
    default = connections.databases["default"]
    kept = default["NAME"]
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copie.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)
        connections.close_all()
        default["NAME"] = copy
        try:
            yield copy
        finally:
            connections.close_all()
            default["NAME"] = kept


@contextmanager
def forgotten() -> Iterator[None]:
    """What is written in the block is not kept.

    On SQLite pages are read as by visitors. Elsewhere all happens in one transaction, where
    nothing is remembered from one page to the next (`site_enys.memory`): they cost a little more.
    """
    if connection.vendor == "sqlite":
        with on_a_copy():
            yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
