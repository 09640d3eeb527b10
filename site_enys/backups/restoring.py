"""Putting an archive back into an empty place.

The archive is read twice: once to check all of it, once to write. Then the site is
brought to today: migrations, erasures made since, what the clock owed. What that would send is held
for a person: between the backup and the restore, it may well have been sent already.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from allauth.usersessions.models import UserSession

from site_enys.french import plural
from site_enys.jobs import run_due
from site_enys.page_cache import writes
from site_enys.templatetags.typography import long_moment

from . import archive, rotation, stores
from .databases import Database, database
from .disk import in_french
from .failures import ArchiveDamaged, BackupRefused
from .making import ERASURES
from .manifest import Manifest, unknown_migrations
from .notes import note_restored
from .signals import restored

Say = Callable[[str], object]
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
ROOM = 3  # a compressed dump takes up to so many times its size once restored


@dataclass(frozen=True)
class Plan:
    """An archive that may be restored here."""

    path: Path
    identities: list[Any]
    manifest: Manifest
    tables: list[str]
    surplus: list[str] = field(default_factory=list)
    ahead: int = 0

    @property
    def replaces(self) -> bool:
        return bool(self.tables or self.surplus)


def plan(path: Path, identities: list[Any], *, replace: bool) -> Plan:
    """Read the whole archive, and say what restoring it here would do.

    Raises ArchiveDamaged, or BackupRefused when it must not be: another database, a newer site, a
    place that is not empty without `replace`, too little room.
    """
    with in_french("de lire l’archive"):
        _compare_with_side(path)
        manifest = _read(path, identities)
        here = database()
        _refuse_crossing(manifest, here)
        ahead = _refuse_unknown(manifest)
        present = set(stores.listed())
        found = Plan(
            path,
            identities,
            manifest,
            here.tables(),
            sorted(present - manifest.files.keys()),
            ahead,
        )
        if not replace and (found.tables or present):
            raise BackupRefused(
                f"La place n’est pas vide\u00a0: {plural(len(found.tables), 'table')} dans la "
                f"base, {plural(len(present), 'fichier')}. Pour les remplacer par l’archive, "
                "ajoutez --replace en toutes lettres\u00a0: ce qui est en place sera perdu."
            )
        _refuse_without_room(manifest)
    return found


def restore(found: Plan, now: datetime, say: Say) -> None:
    """Write what was planned, then bring the site to `now`. Raises BackupRefused."""
    here = database()
    here.refuse_if_used()
    with in_french("de restaurer"):
        _write_all(found, here)
        say(f"Base et fichiers remis au {long_moment(found.manifest.date)}.")
        for member in found.surplus:
            stores.remove(member)
        if found.surplus:
            say(f"{plural(len(found.surplus), 'fichier')} en trop, effacés.")
    bring_to_today(found.manifest, now, say)


def bring_to_today(manifest: Manifest, now: datetime, say: Say) -> None:
    """Migrate, erase again, close sessions, do what the clock owes, hold what would leave."""
    call_command("migrate", verbosity=0, interactive=False)
    say("Migrations appliquées.")
    erased = StringIO()
    # First: the last sign of life in the database must still be that of the backup.
    call_command("rgpd_purge", replay=True, apply=True, stdout=erased)
    say("Effacements rejoués\u00a0:")
    say(_counted(erased.getvalue()))
    sessions = Session.objects.count()
    Session.objects.all().delete()
    UserSession.objects.all().delete()
    say(f"{plural(sessions, 'session')} de l’équipe, fermées.")
    note_restored(manifest.date)
    failed = [name for name, line in run_due(now, within=True).items() if line.startswith("échec")]
    say(f"Travail programmé fait\u00a0; en échec\u00a0: {', '.join(failed) or 'aucun'}.")
    for _receiver, line in restored.send(sender=None, now=now):
        if line:
            say(line)
    writes.renew()


def _counted(said: str) -> str:
    """The lines of the purge that erased something."""
    lines = [line for line in said.splitlines() if not line.strip().startswith("0 ")]
    return "\n".join(f"  {line.strip()}" for line in lines)


def _read(path: Path, identities: list[Any], receive: archive.Receiver | None = None) -> Manifest:
    with path.open("rb") as file, archive.unsealed(file, identities) as stream:
        return archive.read_archive(stream, receive)


def _write_all(found: Plan, here: Database) -> None:
    """Files first: until the database is swapped, they are only files that no row names."""
    journal = bytearray()
    with here.loading(found.manifest) as load:

        def receive(member: str, content: archive.Readable) -> None:
            if member == archive.JOURNAL:
                journal.extend(content.read())
            elif not stores.is_file(member):
                while block := content.read(archive.BLOCK):
                    load(block)
            elif not stores.holds(member, found.manifest.files[member]):
                stores.put(member, content)

        if _read(found.path, found.identities, receive) != found.manifest:
            raise ArchiveDamaged("L’archive a changé pendant la restauration.")
        _merge_erasures(journal.decode("ascii"))


def _merge_erasures(saved: str) -> None:
    """What was erased before the backup and since: the lines of both journals."""
    path = Path(settings.DATA_DIR, ERASURES)
    present = path.read_text(encoding="ascii") if path.exists() else ""
    lines = sorted({*saved.splitlines(), *present.splitlines()})
    fresh = path.with_suffix(".nouveau")
    fresh.touch(mode=0o600)
    fresh.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    fresh.replace(path)


# -- Refusals -----------------------------------------------------------------------------------


def _compare_with_side(path: Path) -> None:
    """Where the file in clear came along, the archive is the one it speaks of."""
    said = rotation.said_of(path)
    if said is None:
        return
    with path.open("rb") as file:
        digest = archive.Digest(file)
        while digest.read(archive.BLOCK):
            pass
    if digest.entry.sha256 != said["archive"]["sha256"]:
        raise ArchiveDamaged(
            "L’archive n’a plus l’empreinte notée à côté d’elle\u00a0: elle est abîmée."
        )


def _refuse_crossing(manifest: Manifest, here: Database) -> None:
    if manifest.vendor != here.vendor:
        raise BackupRefused(
            f"Cette archive vient de {NAMES[manifest.vendor]} et ce site est sur "
            f"{NAMES[here.vendor]}\u00a0: restaurez-la sur {NAMES[manifest.vendor]} (DATABASE_URL)."
        )
    if manifest.server > here.server():
        raise BackupRefused(
            f"Cette archive vient de {NAMES[here.vendor]} {manifest.server}, et celui-ci est en "
            f"version {here.server()}\u00a0: il faut un serveur au moins aussi récent."
        )


def _refuse_unknown(manifest: Manifest) -> int:
    """How many migrations of the code the archive has not been through."""
    loader = MigrationLoader(None)
    replaced = {step for made in loader.replacements.values() for step in made.replaces}
    known = {*loader.disk_migrations, *replaced}
    if unknown := unknown_migrations(manifest.migrations, known):
        app, name = unknown[-1]
        raise BackupRefused(
            f"Cette archive vient d’un site plus récent (version {manifest.site})\u00a0: sa "
            f"migration {app}.{name} est inconnue ici. Installez cette version, puis recommencez."
        )
    return len(known - set(manifest.migrations) - replaced)


def _refuse_without_room(manifest: Manifest) -> None:
    totals = manifest.totals()
    needed = ROOM * totals[archive.DUMP]["bytes"] + sum(
        folder["bytes"] for name, folder in totals.items() if name != archive.DUMP
    )
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < needed:
        raise BackupRefused(
            f"Il faut {needed / 1e6:.0f} Mo dans DATA_DIR, et il en reste {free / 1e6:.0f}."
        )
