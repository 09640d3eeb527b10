from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from formation.services.audit import faults
from site_enys.french import plural


class Command(BaseCommand):
    help = "Recompte les places et les listes d’attente ; échoue s’il y a une différence."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults(timezone.now()))
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{plural(len(found), 'anomalie')} dans les inscriptions.")
        self.stdout.write("Les places et les listes d’attente sont justes.")
