"""A file that a form has accepted waits here while the person corrects the other fields.

A browser never sends a file twice by itself. The accepted file is kept for one hour in the private
store; the form carries its name, signed for that form alone, in a hidden field.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils import timezone

from .exceptions import StoreUnavailable
from .jobs import job
from .models import random_name
from .private_storage import private_storage

FOLDER = "attente"
KEPT_FOR = timedelta(hours=1)
LONGEST_STEM = 80
LONGEST_SUFFIX = 10


@dataclass(frozen=True)
class KeptFile:
    """An accepted file in waiting: where it is stored, how it was called, what was found in it."""

    stored: str
    name: str
    facts: Mapping[str, Any]
    token: str

    def content(self) -> ContentFile:
        """The file itself. Raises StoreUnavailable, FileNotFoundError when it was swept."""
        with private_storage().open(self.stored, "rb") as stored:
            return ContentFile(stored.read(), name=self.name)


def keep(
    content: File, *, name: str, facts: Mapping[str, Any], purpose: str, now: datetime
) -> KeptFile:
    """Store an accepted file and return it with the token that finds it again.

    `purpose` names the form; a token made for one form opens nothing in another.
    Raises StoreUnavailable.
    """
    content.seek(0)
    name = shortened(name)
    stored = private_storage().save(f"{FOLDER}/{random_name(None, name)}", content)
    token = signing.dumps([stored, name, dict(facts), now.isoformat()], salt=_salt(purpose))
    return KeptFile(stored, name, facts, token)


def find(token: str, *, purpose: str, now: datetime) -> KeptFile | None:
    """Return the file that a form carries, or None: forged, of another form, too old, swept."""
    try:
        stored, name, facts, kept_at = signing.loads(token, salt=_salt(purpose))
        age = now - datetime.fromisoformat(kept_at)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if age > KEPT_FOR or not _is_there(stored):
        return None
    return KeptFile(stored, name, facts, token)


def _is_there(stored: str) -> bool:
    try:
        return private_storage().exists(stored)
    except StoreUnavailable:
        return True  # it was; `content` will say


def shortened(name: str) -> str:
    """A file name that stays recognisable, and short enough for a field of a form."""
    path = PurePath(name)
    return path.stem[:LONGEST_STEM] + path.suffix[:LONGEST_SUFFIX]


@job("menage-fichiers-en-attente", every=timedelta(minutes=15))
def sweep(now: datetime) -> str:
    """Delete the files that have waited for more than an hour."""
    deleted = delete_older(private_storage(), FOLDER, now - KEPT_FOR)
    return f"fichiers en attente effacés\u00a0: {deleted}"


def delete_older(
    storage: Storage, folder: str, limit: datetime, *, spared: frozenset[str] = frozenset()
) -> int:
    """Delete the files below `folder` last written before `limit`, except those in `spared`."""
    names = list(older(storage, folder, limit, spared=spared))
    for name in names:
        storage.delete(name)
    return len(names)


def older(
    storage: Storage, folder: str, limit: datetime, *, spared: frozenset[str] = frozenset()
) -> Iterator[str]:
    """The files below `folder` last written before `limit`, except those in `spared`."""
    for name in names_under(storage, folder):
        if name not in spared and _written_at(storage, name) < limit:
            yield name


def names_under(storage: Storage, folder: str) -> Iterator[str]:
    """Every stored name below a folder, which may not exist yet; "" is the whole store."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    inside = f"{folder}/" if folder else ""
    for file in files:
        yield inside + file
    for inner in folders:
        yield from names_under(storage, inside + inner)


def _written_at(storage: Storage, name: str) -> datetime:
    try:
        return storage.get_modified_time(name)
    except FileNotFoundError:  # deleted since it was listed
        return timezone.now()


def _salt(purpose: str) -> str:
    return f"kept-file:{purpose}"
