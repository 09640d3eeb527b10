"""`manage.py roles_table > docs/roles.md`"""

from typing import Any

from django.core.management.base import BaseCommand

from site_enys.roles_page import roles_page


class Command(BaseCommand):
    help = "Imprime le tableau des rôles, tel que docs/roles.md doit le dire."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(roles_page(), ending="")
