import logging
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from blog.old_site import bring_over

BAR = 30


class Command(BaseCommand):
    help = (
        "Reprend l’ancien site depuis des pages et des flux enregistrés, sans réseau ; "
        "à blanc sans --apply."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="CHEMIN")
        parser.add_argument("--apply", action="store_true", help="écrit réellement")
        parser.add_argument("--author", default="", metavar="NOM", help="qui signe à défaut")

    def handle(
        self, *args: Any, paths: list[Path], apply: bool, author: str, **options: Any
    ) -> None:
        # Wagtail's three lines for each article would hide the report.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        progress = {"progress": self.progress} if self.stdout.isatty() else {}
        report = bring_over(
            paths, apply=apply, now=timezone.now(), author=author.strip(), **progress
        )
        self.stdout.write("\n".join(report.lines()))
        if report.nothing_read:
            raise CommandError("Aucun fichier lisible.")

    def progress(self, step: str, done: int, total: int) -> None:
        """A bar that grows in place."""
        filled = BAR * done // total
        end = "\n" if done == total else ""
        self.stdout.write(
            f"\r{step:<10}{'█' * filled}{'·' * (BAR - filled)} {done}/{total}", ending=end
        )
        self.stdout.flush()
