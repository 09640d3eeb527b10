from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from site_enys.backups.drill import drill, last_archive
from site_enys.backups.failures import BackupRefused


class Command(BaseCommand):
    help = "Restaure la dernière sauvegarde dans une place vide, la compare, puis efface tout."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", metavar="ARCHIVE", type=Path, nargs="?")
        parser.add_argument(
            "--identity", metavar="FICHIER", type=Path, help="clé privée age d’une archive chiffrée"
        )

    def handle(
        self, *args: Any, archive: Path | None, identity: Path | None, **options: Any
    ) -> None:
        try:
            tried = archive or last_archive(settings.BACKUP_DIR)
            self.stdout.write(f"Essai de {tried.name}, dans une place vide.")
            said = drill(tried, identity, timezone.now())
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(said.rpartition("La restauration est finie.")[0], ending="")
        self.stdout.write("L’essai a réussi\u00a0; tout ce qu’il avait écrit est effacé.")
