"""The files of the site, public and private, wherever the storages keep them."""

from collections.abc import Iterator
from typing import IO

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import Storage, default_storage, storages
from django.db.models import FileField

from site_enys.kept_files import FOLDER as WAITING
from site_enys.kept_files import names_under

from .archive import BLOCK, PRIVATE, PUBLIC, Digest, Readable
from .failures import BackupRefused
from .manifest import Entry

#: Folder of the archive, and the storage that it comes from.
STORES = {PUBLIC: "default", PRIVATE: "private"}
#: Lives for one hour, and no row names it.
LEFT_OUT = {PRIVATE: (f"{WAITING}/",), PUBLIC: ()}


def store(member: str) -> tuple[Storage, str]:
    """The storage of a member of the archive, and the name of the file there."""
    folder, _, name = member.partition("/")
    return storages[STORES[folder]], name


def is_file(member: str) -> bool:
    return member.partition("/")[0] in STORES


def listed() -> Iterator[str]:
    """Every file there is, as a member of the archive."""
    for folder, alias in STORES.items():
        for name in names_under(storages[alias], ""):
            if not name.startswith(LEFT_OUT[folder]):
                yield f"{folder}/{name}"


def named_by_rows() -> set[str]:
    """Every file that a row names now, as a member of the archive."""
    names = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                folder = PUBLIC if field.storage is default_storage else PRIVATE
                values = model._base_manager.values_list(field.attname, flat=True)  # noqa: SLF001 - documented
                names |= {f"{folder}/{name}" for name in values if name}
    return names


def opened(member: str) -> tuple[IO[bytes], int]:
    """The content of a file and its size. Raises FileNotFoundError when it is gone."""
    storage, name = store(member)
    file = storage.open(name, "rb")
    try:
        return file, file.size
    except BaseException:
        file.close()
        raise


def holds(member: str, entry: Entry) -> bool:
    """Whether this very file is there already."""
    storage, name = store(member)
    if not storage.exists(name) or storage.size(name) != entry.size:
        return False
    with storage.open(name, "rb") as file:
        digest = Digest(file)
        while digest.read(BLOCK):
            pass
    return digest.entry == entry


def put(member: str, content: Readable) -> None:
    """Write a file under its own name, in the place of another content."""
    storage, name = store(member)
    storage.delete(name)
    written = storage.save(name, _Passing(content, name))
    if written != name:
        raise BackupRefused(f"Le fichier {member} n’a pas pu reprendre son nom.")


class _Passing(File):
    """What can only be read onwards, once: by pieces for a folder, by `read` for a bucket."""

    def __init__(self, content: Readable, name: str) -> None:
        super().__init__(None, name)
        self._content = content

    def read(self, size: int = -1) -> bytes:
        return self._content.read(size)

    def seekable(self) -> bool:
        return False

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        while block := self.read(BLOCK):
            yield block


def remove(member: str) -> None:
    storage, name = store(member)
    storage.delete(name)
