"""PostgreSQL's patience with the web server, and migrations that wait for each other."""

import os
import subprocess
import sys
import threading
import time

from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import OperationalError, connection, connections

import pytest

from site_enys.database import MIGRATION_LOCK, limit_waiting, one_at_a_time
from tests.harness import databases

LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


@pytest.fixture
def database(monkeypatch):
    """The settings of the database, given back as they were."""
    values = connections.settings["default"]
    monkeypatch.setitem(values, "OPTIONS", dict(values["OPTIONS"]))
    return values


def shown(name: str) -> str:
    own = connections.create_connection("default")
    try:
        with own.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            return cursor.fetchone()[0]
    finally:
        own.close()


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_the_web_server_waits_only_so_long(database, settings):
    settings.DATABASE_STATEMENT_SECONDS = 3
    assert [shown(name) for name in LIMITS] == ["0", "0", "0"]

    limit_waiting()

    assert [shown(name) for name in LIMITS] == ["3s", "15s", "1min"]


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_a_statement_that_takes_too_long_is_cut(database, settings):
    database["OPTIONS"]["options"] = "-c statement_timeout=50ms"
    own = connections.create_connection("default")

    with pytest.raises(OperationalError, match="statement timeout"), own.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")

    own.close()


@pytest.mark.only_on("postgresql")
def test_through_a_pooler_nothing_is_asked(database, monkeypatch):
    monkeypatch.setitem(database, "DISABLE_SERVER_SIDE_CURSORS", value=True)

    limit_waiting()

    assert "options" not in database["OPTIONS"]


@pytest.mark.only_on("sqlite")
def test_sqlite_is_asked_nothing(database):
    former = dict(database["OPTIONS"])

    limit_waiting()

    assert database["OPTIONS"] == former


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_the_server_is_limited_and_commands_are_not():
    script = (
        "import {module}\n"
        "from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        "    cursor.execute('SHOW statement_timeout')\n"
        "    print(cursor.fetchone()[0])"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(django_settings.TEST_DATA_DIR),
        "DATABASE_URL": databases.address(),
        "DJANGO_SETTINGS_MODULE": "site_enys.settings.dev",
    }

    answers = [
        subprocess.run(
            [sys.executable, "-c", script.format(module=module)],
            cwd=django_settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for module in ("site_enys.wsgi", "django; django.setup()")
    ]

    assert answers == ["30s", "0"]


def held() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted",
            [MIGRATION_LOCK],
        )
        return cursor.fetchone()[0] == 1


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_two_machines_that_start_together_migrate_in_turn():
    order: list[str] = []

    def other_machine() -> None:
        order.append("asks")
        with one_at_a_time("default"):
            order.append("migrates")

    with one_at_a_time("default"):
        other = threading.Thread(target=other_machine)
        other.start()
        time.sleep(0.1)
        assert held()
        order.append("first ends")
    other.join(10)

    assert order == ["asks", "first ends", "migrates"]
    assert not held()


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_the_command_holds_the_lock_and_leaves_none(monkeypatch):
    seen = []
    monkeypatch.setattr(
        "django.core.management.commands.migrate.Command.handle",
        lambda *_args, **_options: seen.append(held()),
    )

    call_command("migrate", verbosity=0)

    assert seen == [True]
    assert not held()


@pytest.mark.django_db
def test_nothing_is_left_to_migrate(capsys):
    call_command("migrate", verbosity=1)

    assert "No migrations to apply" in capsys.readouterr().out
