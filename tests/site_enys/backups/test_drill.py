"""The drill: the real command, in a place of its own, which leaves nothing behind."""

from io import StringIO

from django.core.management import CommandError, call_command
from django.db import connection

import pytest

from recrutement.models import ApplicationDocument
from site_enys.backups.making import make_backup
from site_enys.backups.notes import last_drill

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _other_process(monkeypatch):
    """The process of the drill reads its place from variables, as in production."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "site_enys.settings.dev")


def databases():
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'enys_essai_%%'")
        return cursor.fetchall()


def test_the_last_archive_is_restored_elsewhere_and_everything_is_deleted(
    folder, piece, now, tmp_path, monkeypatch
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    make_backup(folder, [], now)
    said = StringIO()

    call_command("backup_drill", stdout=said)

    assert "lue en entier et juste" in said.getvalue()
    assert "L’essai a réussi" in said.getvalue()
    assert last_drill() is not None
    assert ApplicationDocument.objects.get() == piece
    assert databases() == []
    assert list(tmp_path.glob("enys-essai-*")) == []


def test_an_archive_without_its_key_fails_and_says_so(folder, piece, now):
    import pyrage  # noqa: PLC0415 - only here

    key = pyrage.x25519.Identity.generate()
    make_backup(folder, [str(key.to_public())], now)

    with pytest.raises(CommandError, match="--identity"):
        call_command("backup_drill")

    assert last_drill() is None
    assert databases() == []
