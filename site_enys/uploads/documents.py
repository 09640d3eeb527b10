"""One rule for the documents of the library: they are what their name announces, and run nothing.

PDF, office documents without macros, texts, films and their captions, archives of documents.
Images go to the images.
"""

import re
from pathlib import PurePath

from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile

from site_enys.exceptions import Refused

from . import archives, pdf, pdf_inspection
from .antivirus import ScanState, scan
from .names import display_name

LARGEST = 20 * 1024 * 1024
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "zip": "application/zip",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt",
}
_TEXTS = {"csv", "txt", "vtt"}
#: What comes first in the files that have such a mark. Films are not opened: browsers do, alone.
_BEGINNINGS = {
    "pdf": re.compile(rb"%PDF-"),
    "mp4": re.compile(rb".{4}ftyp", re.DOTALL),
    "webm": re.compile(rb"\x1a\x45\xdf\xa3.{0,60}webm", re.DOTALL),
    "vtt": re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT[\s]"),
}
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")

AGAIN = "Enregistrez-le de nouveau depuis votre logiciel, puis joignez-le."
REFUSALS = {
    "extension": "Ce document doit être un fichier {kinds}.",
    "size": "Ce document dépasse 20\u00a0Mo\u00a0: allégez-le (ses images, la taille de la vidéo).",
    "empty": "Ce fichier est vide\u00a0: vérifiez qu’il s’ouvre sur votre appareil.",
    "signature": "Le contenu de ce fichier n’est pas celui qu’annonce son nom "
    f"(«\u00a0.{{extension}}\u00a0»). {AGAIN}",
    "broken": f"Ce fichier est abîmé ou incomplet. {AGAIN}",
    "encrypted": "Ce document est protégé par un mot de passe\u00a0: joignez une version sans "
    "protection.",
    "active": "Ce document contient un programme (macro, script, objet ou fichier joint, modèle "
    "appelé d’ailleurs)\u00a0: enregistrez-le sans, ou exportez-le en PDF.",
    "bomb": "Ce document est trop lourd à ouvrir\u00a0: réduisez-le.",
    "long": f"Ce PDF compte plus de {pdf_inspection.LONG.pages}\u00a0pages\u00a0: partagez-le.",
    "outside": "Cette archive nomme des fichiers hors d’elle-même\u00a0: refaites-la.",
    "program": "Cette archive contient un programme, une page ou une autre archive\u00a0: "
    "retirez-les.",
    "text": "Ce fichier n’est pas un texte simple\u00a0: enregistrez-le en UTF-8.",
    "infected": "L’antivirus a reconnu un programme malveillant dans ce fichier. Vérifiez votre "
    "appareil.",
    "busy": "Nous n’avons pas pu ouvrir ce fichier à temps\u00a0: renvoyez-le dans un instant.",
}
#: What the inspection of a PDF says, in the words of this list.
PDF_REFUSALS = {"truncated": "broken", "unreadable": "broken"}


class DocumentRefused(Refused):
    """The file is not a document that we keep; the sentence says what to do."""

    field = "file"

    def __init__(self, code: str, extension: str = "") -> None:
        self.code = code
        kinds = ", ".join(TYPES).upper()
        super().__init__(REFUSALS[code].format(extension=extension, kinds=kinds))


class CheckedDocument(SimpleUploadedFile):
    """A document that has passed: it need not be looked into again."""


def checked(upload: File) -> CheckedDocument:
    """Return the document under a plain name. Raises DocumentRefused."""
    if isinstance(upload, CheckedDocument):
        return upload
    name = display_name(upload.name or "", "document")
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension not in TYPES:
        raise DocumentRefused("extension")
    if upload.size > LARGEST:
        raise DocumentRefused("size")
    upload.seek(0)
    data = upload.read(LARGEST + 1)
    refuse_unless_sound(data, extension)
    return CheckedDocument(name, data, TYPES[extension])


def refuse_unless_sound(data: bytes, extension: str) -> None:
    """Raises DocumentRefused when the content is not a sound file of that extension."""
    if not data:
        raise DocumentRefused("empty")
    try:
        _check_content(data, extension)
    except pdf.PdfRefused as refusal:
        code = PDF_REFUSALS.get(refusal.code, refusal.code)
        raise DocumentRefused(code, extension) from None
    except archives.ArchiveRefused as refusal:
        raise DocumentRefused(refusal.code, extension) from None
    if scan(data) == ScanState.INFECTED:
        raise DocumentRefused("infected")


def _check_content(data: bytes, extension: str) -> None:
    beginning = _BEGINNINGS.get(extension)
    if beginning is not None and not beginning.match(data):
        raise DocumentRefused("signature", extension)
    if extension == "pdf":
        pdf.inspect(data, pdf_inspection.LONG)
    elif extension in _TEXTS:
        _check_text(data)
    elif beginning is None:
        archives.check(data, extension)


def _check_text(data: bytes) -> None:
    """Written in UTF-8 or as Windows does in French; no byte that texts do not hold."""
    if CONTROLS.search(data):
        raise DocumentRefused("text")
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            raise DocumentRefused("text") from None
