"""Each kind of value of the environment: what is accepted, and what is refused by name."""

import os
import subprocess
import sys

from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured

import pytest

from site_enys.settings import env


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("https://www.enys.example", "https://www.enys.example"),
        ("https://www.enys.example/", "https://www.enys.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_an_address_has_no_final_slash(raw, value):
    assert env.as_url(raw) == value


@pytest.mark.parametrize(
    ("name", "convert", "raw"),
    [
        ("SITE_URL", env.as_url, "www.enys.example"),
        ("SITE_URL", env.as_url, "ftp://www.enys.example"),
        ("SITE_URL", env.as_url, "https://"),
        ("SITE_URL", env.as_url, "https://[::1"),
        ("EMAIL_PORT", env.as_port, "0"),
        ("EMAIL_PORT", env.as_port, "65536"),
        ("EMAIL_PORT", env.as_port, "smtp"),
        ("DATABASE_URL", env.as_database, "base"),
        ("DATABASE_URL", env.as_database, "mysql://enys:secret@serveur/base"),
        ("DATABASE_URL", env.as_database, "postgres://enys:secret@serveur:port/base"),
        ("DATABASE_URL", env.as_database, "postgres://enys:se[cret@serveur/base"),
        ("REDIS_URL", env.as_redis, "cache"),
        ("REDIS_URL", env.as_redis, "http://:secret@serveur/0"),
        ("REDIS_URL", env.as_redis, "redis://"),
        ("REDIS_URL", env.as_redis, "unix://"),
        ("REDIS_URL", env.as_redis, "redis://:secret@serveur:port/0"),
        ("REDIS_URL", env.as_redis, "redis://:se[cret@serveur/0"),
    ],
)
def test_a_bad_value_is_refused_by_name_without_its_secret(monkeypatch, name, convert, raw):
    monkeypatch.setenv(name, raw)

    with pytest.raises(ImproperlyConfigured, match=name) as caught:
        env.read(name, convert, None)

    assert "cret" not in str(caught.value)


def test_a_database_of_each_kind():
    assert env.as_database("postgres://a:b@c:5432/d")["ENGINE"].endswith("postgresql")
    assert env.as_database("sqlite:////tmp/x")["ENGINE"].endswith("sqlite3")


@pytest.mark.parametrize(
    "raw", ["redis://:mot@serveur:6379/1", "rediss://serveur", "unix:///run/redis.sock?db=1"]
)
def test_a_redis_of_each_kind(raw):
    assert env.as_redis(raw) == raw


def test_each_variable_has_the_converter_that_knows_it():
    """A default goes through no converter: it has the type that the settings expect."""
    assert isinstance(env.EMAIL_PORT, int)
    assert isinstance(env.ALLOWED_HOSTS, list)
    assert not env.SITE_URL.endswith("/")


def test_a_mail_server_needs_the_address_of_the_team():
    """Without it, what visitors write would be announced to nobody."""
    finished = subprocess.run(
        [sys.executable, "-c", "import site_enys.settings.production"],
        cwd=django_settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "DATA_DIR": str(django_settings.TEST_DATA_DIR),
            "SECRET_KEY": "s" * 60,
            "ALLOWED_HOSTS": "enys.example",
            "EMAIL_HOST": "smtp.enys.example",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert "STAFF_EMAIL" in finished.stderr
