from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rgpd.services.purge import PurgeIncomplete, purge


class Command(BaseCommand):
    help = "Efface les données dont la durée de conservation est passée ; à blanc sans --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="efface réellement")

    def handle(self, *args: Any, apply: bool, **options: Any) -> None:
        try:
            counts = purge(timezone.now(), apply=apply)
        except PurgeIncomplete as error:
            raise CommandError(
                f"Tout n'a pas pu être effacé (voir le journal) : {error}"
            ) from error
        for name, count in counts.items():
            self.stdout.write(f"{count:6d}  {name}")
        if not apply:
            self.stdout.write("Rien n'a été effacé : ajoutez --apply pour le faire.")
