from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from site_enys.exceptions import Refused
from site_enys.models import User
from site_enys.sign_in.accounts import reset_second_factor


class Command(BaseCommand):
    help = "Retire le second facteur d’un compte qui l’a perdu : reset_second_factor IDENTIFIANT"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="IDENTIFIANT")

    def handle(self, *args: Any, **options: Any) -> None:
        account = User.objects.filter(username=options["username"]).first()
        if account is None:
            raise CommandError("Aucun compte ne porte cet identifiant.")
        try:
            reset_second_factor(account, by=None, now=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            "Second facteur retiré, sessions fermées, titulaire prévenu par courriel."
        )
