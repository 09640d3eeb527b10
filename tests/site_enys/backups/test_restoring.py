"""An archive put back: all of it or nothing, then brought to today, writing twice to nobody."""

import json
from datetime import timedelta
from io import BytesIO, StringIO

from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, transaction

import pytest

from courrier.models import OutgoingMessage
from courrier.services.outbox import send_again, write
from recrutement.models import Application, ApplicationDocument
from site_enys import jobs
from site_enys.backups import archive
from site_enys.backups.databases import database, tool
from site_enys.backups.failures import ArchiveDamaged, BackupRefused
from site_enys.backups.making import make_backup
from site_enys.backups.notes import how_backups_go
from site_enys.backups.restoring import plan, restore
from site_enys.models import JobRun
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.recrutement import DocumentFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(folder, piece, now):
    """What is made of `piece` and of one message that waits, one hour ago."""
    OutgoingMessageFactory(to="attend@exemple.test")
    OutgoingMessageFactory(sent=True, to="parti@exemple.test")
    return make_backup(folder, [], now - timedelta(hours=1))


@pytest.fixture
def no_job(monkeypatch):
    monkeypatch.setattr(jobs, "REGISTRY", {})


def restored(path, now):
    said = []
    restore(plan(path, [], replace=True), now, said.append)
    return "\n".join(said)


def stored(alias, name):
    with storages[alias].open(name) as file:
        return file.read()


@pytest.mark.usefixtures("each_store", "no_job")
def test_rows_and_files_are_those_of_the_backup_again(folder, piece, log_in, now):
    client = log_in("direction")
    backup = make_backup(folder, [], now - timedelta(hours=1))
    content = stored("private", piece.file.name)
    ApplicationDocument.objects.update(original_name="abîmé.pdf")
    later = DocumentFactory()
    storages["private"].delete(piece.file.name)
    storages["default"].delete("images/accueil.png")
    storages["default"].save("images/accueil.png", ContentFile(b"autre image"))

    restored(backup.path, now)

    assert ApplicationDocument.objects.get() == piece
    assert ApplicationDocument.objects.get().original_name == "CV.pdf"
    assert stored("private", piece.file.name) == content
    assert stored("default", "images/accueil.png") == b"image" * 1000
    assert not storages["private"].exists(later.file.name)
    assert how_backups_go()[0] == now - timedelta(hours=1)
    # The team signs in again.
    assert not Session.objects.exists()
    assert client.get("/admin/").status_code == 302


def test_what_was_erased_since_is_erased_again(folder, piece, settings, now, no_job):
    journal = settings.DATA_DIR / "effacements.journal"
    journal.write_text(f"{now.isoformat()} home.contactmessage 7\n")
    backup = make_backup(folder, [], now - timedelta(hours=1))
    journal.write_text(f"{now.isoformat()} home.contactmessage 8\n")
    name = piece.file.name
    piece.application.delete()
    assert not storages["private"].exists(name)

    restored(backup.path, now)

    assert not Application.objects.exists()
    assert not storages["private"].exists(name)
    # What either journal knew is kept, for a next restore.
    lines = {line.split(" ", 1)[1] for line in journal.read_text().splitlines()}
    assert lines >= {"home.contactmessage 7", "home.contactmessage 8"}
    assert journal.stat().st_mode & 0o077 == 0


def test_nothing_that_waited_leaves_twice(backup, now, monkeypatch):
    """Neither what was queued, nor the reminder that a job writes anew."""
    monkeypatch.setattr(jobs, "REGISTRY", {})
    JobRun.objects.all().delete()

    @jobs.job("rappel", every=timedelta(days=1))
    def remind(moment):
        with transaction.atomic():
            write(kind="rappel", to="rappel@exemple.test", subject="Rappel", text="…")
        return "rappelé"

    @jobs.job("dehors", every=timedelta(days=1), outside=True)
    def reach(moment):
        raise AssertionError("le site ne répond pas encore")

    said = restored(backup.path, now)

    held = OutgoingMessage.objects.failed()
    assert {message.to for message in held} == {"attend@exemple.test", "rappel@exemple.test"}
    assert all("peut-être déjà parti" in message.last_error for message in held)
    assert not OutgoingMessage.objects.due(now + timedelta(days=1)).exists()
    assert "Retenus\u00a0: 2\u00a0courriels" in said
    assert send_again(held[0], now) is True


