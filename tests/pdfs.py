"""What an independent checker says of our PDFs, what is read in them, and one that is a scan."""

import io

from page import ValidationProfile, validate_pdf_bytes
from pypdf import PdfReader, PdfWriter


def accessibility_faults(content: bytes) -> list[str]:
    """The rules of PDF/UA-1 that the document breaks, in the words of the checker."""
    report = validate_pdf_bytes(content, profile=ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


def text_of(content: bytes) -> str:
    """The text of all the pages on one line."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def one_page() -> bytes:
    """A blank page, as a scanner would bring it."""
    writer, written = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(written)
    return written.getvalue()
