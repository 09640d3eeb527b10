"""Documents in PDF: typst templates under `templates/documents/`, accessible (PDF/UA-1).

The data reach the template as JSON and are printed as text, never read as markup: a title that
holds `#`, `*` or `$` is printed as it was typed. The same data give the same bytes, whatever the
clock, and the fonts are those inside typst, whatever the machine.
"""

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings

import typst

TEMPLATES = Path(settings.BASE_DIR, "templates")


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Return the document « documents/<name>.typ » drawn with `data`, which must fit in JSON.

    Raises typst.TypstError when the template is wrong or would not be accessible.
    """
    return typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"data": _json(data)},
        pdf_standards=["ua-1"],
    )


def fingerprint(template: str, data: dict[str, Any]) -> str:
    """What changes when, and only when, the document does: for an ETag, without drawing it."""
    return hashlib.sha256(f"{template}\n{_drawing()}\n{_json(data)}".encode()).hexdigest()


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


@cache
def _drawing() -> str:
    """All the templates of this version of the site, and the program that draws them."""
    files = sorted((TEMPLATES / "documents").glob("*.typ"))
    texts = [version("typst"), *(path.read_text(encoding="utf-8") for path in files)]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
