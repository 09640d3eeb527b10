from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from site_enys.jobs import run_due


class Command(BaseCommand):
    help = "Fait une fois tout le travail programmé ; à lancer chaque minute."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, line in run_due(timezone.now()).items():
            self.stdout.write(f"{name} : {line}")
