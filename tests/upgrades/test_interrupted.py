"""A migration killed on its way: nothing is half done, and running again goes on."""

import os
import signal
import subprocess
import sys
import time

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

import pytest

from tests.harness.databases import PostgresqlCopies, database_named

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def migrate(**variables):
    return subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "-v", "0"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "site_enys.settings.dev", **variables},
        stderr=subprocess.PIPE,
    )


def url(name):
    return os.environ["TEST_DATABASE_URL"].rpartition("/")[0] + f"/{name}"


def applied():
    try:
        return len(MigrationRecorder(connection).applied_migrations())
    finally:
        connection.close()


@pytest.fixture
def empty(tmp_path):
    """An empty database of today's vendor, and the variables that name it."""
    if connection.vendor == "sqlite":
        with database_named(tmp_path / "site.sqlite3"):
            yield {"DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
        return
    copies = PostgresqlCopies()
    name = f"{copies.name}_interrupted"
    copies.create(name, "template1")
    with database_named(name):
        yield {"DATA_DIR": str(tmp_path), "DATABASE_URL": url(name)}
    copies.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_migration_killed_twice_goes_on_to_the_end(empty):
    for so_many in (20, 120):
        process = migrate(**empty)
        while applied() < so_many and process.poll() is None:
            time.sleep(0.05)
        assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()

    last = migrate(**empty)
    _said, errors = last.communicate(timeout=240)

    assert last.returncode == 0, errors.decode()[-2000:]
    assert "home_homepage" in connection.introspection.table_names()
    connection.check_constraints()
