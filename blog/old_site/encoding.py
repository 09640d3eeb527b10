"""Bytes as text, whatever the charset, and what kind of text it is."""

import codecs
import re

from .sources import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:charset\s*=\s*["']?|<\?xml[^>]{0,80}encoding=["'])([\w-]{2,40})""", re.I
)
_BINARY = (b"\x1f\x8b", b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF")
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype html|html|head|body|div|p|h[1-6])[\s>]", re.IGNORECASE)
MOST_CONTROLS = 0.02


def decode(content: bytes) -> str:
    """The text of a file. Raises Unreadable for what is no text."""
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("vide")
    if content.startswith(_BINARY):
        raise Unreadable("un fichier binaire sous un nom de page")
    text = _decoded(content)
    controls = sum(text.count(chr(code)) for code in (0, 1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18))
    if controls > MOST_CONTROLS * len(text) + 8:
        raise Unreadable("un fichier binaire sous un nom de page")
    return text.replace("\0", "")


def _decoded(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:4096])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    # Browsers read Latin 1 as Windows 1252, and so did those who wrote it.
    if name in {"", "utf-8", "utf8", "iso-8859-1", "latin1", "us-ascii", "ascii"}:
        name = "cp1252" if name not in {"utf-8", "utf8"} else "utf-8"
    try:
        return content.decode(name, errors="replace")
    except LookupError:
        return content.decode("cp1252", errors="replace")


def is_feed(text: str) -> bool:
    return bool(_FEED.search(text[:2000]))


def is_html(text: str) -> bool:
    return bool(_HTML.search(text[:20_000]))
