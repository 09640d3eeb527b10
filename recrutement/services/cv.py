"""The checks of a CV, cheapest first: nothing is stored before the last one.

Extension, size, first bytes, then the inspection of `site_enys.uploads.pdf` in a process of its
own, then the antivirus when there is one.
Detectors of file types are not enough: they accept five good bytes followed by anything.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import File

from recrutement.exceptions import FileRefused
from recrutement.models import RecruitmentSettings
from site_enys.uploads import pdf, pdf_inspection
from site_enys.uploads.antivirus import ScanState, scan
from site_enys.uploads.names import display_name

MEGABYTE = 1024 * 1024  # bytes
MAX_PAGES = pdf_inspection.LONGEST

AS_PDF = "Enregistrez-le au format PDF depuis votre logiciel, puis joignez-le à nouveau."
REFUSALS = {
    "extension": f"Votre CV doit être un fichier PDF (nom en .pdf). {AS_PDF}",
    "size": "Votre CV dépasse {megabytes}\u00a0Mo. Réduisez ses images, puis joignez-le à nouveau.",
    "empty": "Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre appareil, puis joignez-le.",
    "signature": f"Ce fichier porte le nom d’un PDF, mais n’en est pas un. {AS_PDF}",
    "truncated": "Ce PDF est incomplet\u00a0: sa fin manque. Enregistrez-le de nouveau, puis "
    "joignez-le.",
    "unreadable": f"Nous n’arrivons pas à ouvrir ce PDF\u00a0: il semble abîmé. {AS_PDF}",
    "encrypted": "Ce PDF est protégé par un mot de passe. Joignez une version sans protection.",
    "long": f"Ce PDF compte trop de pages\u00a0: {MAX_PAGES} au plus. Joignez seulement votre CV.",
    "active": "Ce PDF contient un programme, un formulaire ou un fichier joint, que nous "
    "n’acceptons pas. «\u00a0Imprimez\u00a0» votre CV vers un nouveau PDF, puis joignez-le.",
    "bomb": "Ce PDF est trop lourd à ouvrir. Réduisez ses images, puis joignez-le à nouveau.",
    "infected": "L’antivirus a reconnu un programme malveillant dans ce fichier. Vérifiez votre "
    "appareil, puis joignez un PDF enregistré de nouveau.",
    "busy": "Nous n’avons pas pu ouvrir ce PDF à temps. Renvoyez le formulaire dans un instant.",
}


@dataclass(frozen=True)
class CheckedCV:
    """A file that has passed every check, and what was found."""

    content: File
    name: str
    sha256: str
    size: int
    pages: int
    scan_state: str = ScanState.NOT_SCANNED

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "sha256": self.sha256,
            "size": self.size,
            "pages": self.pages,
            "scan_state": str(self.scan_state),
        }


def check_cv(upload: File) -> CheckedCV:
    """Return the file with its facts. Raises FileRefused with one sentence that helps."""
    name = display_name(upload.name or "", "cv")
    if Path(name).suffix.lower() != ".pdf":
        raise _refused("extension")
    megabytes = RecruitmentSettings.load().max_file_megabytes
    if upload.size > megabytes * MEGABYTE:
        raise _refused("size", megabytes=megabytes)
    upload.seek(0)
    data = upload.read(megabytes * MEGABYTE)
    if not data:
        raise _refused("empty")
    if not data.startswith(b"%PDF-"):
        raise _refused("signature")
    pages = inspect(data)
    state = scan(data)
    if state == ScanState.INFECTED:
        raise _refused("infected")
    return CheckedCV(upload, name, hashlib.sha256(data).hexdigest(), len(data), pages, state)


def inspect(data: bytes) -> int:
    """The number of pages. Raises FileRefused."""
    try:
        return pdf.inspect(data)
    except pdf.PdfRefused as refusal:
        raise _refused(refusal.code) from None


def _refused(code: str, **facts: int) -> FileRefused:
    return FileRefused(REFUSALS[code].format(**facts))
