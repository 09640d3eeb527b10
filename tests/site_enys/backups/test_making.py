"""A backup made while the site runs: whole, private, alone, read back, or nothing at all."""

import fcntl
import json
import resource
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

import pytest

from recrutement.models import ApplicationDocument
from site_enys.backups import archive
from site_enys.backups.failures import BackupRefused
from site_enys.backups.making import LOCK, make_backup
from site_enys.backups.notes import how_backups_go

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def key():
    import pyrage  # noqa: PLC0415 - only here

    return pyrage.x25519.Identity.generate()


def content_of(path, identities=()):
    received = {}
    with path.open("rb") as file, archive.unsealed(file, list(identities)) as stream:
        manifest = archive.read_archive(
            stream, lambda name, content: received.update({name: content.read()})
        )
    return received, manifest


def test_everything_is_in_it_and_nothing_that_only_waits(folder, piece, settings, now):
    (settings.DATA_DIR / "effacements.journal").write_text("une ligne\n")

    made = make_backup(folder, [], now)

    received, manifest = content_of(made.path)
    assert received["public/images/accueil.png"] == b"image" * 1000
    with piece.file.open() as file:
        assert received[f"prive/{piece.file.name}"] == file.read()
    assert received["effacements.journal"] == b"une ligne\n"
    assert not any("attente" in name for name in received)
    assert manifest.rows["recrutement_applicationdocument"] == 1
    assert ("site_enys", "0001_initial") in manifest.migrations
    assert manifest.missing == manifest.gone == []


def test_only_its_owner_reads_it_and_what_is_in_clear_names_nobody(folder, piece, key, now):
    made = make_backup(folder, [str(key.to_public())], now)

    side = made.path.with_name(made.path.name + ".json")
    said = json.loads(side.read_text())
    received, _manifest = content_of(made.path, [key])
    assert piece.file.name.encode() not in made.path.read_bytes()
    assert f"prive/{piece.file.name}" in received
    assert piece.file.name not in side.read_text()
    assert said["rows"]["recrutement_application"] == 1
    assert said["archive"]["size"] == made.path.stat().st_size
    assert {path.stat().st_mode & 0o077 for path in (made.path, side)} == {0}


def test_the_key_that_reads_it_back_opens_no_other_archive(folder, piece, key, now):
    """The archive is written for two keys; of the second one nothing stays on the machine."""
    made = make_backup(folder, [str(key.to_public())], now)

    assert made.path.read_bytes()[:2000].count(b"-> X25519") == 2
    assert b"AGE-SECRET-KEY" not in b"".join(
        path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()
    )


def test_a_file_that_a_row_names_and_that_is_not_there_is_noted(folder, piece, now):
    name = piece.file.name
    piece.file.storage.delete(name)

    made = make_backup(folder, [], now)

    assert made.manifest.missing == [f"prive/{name}"]


def test_its_success_is_noted_with_its_instant(folder, piece, now):
    assert how_backups_go()[0] is None

    make_backup(folder, [], now)

    assert how_backups_go()[0] == now
    assert how_backups_go()[1] == ""


def test_a_second_backup_refuses_while_the_first_one_runs(folder, piece, now):
    folder.mkdir()
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(BackupRefused, match="Une autre sauvegarde est en cours"):
            make_backup(folder, [], now)

    assert make_backup(folder, [], now).path.exists()


def test_what_a_killed_backup_has_left_goes_with_the_next_one(folder, piece, now):
    folder.mkdir()
    (folder / "enys-20270301T000000Z.tar.partiel").write_bytes(b"la moiti")
    (folder / "enys-20270301T000000Z.tar.json").write_text("{}")

    made = make_backup(folder, [], now)

    assert {path.name for path in folder.iterdir()} == {
        *(LOCK, made.path.name, made.path.name + ".json")
    }


@contextmanager
def files_of_at_most(size):
    """The system refuses to write further, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("encrypted", [False, True])
def test_without_room_nothing_is_left_and_the_reason_is_noted(folder, piece, key, now, encrypted):
    storages["default"].save("videos/longue.mp4", ContentFile(b"\0" * 2**25))
    keys = [str(key.to_public())] if encrypted else []

    with files_of_at_most(2**24), pytest.raises(BackupRefused, match="il n’y a plus de place"):
        make_backup(folder, keys, now)

    assert [path.name for path in folder.iterdir()] == [LOCK]
    assert "il n’y a plus de place" in how_backups_go()[1]
    assert how_backups_go()[0] is None


@pytest.mark.parametrize("place", ["MEDIA_ROOT", "STATIC_ROOT", "PRIVATE_ROOT"])
def test_a_folder_of_the_site_is_refused(folder, piece, settings, now, place):
    with pytest.raises(BackupRefused, match="dans un dossier du site"):
        make_backup(Path(getattr(settings, place), "sauvegardes"), [], now)


def test_a_folder_that_cannot_be_made_is_said(folder, piece, now):
    folder.write_text("un fichier à la place du dossier")

    with pytest.raises(BackupRefused, match="Impossible d’écrire la sauvegarde"):
        make_backup(folder, [], now)


def test_the_command_says_what_it_did_and_what_is_not_in_it(folder, piece, settings):
    said = StringIO()

    call_command("backup", stdout=said)

    assert "relue et juste" in said.getvalue()
    assert "2\u00a0fichiers" in said.getvalue()
    assert "archive en clair" in said.getvalue()
    assert ".env" in said.getvalue()


def test_the_command_fails_without_a_folder_or_with_a_bad_key(folder, piece, settings):
    settings.BACKUP_KEY = ["age1faux"]
    with pytest.raises(CommandError, match="BACKUP_KEY"):
        call_command("backup")
    settings.BACKUP_DIR = None
    with pytest.raises(CommandError, match="--to"):
        call_command("backup")


def test_a_file_erased_between_the_dump_and_the_files_is_noted(folder, piece, now, monkeypatch):
    from site_enys.backups import making  # noqa: PLC0415 - the seam between dump and files

    listed = making.stores.listed

    def erased_then_listed():
        ApplicationDocument.objects.get(pk=piece.pk).delete()
        piece.file.storage.delete(piece.file.name)
        return listed()

    monkeypatch.setattr(making.stores, "listed", erased_then_listed)

    made = make_backup(folder, [], now)

    assert made.manifest.rows["recrutement_applicationdocument"] == 1
    assert made.manifest.missing == [f"prive/{piece.file.name}"]
