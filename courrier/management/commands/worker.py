import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections
from django.utils import timezone

from courrier.services import outbox
from courrier.services.heartbeat import Heartbeat

PAUSE_SECONDS = 1.0
PAUSE_AFTER_ERROR_SECONDS = 10.0


class Command(BaseCommand):
    help = "Envoie les courriels en attente, sans fin ; --once fait un seul passage."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="un seul passage, puis s'arrête")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heartbeat = Heartbeat()

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            self.stdout.write(f"{outbox.send_due(timezone.now())} courriel(s) essayé(s)")
            self.heartbeat.beat()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        pause = 0.0
        while not stop.wait(pause):
            close_old_connections()
            pause = self._one_step()

    def _one_step(self) -> float:
        """Try one message, so that a stop waits for one at most; return how long to pause."""
        try:
            tried = outbox.send_due(timezone.now(), limit=1)
            self.heartbeat.beat()
        except Error as error:  # the database may be away for a while
            self.stderr.write(f"Base de données indisponible : {type(error).__name__}")
            return PAUSE_AFTER_ERROR_SECONDS
        return 0.0 if tried else PAUSE_SECONDS
