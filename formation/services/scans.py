"""What a scan may be: a PDF or a picture that opens, judged by its content and not by its name."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import File

from PIL import Image
from pypdf import PdfReader

from formation.exceptions import ScanRefused, ScanTooLarge

LARGEST = 10 * 1024 * 1024  # bytes; a page photographed by a phone weighs about 4 MB
LARGEST_PICTURE = 60_000_000  # pixels; beyond, a small file may fill the memory

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
SUFFIXES = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}
_BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}


@dataclass(frozen=True)
class Scan:
    """A file that is what it says."""

    content: bytes
    kind: str

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.kind]


def read_scan(upload: File) -> Scan:
    """Return what somebody joins; raises ScanTooLarge or ScanRefused."""
    if upload.size > LARGEST:
        raise ScanTooLarge
    upload.seek(0)
    content = upload.read(LARGEST + 1)
    return Scan(content, refuse_unless_readable(content))


def type_of(head: bytes) -> str:
    """The type of a file by how it begins; nothing when it is none that we take."""
    return next((kind for begins, kind in _BEGINNINGS.items() if head.startswith(begins)), "")


def refuse_unless_readable(content: bytes) -> str:
    """Return the type of a scan; raises ScanTooLarge, or ScanRefused when it does not open.

    It is only ever served as an attachment, in a sandbox, to the team.
    """
    if len(content) > LARGEST:
        raise ScanTooLarge
    kind = type_of(content)
    if not kind:
        raise ScanRefused
    opens: Callable[[bytes], None] = _open_pdf if kind == PDF else _open_picture
    try:
        opens(content)
    except Exception as broken:  # both libraries raise anything at all on a damaged file
        raise ScanRefused from broken
    return kind


def _open_pdf(content: bytes) -> None:
    if not PdfReader(io.BytesIO(content)).pages[0]:
        raise ScanRefused


def _open_picture(content: bytes) -> None:
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        width, height = picture.size
        if width * height > LARGEST_PICTURE:
            raise ScanRefused
        picture.verify()
