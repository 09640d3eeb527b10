from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from site_enys.backups.failures import BackupRefused
from site_enys.backups.making import Backup, make_backup
from site_enys.backups.stores import STORES
from site_enys.french import plural


class Command(BaseCommand):
    help = "Sauvegarde la base et les fichiers en une archive, relue avant d’être gardée."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", metavar="DOSSIER", type=Path, help="au lieu de BACKUP_DIR")

    def handle(self, *args: Any, to: Path | None, **options: Any) -> None:
        folder = to or settings.BACKUP_DIR
        if folder is None:
            raise CommandError("Où écrire\u00a0? Renseignez BACKUP_DIR, ou donnez --to DOSSIER.")
        try:
            made = make_backup(folder.absolute(), settings.BACKUP_KEY, timezone.now())
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.tell(made)

    def tell(self, made: Backup) -> None:
        manifest = made.manifest
        files = sum(count["count"] for name, count in manifest.totals().items() if name in STORES)
        self.stdout.write(f"{made.path}\u00a0: {made.entry.size / 1e6:.1f} Mo, relue et juste.")
        rows = plural(sum(manifest.rows.values()), "ligne")
        self.stdout.write(f"{rows}, {plural(files, 'fichier')}.")
        if manifest.missing:
            absent = plural(len(manifest.missing), "fichier")
            self.stdout.write(f"Attention\u00a0: la base nomme {absent} qui n’existent pas.")
        if manifest.gone:
            gone = plural(len(manifest.gone), "fichier")
            self.stdout.write(f"Effacés pendant la sauvegarde\u00a0: {gone}.")
        if not settings.BACKUP_KEY:
            self.stdout.write("Attention\u00a0: archive en clair, BACKUP_KEY n’est pas renseignée.")
        for old in made.deleted:
            self.stdout.write(f"Effacée, à son tour\u00a0: {old.path.name}")
        self.stdout.write("Les secrets (.env) n’y sont pas\u00a0: gardez-les ailleurs.")
