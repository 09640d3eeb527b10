"""Documents in PDF, and pictures of them: typst templates under `templates/documents/`.

A PDF is accessible (PDF/UA-1). The data reach the template as JSON and are printed as text, never
read as markup: a title that holds `#`, `*` or `$` is printed as it was typed. A letter that no font
holds leaves a mark, a picture nothing, rather than make the whole document impossible. The same
data give the same bytes, whatever the clock, and the fonts are the site’s and typst’s own, whatever
the machine.
"""

import hashlib
import json
import re
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(settings.BASE_DIR, "templates")
FONTS = TEMPLATES / "documents/fonts"
#: PDF/UA refuses a text with a sign that no font holds: emoji, Chinese, Korean. Typst names it.
_UNKNOWN_SIGN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_UNKNOWN_SIGNS = 100
#: What joins, dresses or encloses emoji: typst would name another sign than the one at fault.
_JOINERS = re.compile(
    "[\u200d\u20dd-\u20e0\u20e2-\u20e4\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Return the document « documents/<name>.typ » drawn with `data`, which must fit in JSON.

    Raises typst.TypstError when the template is wrong or would not be accessible.
    """
    return _drawn(template, data)[0]


def render_png(template: str, data: dict[str, Any]) -> bytes:
    """The same as a picture, one pixel to a point, of a document of one page.

    Drawn as a PDF first, which names the signs that no font holds: a picture has boxes for them.
    """
    printed = _drawn(template, data)[1]
    return _compile(template, printed, format="png", ppi=72)


def _drawn(template: str, data: dict[str, Any]) -> tuple[bytes, str]:
    """The PDF, and the data without the signs that could not be printed."""
    import typst  # noqa: PLC0415 - several megabytes, for those who print

    printed = _JOINERS.sub("", _json(data))
    for _ in range(_MOST_UNKNOWN_SIGNS):
        try:
            return _compile(template, printed, pdf_standards=["ua-1"]), printed
        except typst.TypstError as error:
            unknown = _UNKNOWN_SIGN.search(str(error))
            if unknown is None:
                raise
            sign = _ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), unknown.group(1))
            printed = _without(sign, printed)
    return _compile(template, printed, pdf_standards=["ua-1"]), printed


def _without(sign: str, printed: str) -> str:
    if sign.isascii():  # which every font holds: some mark that combines with it is at fault
        composed = unicodedata.normalize("NFC", printed)
        return "".join(char for char in composed if not unicodedata.combining(char))
    return printed.replace(sign, "\ufffd" if sign.isalpha() else "")


def _compile(template: str, printed: str, **options: Any) -> bytes:
    import typst  # noqa: PLC0415 - as above

    return typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"data": printed},
        **options,
    )


def fingerprint(template: str, data: dict[str, Any]) -> str:
    """What changes when, and only when, the document does: for an ETag, without drawing it."""
    return hashlib.sha256(f"{template}\n{template_version()}\n{_json(data)}".encode()).hexdigest()


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


@cache
def _fonts() -> "typst.Fonts":
    import typst  # noqa: PLC0415 - as above

    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


@cache
def template_version() -> str:
    """A fingerprint of all the templates of this version, and of the program that draws them."""
    folder = (TEMPLATES / "documents").rglob("*")
    files = sorted(path for path in folder if path.suffix in {".typ", ".ttf"})
    texts = [version("typst").encode(), *(path.read_bytes() for path in files)]
    return hashlib.sha256(b"\n".join(texts)).hexdigest()