# -- Refusals ------------------------------------------------------------------------------------


def test_a_place_that_is_not_empty_asks_for_replace_in_full(backup):
    with pytest.raises(CommandError, match="La place n’est pas vide"):
        call_command("restore", str(backup.path), "--apply")
    with pytest.raises(CommandError, match="--repl"):
        call_command("restore", str(backup.path), "--apply", "--repl")


def test_without_apply_everything_is_read_and_nothing_is_changed(backup, piece):
    said = StringIO()
    Application.objects.all().delete()

    call_command("restore", str(backup.path), "--replace", stdout=said)

    assert "lue en entier et juste" in said.getvalue()
    assert "Rien n’a été changé" in said.getvalue()
    assert not Application.objects.exists()


def test_an_archive_changed_since_is_refused_before_anything_is_written(backup, piece, now):
    raw = bytearray(backup.path.read_bytes())
    raw[len(raw) // 2] ^= 1
    backup.path.write_bytes(raw)

    with pytest.raises(ArchiveDamaged):
        plan(backup.path, [], replace=True)
    backup.path.with_name(backup.path.name + ".json").unlink()
    with pytest.raises(ArchiveDamaged):
        plan(backup.path, [], replace=True)

    assert ApplicationDocument.objects.get() == piece


def changed(path, **changes):
    """The same archive, whose manifest says something else."""
    members = {}
    with path.open("rb") as file:
        manifest = archive.read_archive(
            file, lambda name, content: members.update({name: content.read()})
        )
    other = path.with_name("enys-autre.tar")
    with other.open("wb") as file, archive.Writer(file) as writer:
        for name, content in members.items():
            writer.add(name, BytesIO(content), len(content))
        values = {field: getattr(manifest, field) for field in manifest.__dataclass_fields__}
        writer.finish(type(manifest)(**values | {"files": writer.files} | changes))
    return other


def test_one_database_never_takes_the_other_one(backup):
    here = database().vendor
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[here]

    with pytest.raises(BackupRefused, match=r"Cette archive vient de .* et ce site est sur"):
        plan(changed(backup.path, vendor=other), [], replace=True)


def test_an_older_server_is_refused(backup):
    with pytest.raises(BackupRefused, match="au moins aussi récent"):
        plan(changed(backup.path, server=999), [], replace=True)


def test_an_archive_of_a_newer_site_names_its_version(backup):
    migrations = [*backup.manifest.migrations, ("home", "0999_demain")]

    with pytest.raises(BackupRefused, match=r"version 9\.0.*home\.0999_demain"):
        plan(changed(backup.path, migrations=migrations, site="9.0"), [], replace=True)


def test_an_older_archive_is_migrated_afterwards(backup):
    migrations = [step for step in backup.manifest.migrations if step[0] != "rgpd"]
    missing = len(backup.manifest.migrations) - len(migrations)

    assert plan(changed(backup.path, migrations=migrations), [], replace=True).ahead == missing


def test_a_base_that_does_not_count_what_is_announced_replaces_nothing(backup, piece, now):
    rows = backup.manifest.rows | {"home_contactmessage": 12}
    found = plan(changed(backup.path, rows=rows), [], replace=True)
    later = DocumentFactory()

    with pytest.raises(ArchiveDamaged, match="home_contactmessage"):
        restore(found, now, print)

    assert ApplicationDocument.objects.filter(pk=later.pk).exists()
    assert database().tables()


def test_a_base_that_is_still_open_elsewhere_is_refused(backup, now):
    other = connection.copy()
    found = plan(backup.path, [], replace=True)
    try:
        other.cursor().execute("SELECT 1 FROM django_migrations")
        with pytest.raises(BackupRefused, match="arrêtez le serveur"):
            restore(found, now, print)
    finally:
        other.close()


@pytest.mark.only_on("postgresql")
def test_a_client_older_than_the_server_is_refused_with_the_package_to_install():
    with pytest.raises(BackupRefused, match="installez postgresql-client-99"):
        tool("pg_dump", 99)


def test_what_the_archive_says_in_clear_must_be_of_this_archive(backup):
    side = backup.path.with_name(backup.path.name + ".json")
    said = json.loads(side.read_text())
    said["archive"]["sha256"] = "0" * 64
    side.write_text(json.dumps(said))

    with pytest.raises(ArchiveDamaged, match="empreinte"):
        plan(backup.path, [], replace=True)
