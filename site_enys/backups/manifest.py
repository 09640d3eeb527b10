"""What an archive says of itself: enough to refuse it, to check it, and to compare a restore."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings

from .failures import ArchiveDamaged, BackupRefused

#: Of the archives that this code writes, and the newest that it reads.
FORMAT = 1

Migration = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """One file of the archive."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The last member of an archive. `files` holds every other member, pieces of the dump included.

    `missing` are files that a row named and that were not there; `gone` those deleted between the
    listing and the reading.
    """

    made_at: str
    site: str
    vendor: str
    server: int
    migrations: list[Migration]
    rows: dict[str, int]
    files: dict[str, Entry]
    missing: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def date(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    def written(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    def totals(self) -> dict[str, dict[str, int]]:
        """Number and bytes of the members, by folder: it names no file."""
        totals: dict[str, dict[str, int]] = {}
        for name, entry in self.files.items():
            folder = totals.setdefault(name.partition("/")[0], {"count": 0, "bytes": 0})
            folder["count"] += 1
            folder["bytes"] += entry.size
        return totals

    def in_clear(self) -> dict[str, Any]:
        """What may lie beside an encrypted archive: counts and dates, nothing of anybody."""
        return {
            "format": self.format,
            "made_at": self.made_at,
            "site": self.site,
            "vendor": self.vendor,
            "server": self.server,
            "rows": self.rows,
            "members": self.totals(),
            "missing": len(self.missing),
            "gone": len(self.gone),
        }


def read(raw: bytes) -> Manifest:
    """Raises ArchiveDamaged, or BackupRefused when a newer site wrote it."""
    try:
        values = json.loads(raw)
        check_format(values["format"], str(values.get("site", "")))
        files = {name: Entry(**entry) for name, entry in values["files"].items()}
        migrations = [(app, name) for app, name in values["migrations"]]
        return Manifest(**values | {"files": files, "migrations": migrations})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveDamaged("Le manifeste de cette archive ne se lit pas.") from error


def check_format(number: Any, site: str = "") -> None:
    """Refuse an archive made by a site that we do not know yet."""
    if not isinstance(number, int) or not 1 <= number <= FORMAT:
        by = f" (site {site})" if site else ""
        raise BackupRefused(
            f"Cette archive est au format {number}{by}, et ce site lit jusqu’au format {FORMAT}. "
            "Installez une version plus récente du site, puis recommencez."
        )


def unknown_migrations(applied: Iterable[Migration], known: Iterable[Migration]) -> list[Migration]:
    """What the archive has been through and the code here has never heard of."""
    return sorted(set(applied) - set(known))


@cache
def site_version() -> str:
    """The version that `pyproject.toml` declares."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
