"""Production refuses to start on what would be dangerous, and names the variable."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings as django_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.models import QuerySet

import pytest

from deploy import local
from site_enys import checks, demo
from site_enys.checks import refuse_unsafe_start
from tests.factories.people import UserFactory
from tests.harness import databases

KEY = "une-cle-longue-et-impossible-a-deviner-0123456789-abcdef"


def start(**variables):
    """Load what gunicorn loads, in a process of its own; return what stopped it, if anything."""
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(django_settings.TEST_DATA_DIR),
        "DATABASE_URL": databases.address(),
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "www.enys.example",
        "SITE_URL": "https://www.enys.example",
    }
    finished = subprocess.run(
        [sys.executable, "-c", "import site_enys.wsgi"],
        cwd=django_settings.BASE_DIR,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.stderr if finished.returncode else ""


@pytest.fixture
def safe(settings, db):
    """As production should be; the tests then spoil one thing."""
    settings.SECRET_KEY = KEY
    settings.ALLOW_DEMO_ACCOUNTS = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://enys.example", ["enys.example"]
    return settings


def refusal():
    with pytest.raises(ImproperlyConfigured) as caught:
        refuse_unsafe_start()
    return str(caught.value)


@pytest.mark.django_db(transaction=True)
def test_a_sound_site_starts():
    assert start() == ""


@pytest.mark.django_db(transaction=True)
def test_a_public_key_and_a_public_password_stop_the_start():
    hashed = PBKDF2PasswordHasher().encode(checks.DEMO_PASSWORD, "sel", iterations=1)
    user = UserFactory(username="direction")
    user.password = hashed
    user.save()

    said = start(SECRET_KEY="cle-de-developpement-sans-valeur")

    assert "SECRET_KEY" in said
    assert "«\u00a0direction\u202f»" in said


def test_what_is_sound_is_not_refused(safe):
    refuse_unsafe_start()


@pytest.mark.parametrize("key", ["courte", "cle-de-developpement-sans-valeur", "x" * 49])
def test_a_short_or_known_key_is_refused(safe, key):
    safe.SECRET_KEY = key

    assert "SECRET_KEY" in refusal()


def test_debug_is_refused(safe, monkeypatch):
    # Through the fixture, the template engines would be made anew, without what makes them strict.
    monkeypatch.setitem(vars(django_settings), "DEBUG", value=True)

    assert "DEBUG" in refusal()


@pytest.mark.parametrize("shown", ["MEDIA_ROOT", "STATIC_ROOT"])
@pytest.mark.parametrize("inside", ["", "prive", "a/../b"])
def test_private_files_among_the_public_ones_are_refused(safe, shown, inside):
    location = Path(getattr(safe, shown)) / inside
    safe.STORAGES = safe.STORAGES | {
        "private": safe.STORAGES["private"] | {"OPTIONS": {"location": location}}
    }

    assert shown in refusal()


def test_a_link_does_not_hide_it(safe, tmp_path):
    (tmp_path / "prive").symlink_to(safe.MEDIA_ROOT)
    safe.STORAGES = safe.STORAGES | {
        "private": safe.STORAGES["private"] | {"OPTIONS": {"location": tmp_path / "prive"}}
    }

    assert "MEDIA_ROOT" in refusal()


@pytest.mark.parametrize("username", checks.DEMO_ACCOUNTS)
def test_each_demonstration_account_is_refused(safe, username):
    user = UserFactory(username=username)
    user.set_password(checks.DEMO_PASSWORD)
    user.save()

    assert username in refusal()


def test_an_account_that_changed_its_password_is_welcome(safe):
    UserFactory(username="direction")

    refuse_unsafe_start()


@pytest.mark.parametrize(
    ("hosts", "allowed"),
    [
        (["127.0.0.1", "localhost"], True),
        (["127.0.0.1", "www.enys.example"], False),
        (["*"], False),
    ],
)
def test_demonstration_accounts_are_allowed_on_this_machine_only(safe, hosts, allowed):
    user = UserFactory(username="direction")
    user.set_password(checks.DEMO_PASSWORD)
    user.save()
    safe.ALLOW_DEMO_ACCOUNTS, safe.ALLOWED_HOSTS = True, hosts
    safe.SITE_URL = f"https://{hosts[0]}"

    if allowed:
        refuse_unsafe_start()
    else:
        assert "ALLOW_DEMO_ACCOUNTS" in refusal()


def test_a_database_that_is_away_or_empty_is_said(safe, monkeypatch):
    def away(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr(QuerySet, "_fetch_all", away)

    assert "DATABASE_URL" in refusal()


def test_checking_a_password_writes_nothing(safe, django_assert_num_queries):
    user = UserFactory(username="direction")
    user.password = "pbkdf2_sha256$1$sel$" + "x" * 43 + "="
    user.save()

    refuse_unsafe_start()

    user.refresh_from_db()
    assert user.password.startswith("pbkdf2_sha256$1$sel$")


def test_no_demonstration_account_escapes_the_refusal():
    made = tuple(username for username, *_ in demo.ACCOUNTS)

    assert made == checks.DEMO_ACCOUNTS == local.ACCOUNTS


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_public_site_without_tls_is_refused(safe, proxies):
    safe.SECURE_SSL_REDIRECT, safe.PROXY_COUNT = False, proxies

    assert "HTTPS_ONLY=no" in refusal()
    assert ("mandataire" in refusal()) is bool(proxies)


def test_a_machine_of_ones_own_does_without_tls(safe):
    safe.SECURE_SSL_REDIRECT = False
    safe.SITE_URL, safe.ALLOWED_HOSTS = "http://127.0.0.1:8000", ["127.0.0.1", "localhost"]

    refuse_unsafe_start()


@pytest.mark.parametrize(
    ("address", "hosts", "named"),
    [
        ("http://enys.example", ["enys.example"], "SITE_URL"),
        ("https://autre.example", ["enys.example"], "ALLOWED_HOSTS"),
        ("https://enys.example", ["*"], "ALLOWED_HOSTS"),
    ],
)
def test_the_address_that_we_write_is_ours_and_safe(safe, address, hosts, named):
    safe.SITE_URL, safe.ALLOWED_HOSTS = address, hosts

    assert named in refusal()
