"""The style sheet of the public pages: written in parts, one subject each, served as one file."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

SHEET = "css/site.css"
PARTS = (
    "tokens",
    "fonts",
    "base",
    "layout",
    "components",
    "forms",
    "blocks",
    "pages",
    "print",
)
# They are for whoever writes the parts.
COMMENT = re.compile(r"[ \t]*/\*.*?\*/\n?", re.DOTALL)
INDENT = re.compile(r"\n\s+")


class WholeSheet(BaseFinder):
    """Finds `css/site.css`, made of the parts in their order; made again when one has changed."""

    def __init__(self, app_names: Iterable[str] | None = None) -> None:
        self.parts = [settings.BASE_DIR / f"static/css/{name}.css" for name in PARTS]
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "made")

    def find(self, path: str, find_all: Any = False, **kwargs: Any) -> Any:  # noqa: FBT002 - Django's
        found = [str(self.made())] if path == SHEET else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        self.made()
        yield SHEET, self.storage

    def made(self) -> Path:
        sheet = Path(self.storage.path(SHEET))
        newest = max(part.stat().st_mtime for part in self.parts)
        if not sheet.exists() or sheet.stat().st_mtime < newest:
            sheet.parent.mkdir(parents=True, exist_ok=True)
            # Put in place at once: several processes may make it together.
            draft = sheet.with_suffix(f".{id(self)}.css")
            written = COMMENT.sub("\n", "".join(part.read_text() for part in self.parts))
            draft.write_text(INDENT.sub("\n", written).lstrip())
            draft.replace(sheet)
        return sheet
