"""`manage.py migrate`: Django's own, on one machine at a time when several start together."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoCommand

from site_enys.database import one_at_a_time


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with one_at_a_time(options["database"]):
            super().handle(*args, **options)
