"""One number for all the pages: what was kept under another one is never shown again.

Every process of the machine looks at the same small file; replacing it takes one system call, and
so does seeing that it was replaced.
"""

import os
import secrets
from pathlib import Path

from django.conf import settings

Generation = tuple[int, int]


def path() -> Path:
    return settings.DATA_DIR / "pages.generation"


def current() -> Generation:
    """What the pages kept now were made from. Raises OSError when the folder cannot be read."""
    try:
        seen = path().stat()
    except FileNotFoundError:
        renew()
        seen = path().stat()
    return seen.st_mtime_ns, seen.st_ino


def renew() -> None:
    """Make every kept page outdated, in every process. Raises OSError when it cannot be written."""
    fresh = path().with_name(f"pages.{os.getpid()}.{secrets.token_hex(4)}")
    fresh.write_bytes(b"")
    fresh.replace(path())
