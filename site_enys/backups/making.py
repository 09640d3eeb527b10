"""Making one archive while people write.

The database is a snapshot of one instant; files are listed after it, so that each one a row names
is there. The archive is written under a temporary name, read back from the disk, then named.
"""

import fcntl
import io
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from . import archive, rotation, stores
from .databases import database
from .disk import in_french, new_private_file, sync_folder
from .failures import BackupRefused
from .manifest import Entry, Manifest, site_version
from .notes import BACKUP, noted

#: One line for each row erased, without anybody's name: see `rgpd/deletions.py`.
ERASURES = "effacements.journal"
LOCK = ".sauvegarde.verrou"
WRITING = "d’écrire la sauvegarde"


@dataclass(frozen=True)
class Backup:
    """A backup that was read back."""

    path: Path
    manifest: Manifest
    entry: Entry
    deleted: list[rotation.Archive]


def make_backup(folder: Path, keys: list[str], now: datetime) -> Backup:
    """Write one archive into `folder`, encrypted for these age public keys, and rotate the others.

    Raises BackupRefused, and leaves nothing half done.
    """
    recipients = archive.recipients_of(keys)
    _refuse_public(folder)
    with in_french(WRITING), _alone_in(folder), noted(BACKUP, now), in_french(WRITING):
        path, manifest, entry = _written(folder, recipients, now)
        return Backup(path, manifest, entry, rotation.rotate(folder, now))


def _refuse_public(folder: Path) -> None:
    for shown in (settings.MEDIA_ROOT, settings.STATIC_ROOT, settings.PRIVATE_ROOT):
        if folder.resolve().is_relative_to(Path(shown).resolve()):
            raise BackupRefused(
                f"{folder} est dans un dossier du site ({shown})\u00a0: les sauvegardes y seraient "
                "publiques, ou se sauvegarderaient elles-mêmes. Choisissez-en un autre."
            )


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRefused(
                "Une autre sauvegarde est en cours dans ce dossier\u00a0: laissez-la finir."
            ) from error
        rotation.sweep(folder)
        yield


def _written(folder: Path, recipients: list[Any], now: datetime) -> tuple[Path, Manifest, Entry]:
    suffix = ".tar.age" if recipients else ".tar"
    path = folder / f"enys-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{suffix}"
    unfinished = path.with_name(path.name + rotation.UNFINISHED)
    side = path.with_name(path.name + rotation.SIDE)
    # Only to read back what was written: in memory, for the length of this backup.
    own = _own_key() if recipients else None
    try:
        for_whom = [*recipients, own.to_public()] if own else []
        manifest, entry = _write(unfinished, for_whom, now)
        _read_back(unfinished, [own] if own else [], manifest, entry)
        _write_side(side, path.name, manifest, entry)
        unfinished.rename(path)
        sync_folder(folder)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        side.unlink(missing_ok=True)
        raise
    return path, manifest, entry


def _own_key() -> Any:
    import pyrage  # noqa: PLC0415 - only those who encrypt pay for it

    return pyrage.x25519.Identity.generate()


def _write(path: Path, recipients: list[Any], now: datetime) -> tuple[Manifest, Entry]:
    with new_private_file(path) as file:
        digest = archive.Digest(file)
        with archive.sealed(digest, recipients) as stream, archive.Writer(stream) as writer:
            manifest = _fill(writer, now)
    return manifest, digest.entry


def _fill(writer: archive.Writer, now: datetime) -> Manifest:
    source = database()
    named = stores.named_by_rows()
    with (
        tempfile.TemporaryDirectory(prefix="sauvegarde-", dir=settings.DATA_DIR) as scratch,
        source.snapshot(Path(scratch)) as snapshot,
    ):
        writer.add_dump(snapshot.blocks)
    gone = [member for member in sorted(stores.listed()) if not _added(writer, member)]
    # Last, so that what was erased while the backup was made is in it.
    _add_erasures(writer)
    manifest = Manifest(
        made_at=now.isoformat(),
        site=site_version(),
        vendor=source.vendor,
        server=source.server(),
        migrations=[(app, name) for app, name in snapshot.migrations],
        rows=snapshot.rows,
        files=writer.files,
        missing=sorted(named - writer.files.keys() - set(gone)),
        gone=gone,
    )
    writer.finish(manifest)
    return manifest


def _added(writer: archive.Writer, member: str) -> bool:
    """Whether the file was still there."""
    try:
        content, size = stores.opened(member)
    except FileNotFoundError:
        return False
    with content:
        writer.add(member, content, size)
    return True


def _add_erasures(writer: archive.Writer) -> None:
    path = Path(settings.DATA_DIR, ERASURES)
    content = path.read_bytes() if path.exists() else b""
    writer.add(archive.JOURNAL, io.BytesIO(content), len(content))


def _read_back(path: Path, identities: list[Any], manifest: Manifest, entry: Entry) -> None:
    """Read the archive from the disk as a restore would. Raises ArchiveDamaged."""
    with path.open("rb") as file:
        # Out of the memory of the system: what is on the disk is what is judged.
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        digest = _whole(file)
        file.seek(0)
        with archive.unsealed(file, identities) as stream:
            found = archive.read_archive(stream)
    if digest != entry or found != manifest:
        raise archive.ArchiveDamaged("La sauvegarde relue n’est pas celle qui a été écrite.")


def _whole(file: IO[bytes]) -> Entry:
    digest = archive.Digest(file)
    while digest.read(archive.BLOCK):
        pass
    return digest.entry


def _write_side(side: Path, name: str, manifest: Manifest, entry: Entry) -> None:
    said = manifest.in_clear() | {
        "archive": {"name": name, "size": entry.size, "sha256": entry.sha256}
    }
    with new_private_file(side) as file:
        file.write(json.dumps(said, ensure_ascii=False, indent=1).encode())
