"""« Mes données » to be taken away: for a machine, to be read, and all of it in one archive."""

import json
import logging
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import IO, Any

from django.utils import timezone

from rgpd.register import HeldFile
from rgpd.words import Sheet, in_words, paragraphs, parts_of
from site_enys.pdf import render_pdf

logger = logging.getLogger(__name__)

TITLE = "Ce que nous savons de vous"
NOTHING = "Rien."
MADE = "Établi le"
#: What an archive may take in memory; beyond, it is a temporary file.
IN_MEMORY = 5 * 1024 * 1024
LONGEST_NAME = 100


def own_data_json(data: Mapping[str, Any]) -> bytes:
    """The data for a machine (RGPD, article 20): days and instants in ISO 8601, as in Paris."""
    return json.dumps(data, ensure_ascii=False, indent=2, default=_for_a_machine).encode()


def own_data_pdf(data: Mapping[str, Any]) -> bytes:
    """The data to be read (RGPD, article 15), accessible (PDF/UA-1).

    The labels are the keys; values are written after their type. What lies at the top level without
    being facts heads the document; « Établi le » is its date.
    """
    head, parts = parts_of(data)
    printed = {
        "title": TITLE,
        "footer": f"{TITLE}, {in_words(data[MADE])}" if MADE in data else TITLE,
        "head": _lines(head),
        "parts": [_printed(part) for part in parts],
        "nothing": NOTHING,
    }
    return render_pdf("documents/personal_data.typ", printed)


def own_data_zip(data: Mapping[str, Any], files: Iterable[HeldFile]) -> IO[bytes]:
    """Both, and the files, in one archive, ready to be read from its beginning."""
    content: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mes-donnees.json", own_data_json(data))
        archive.writestr("mes-donnees.pdf", own_data_pdf(data))
        taken: set[str] = set()
        for file in files:
            _add(archive, file, taken)
    content.seek(0)
    return content


def _add(archive: zipfile.ZipFile, file: HeldFile, taken: set[str]) -> None:
    name = _free_name(file.name, taken)
    try:
        with file.open() as stored, archive.open(f"pieces/{name}", "w") as copy:
            for chunk in iter(lambda: stored.read(64 * 1024), b""):
                copy.write(chunk)
    except (FileNotFoundError, ValueError):  # ValueError: the row has no file any more
        logger.warning("Pièce absente du stockage, demandée par «\u00a0Mes données\u202f»")
        archive.writestr(f"pieces/{name}.absente.txt", "Cette pièce n’existe plus.\n")


def _free_name(name: str, taken: set[str]) -> str:
    """A name without folders, that no other file of the archive has."""
    plain = PurePath(name.replace("\\", "/")).name
    plain = "".join(char for char in plain if char.isprintable()).strip(" .") or "piece"
    path = PurePath(plain)
    stem, suffix = path.stem[:LONGEST_NAME], path.suffix[:10]
    free, number = stem + suffix, 2
    while free.lower() in taken:
        free, number = f"{stem} ({number}){suffix}", number + 1
    taken.add(free.lower())
    return free


def _printed(part: Sheet) -> dict[str, Any]:
    return {
        "title": part.title,
        "lines": _lines(part.lines),
        "inner": [_printed(inner) for inner in part.inner],
    }


def _lines(lines: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"label": label, "text": paragraphs(text)} for label, text in lines]


def _for_a_machine(value: Any) -> Any:
    """What JSON does not know: instants as clocks in Paris show them, and the rest as text."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return str(value)
