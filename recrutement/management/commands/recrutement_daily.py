from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from recrutement.services.daily import failures_of, run_daily


class Command(BaseCommand):
    help = "Fait le travail quotidien du recrutement ; à blanc sans --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="écrit et efface réellement")

    def handle(self, *args: Any, apply: bool, **options: Any) -> None:
        run = run_daily(timezone.now(), apply=apply)
        for label, count in run.counts.items():
            self.stdout.write(f"{count:>6}  {label}")
        if failed := failures_of(run):
            raise CommandError(f"À revoir (voir le journal) : {', '.join(failed)}")
        if not apply:
            self.stdout.write("Rien n’a changé : ajoutez --apply pour le faire.")
