"""What an independent checker says of our PDFs, and what is read in them."""

import io

from page import ValidationProfile, validate_pdf_bytes
from pypdf import PdfReader


def accessibility_faults(content: bytes) -> list[str]:
    """The rules of PDF/UA-1 that the document breaks, in the words of the checker."""
    report = validate_pdf_bytes(content, profile=ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


def text_of(content: bytes) -> str:
    """The text of all the pages on one line."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
