"""The drill: an archive restored somewhere else, by the very command, then thrown away.

Another process, whose variables name an empty folder and an empty database: nothing of this site
can be reached by mistake, neither its files, its mail server nor its other machines.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import DatabaseError, connection

from site_enys.settings.env import for_child

from .failures import BackupRefused
from .notes import DRILL, noted
from .rotation import archives

#: A drill reaches nothing that these name.
OUTSIDE = ("S3_", "AWS_", "REDIS_", "EMAIL_", "SENTRY_", "BACKUP_", "STAFF_EMAIL")
LONGEST = 3600  # seconds


def last_archive(folder: Path | None) -> Path:
    """The newest archive. Raises BackupRefused when there is none."""
    found = archives(folder) if folder else []
    if not found:
        raise BackupRefused("Aucune sauvegarde à essayer dans BACKUP_DIR.")
    return found[0].path


def drill(archive: Path, identity: Path | None, now: datetime) -> str:
    """Restore this archive into an empty place, delete it all, and return what the restore said.

    Raises BackupRefused with what it said when it failed. The outcome is noted.
    """
    with (
        noted(DRILL, now),
        tempfile.TemporaryDirectory(prefix="enys-essai-") as folder,
        _empty_database() as url,
    ):
        return _restored(archive, identity, {"DATA_DIR": folder, "DATABASE_URL": url})


def _restored(archive: Path, identity: Path | None, place: dict[str, str]) -> str:
    key = ["--identity", str(identity.resolve())] if identity else []
    manage = str(settings.BASE_DIR / "manage.py")
    command = [sys.executable, manage, "restore", str(archive.resolve())]
    done = subprocess.run(  # noqa: S603 - our own words
        [*command, *key, "--apply"],
        env=for_child({**place, "ENV_FILE": os.devnull}, without=OUTSIDE),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    if done.returncode:
        raise BackupRefused(f"L’essai a échoué\u00a0: {(done.stderr or done.stdout).strip()}")
    return done.stdout


@contextmanager
def _empty_database() -> Iterator[str]:
    """The address of a database made for the drill; on SQLite, the file of its folder."""
    if connection.vendor == "sqlite":
        yield ""
        return
    name = f"enys_essai_{secrets.token_hex(6)}"
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield _address(name)
    finally:
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _on_server(sql: str) -> None:
    try:
        with connection._nodb_cursor() as cursor:  # noqa: SLF001 - Django's own tests rest on it
            cursor.execute(sql)
    except DatabaseError as error:
        raise BackupRefused(
            "Le compte de la base ne peut pas créer celle de l’essai\u00a0: "
            f"ALTER ROLE … CREATEDB, ou essayez sur une autre machine ({error})."
        ) from error


def _address(name: str) -> str:
    at = connection.settings_dict
    who = quote(at["USER"], safe="")
    if at["PASSWORD"]:
        who += ":" + quote(at["PASSWORD"], safe="")
    where = quote(at["HOST"] or "", safe="") + (f":{at['PORT']}" if at["PORT"] else "")
    return f"postgres://{who}@{where}/{name}"
