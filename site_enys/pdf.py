"""Documents in PDF: typst templates under `templates/documents/`, accessible (PDF/UA-1).

The data reach the template as JSON and are printed as text, never read as markup: a title that
holds `#`, `*` or `$` is printed as it was typed. A letter that no font holds leaves a mark, a
picture nothing, rather than make the whole document impossible. The same data give the same bytes,
whatever the clock, and the fonts are those inside typst, whatever the machine.
"""

import hashlib
import json
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings

import typst

TEMPLATES = Path(settings.BASE_DIR, "templates")
#: PDF/UA refuses a text with a sign that no font holds: emoji, Chinese, Korean. Typst names it.
_UNKNOWN_SIGN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_UNKNOWN_SIGNS = 100


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Return the document « documents/<name>.typ » drawn with `data`, which must fit in JSON.

    Raises typst.TypstError when the template is wrong or would not be accessible.
    """
    printed = _json(data)
    for _ in range(_MOST_UNKNOWN_SIGNS):
        try:
            return _compile(template, printed)
        except typst.TypstError as error:
            unknown = _UNKNOWN_SIGN.search(str(error))
            if unknown is None:
                raise
            sign = _ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), unknown.group(1))
            printed = printed.replace(sign, "\ufffd" if sign.isalpha() else "")
    return _compile(template, printed)


def _compile(template: str, printed: str) -> bytes:
    return typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"data": printed},
        pdf_standards=["ua-1"],
    )


def fingerprint(template: str, data: dict[str, Any]) -> str:
    """What changes when, and only when, the document does: for an ETag, without drawing it."""
    return hashlib.sha256(f"{template}\n{template_version()}\n{_json(data)}".encode()).hexdigest()


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


@cache
def template_version() -> str:
    """A fingerprint of all the templates of this version, and of the program that draws them."""
    files = sorted((TEMPLATES / "documents").glob("*.typ"))
    texts = [version("typst"), *(path.read_text(encoding="utf-8") for path in files)]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
