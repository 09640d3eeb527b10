"""The scan of a signed paper, told by its content and never by its name."""

import io
from dataclasses import dataclass

from django.core.files.base import File

from PIL import Image, UnidentifiedImageError

from formation.exceptions import ScanRefused

LARGEST_SCAN = 10 * 1024 * 1024  # bytes
#: A page of paper at 600 dots per inch, and some margin.
MOST_PIXELS = 60_000_000
_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_IMAGES = {"JPEG": "jpg", "PNG": "png"}


@dataclass(frozen=True)
class Scan:
    """A file that is what it says."""

    content: bytes
    suffix: str


def read_scan(upload: File) -> Scan:
    """Return a PDF, a JPEG or a PNG; raises ScanRefused with the sentence that helps."""
    if upload.size > LARGEST_SCAN:
        raise ScanRefused("Ce fichier dépasse 10\u00a0Mo\u00a0: numérisez-le en noir et blanc.")
    upload.seek(0)
    content = upload.read(LARGEST_SCAN + 1)
    if not content:
        raise ScanRefused("Ce fichier est vide.")
    return Scan(content, _suffix(content))


def content_type(content: bytes) -> str:
    """What a stored scan is served as."""
    return _TYPES[_suffix(content)]


def _suffix(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise ScanRefused("Ce PDF est incomplet\u00a0: sa fin manque. Numérisez-le à nouveau.")
        return "pdf"
    try:
        with Image.open(io.BytesIO(content), formats=list(_IMAGES)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ScanRefused("Cette image est trop grande\u00a0: numérisez-la à 300 points.")
            found = _IMAGES[image.format or ""]
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ScanRefused("Joignez un PDF, ou une image JPEG ou PNG.") from None
    return found
