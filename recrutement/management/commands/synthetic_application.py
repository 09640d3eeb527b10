from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from recrutement.services.synthetic import check_form


class Command(BaseCommand):
    help = "Envoie une candidature par le vrai formulaire, la vérifie, puis l’efface."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--url",
            default="",
            help="Où joindre le site ; par défaut SYNTHETIC_URL, sinon SITE_URL.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        check = check_form(options["url"].rstrip("/"))
        if not check.passed:
            raise CommandError(f"{check.door} : {check.detail}")
        self.stdout.write(check.detail)
