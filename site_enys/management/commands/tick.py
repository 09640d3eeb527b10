import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from site_enys.jobs import run_due
from site_enys.leases import database_now


class Command(BaseCommand):
    help = "Fait une fois tout le travail programmé ; à lancer chaque minute."

    def handle(self, *args: Any, **options: Any) -> None:
        # Asked to stop, it gives back the job it holds, so that the next one begins again at once.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        try:
            for name, line in run_due(database_now()).items():
                self.stdout.write(f"{name} : {line}")
        except Error as error:
            raise CommandError(
                f"Base de données injoignable ({type(error).__name__}) : "
                "le prochain passage reprendra.",
                returncode=75,  # EX_TEMPFAIL: worth another try
            ) from None
