"""Addresses as QR codes, in SVG."""

import io
from typing import Any

import segno

INK = "#0e3b47"
# One mask for all printed codes: looking for the prettiest of eight costs as much as a document.
_MASK = 2


def printed_qr(text: str) -> str:
    """The text as a QR code with its own size, for a PDF."""
    return _svg(segno.make(text, error="m", mask=_MASK))


def shown_qr(address: str) -> str:
    """The address as a QR code without a size of its own: the screen gives it one."""
    return _svg(segno.make(address, error="m"), svgns=True, omitsize=True)


def _svg(code: segno.QRCode, **options: Any) -> str:
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", xmldecl=False, border=2, dark=INK, **options)
    return drawn.getvalue().decode()
