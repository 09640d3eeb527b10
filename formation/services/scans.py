"""What a scan may be: a PDF or a picture that opens, judged by its content and not by its name."""

from dataclasses import dataclass

from django.core.files.base import File

from formation.exceptions import ScanRefused, ScanTooLarge
from site_enys.exceptions import Refused
from site_enys.uploads import documents, pictures

LARGEST = 10 * 1024 * 1024  # bytes; a page photographed by a phone weighs about 4 MB

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
    try:
        if kind == PDF:
            documents.refuse_unless_sound(content, "pdf")
        else:
            pictures.refuse_unless_whole(content)
    except Refused as refusal:
        raise ScanRefused(str(refusal)) from refusal
    return kind
