"""Files that only their owner reads, written for good; and what a disk says, in French."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from .failures import BackupRefused

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def new_private_file(path: Path) -> Iterator[BinaryIO]:
    """A new file for its owner alone, on the disk when the block ends."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names of a folder on the disk, as its files are."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def in_french(doing: str) -> Iterator[None]:
    """Raise BackupRefused for an error of the system. `doing` follows « Impossible »."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise BackupRefused(
                f"Impossible {doing}\u00a0: il n’y a plus de place (disque plein, ou quota "
                "atteint). Rien n’a été laissé à moitié."
            ) from error
        place = f" ({error.filename})" if error.filename else ""
        raise BackupRefused(f"Impossible {doing}\u00a0: {error.strerror}{place}.") from error
