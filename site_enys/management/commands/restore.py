from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from site_enys.backups.archive import identities_of
from site_enys.backups.disk import in_french
from site_enys.backups.failures import BackupRefused
from site_enys.backups.restoring import Plan, plan, restore
from site_enys.french import plural
from site_enys.templatetags.typography import long_moment


class Command(BaseCommand):
    help = "Remet une sauvegarde dans une place vide ; à blanc sans --apply."
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        # « --replace » is written in full, or not at all.
        return super().create_parser(prog_name, subcommand, allow_abbrev=False, **options)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", metavar="ARCHIVE", type=Path)
        parser.add_argument(
            "--identity",
            metavar="FICHIER",
            type=Path,
            help="la clé privée age d’une archive chiffrée",
        )
        parser.add_argument("--apply", action="store_true", help="restaure réellement")
        parser.add_argument(
            "--replace", action="store_true", help="efface d’abord ce qui est en place"
        )

    def handle(
        self, *args: Any, archive: Path, identity: Path | None, apply: bool, replace: bool, **_: Any
    ) -> None:
        try:
            with in_french("de lire la clé"):
                keys = identities_of(identity.read_text()) if identity else []
            found = plan(archive, keys, replace=replace)
            self.tell(found)
            if not apply:
                self.stdout.write("Rien n’a été changé\u00a0: ajoutez --apply pour restaurer.")
                return
            restore(found, timezone.now(), self.stdout.write)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("La restauration est finie. Le site peut redémarrer.")

    def tell(self, found: Plan) -> None:
        manifest = found.manifest
        self.stdout.write(
            f"Archive du {long_moment(manifest.date)}, site {manifest.site}, "
            "lue en entier et juste."
        )
        for name, total in sorted(manifest.totals().items()):
            size = f"{total['bytes'] / 1e6:.1f} Mo"
            self.stdout.write(f"  {name}\u00a0: {plural(total['count'], 'élément')}, {size}")
        rows = plural(sum(manifest.rows.values()), "ligne")
        self.stdout.write(f"  {plural(len(manifest.rows), 'table')}, {rows}")
        if found.ahead:
            self.stdout.write(f"  {plural(found.ahead, 'migration')} à appliquer ensuite")
        if manifest.missing:
            self.stdout.write(f"  fichiers déjà absents ce jour-là\u00a0: {len(manifest.missing)}")
        if found.replaces:
            self.stdout.write(
                f"À la place de\u00a0: {plural(len(found.tables), 'table')}, et "
                f"{plural(len(found.surplus), 'fichier')} que l’archive n’a pas (effacés)."
            )
