from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rgpd.services.purge import PurgeIncomplete, purge
from rgpd.services.replay import backed_up_at
from rgpd.services.replay import replay as replay_erasures
from site_enys.templatetags.typography import moment


class Command(BaseCommand):
    help = "Efface les données dont la durée de conservation est passée ; à blanc sans --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="efface réellement")
        parser.add_argument(
            "--replay",
            action="store_true",
            help="après une restauration, avant de redémarrer : efface aussi de nouveau ce qui "
            "l'avait été depuis la sauvegarde",
        )

    def handle(self, *args: Any, apply: bool, replay: bool, **options: Any) -> None:
        if replay:
            alive = moment(backed_up_at()) or "aucun"
            self.stdout.write(f"Dernier signe de vie de la base\u00a0: {alive}")
            self.stdout.write(f"{replay_erasures(apply=apply):6d}  revenues avec la sauvegarde")
        try:
            counts = purge(timezone.now(), apply=apply)
        except PurgeIncomplete as error:
            raise CommandError(
                f"Tout n'a pas pu être effacé (voir le journal) : {error}"
            ) from error
        for name, count in counts.items():
            self.stdout.write(f"{count:6d}  {name}")
        if not apply:
            self.stdout.write("Rien n'a été effacé : ajoutez --apply pour le faire.")
