from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from site_enys.checks import DEMO_ACCOUNTS


class Command(BaseCommand):
    help = "Charge le contenu de démonstration ; le relancer ne double rien."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.REFUSE_UNSAFE_START:
            raise CommandError("La démonstration n'a pas sa place en production.")
        now = timezone.now()
        parts = [
            (config.verbose_name, import_module(f"{config.name}.demo"))
            for config in apps.get_app_configs()
            if config.module and module_has_submodule(config.module, "demo")
        ]
        # `finish`, where a part has one, puts in order what all the parts have made.
        for step in ("load", "finish"):
            for name, part in parts:
                if run := getattr(part, step, None):
                    self.stdout.write(f"{name} : {run(now)}")
        self.stdout.write(f"Comptes : {', '.join(DEMO_ACCOUNTS)}")
