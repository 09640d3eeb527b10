"""Real processes, killed and cut while people use the site: `make test-processes`.

Each test begins work, breaks something in the middle of it, then counts: nothing lost, nothing
doubled, and an answer that says what happens.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, connections

import pytest

from tests.tools import with_postgres

HERE = Path(__file__).parent

pytest.register_assert_rewrite("tests.faults.crowd")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.processes)


@pytest.fixture
def own_server(transactional_db: None) -> Iterator[with_postgres.Server]:
    """A PostgreSQL that the test may cut, with the standing pages: the others keep theirs."""
    values, before = connection.settings_dict, dict(connection.settings_dict)
    with with_postgres.server() as server:
        copy(server)
        connections.close_all()
        values["HOST"], values["NAME"] = str(server.home), "postgres"
        yield server
        connections.close_all()
        values.update(before)


def copy(server: with_postgres.Server) -> None:
    source = connection.settings_dict
    here = ["--host", source["HOST"], "--username", source["USER"]]
    there = ["--host", server.home, "--username", "postgres", "--quiet", "--dbname", "postgres"]
    dump = subprocess.run(
        [server.binaries / "pg_dump", *here, source["NAME"]], stdout=subprocess.PIPE, check=True
    )
    subprocess.run(
        [server.binaries / "psql", *there],
        input=dump.stdout,
        stdout=subprocess.DEVNULL,
        check=True,
    )
