"""Two real processes on one Redis and one database: what one commits, the other shows at once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from wagtail.models import Site

import pytest

from home.models import OrganisationSettings
from site_enys.page_cache import writes
from tests.harness import databases
from tests.harness.client import SiteClient
from tests.servers.redis import RedisServer
from tests.site_enys.page_cache.conftest import NewProcess

pytestmark = pytest.mark.django_db(transaction=True)
Ask = Callable[[str], dict[str, Any]]
HOME = "/"


@pytest.fixture
def another(with_redis: RedisServer) -> Iterator[Ask]:
    """`another("/")` has it visit a page, `another("téléphone …")` has it write."""
    command = [sys.executable, str(Path(__file__).with_name("another_process.py"))]
    environment = os.environ | {
        "PYTHONPATH": str(settings.BASE_DIR),
        "DJANGO_SETTINGS_MODULE": "site_enys.settings.test",
        "TEST_DATABASE_URL": databases.address(),
        "REDIS_URL": with_redis.url,
    }
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:

        def ask(line: str) -> dict[str, Any]:
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


def write_here(number: str) -> None:
    firm = OrganisationSettings.for_site(Site.objects.get())
    firm.phone = number
    firm.save()


def read_here(client: SiteClient) -> str:
    return client.get(HOME).text


def test_what_one_commits_the_other_shows_at_once(
    another: Ask, new_process: NewProcess, with_redis: RedisServer
) -> None:
    here = new_process()
    assert connection.execute_wrappers == [writes.notice]
    write_here("01 00 00 00 01")
    assert "01 00 00 00 01" in plain(read_here(here))
    assert "01 00 00 00 01" in plain(another(HOME)["text"])
    assert not another(HOME)["by_django"]  # kept: given before Django begins

    another("téléphone 01 00 00 00 02")
    assert "01 00 00 00 02" in plain(read_here(here))
    write_here("01 00 00 00 03")
    assert "01 00 00 00 03" in plain(another(HOME)["text"])

    with_redis.kill()
    another("téléphone 01 00 00 00 04")
    assert "01 00 00 00 04" in plain(read_here(here))
    with_redis.start()
    assert "01 00 00 00 04" in plain(another(HOME)["text"])
    assert "01 00 00 00 04" in plain(read_here(here))


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")
