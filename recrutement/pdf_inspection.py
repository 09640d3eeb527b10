"""Look into a PDF that a stranger sent. Run as a program, alone, with little time and memory.

    python -I pdf_inspection.py < file

Prints one JSON line: {"pages": 3}, or {"refusal": "<code>"} with a code of `services/cv.py`. It
imports nothing of the site: a flaw in the PDF library meets neither the database nor the settings.
"""

import io
import json
import logging
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

MEMORY = 512 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 5
LONGEST = 20  # pages
# What the compressed parts of one CV may become: several full-page photographs, not a bomb.
EXPANDED = 150_000_000  # bytes
CHUNK = 1_000_000

ACTIVE_KEYS = frozenset(
    {"/AA", "/EF", "/EmbeddedFile", "/EmbeddedFiles", "/JS", "/JavaScript", "/RichMedia", "/XFA"}
)
ACTIVE_ACTIONS = frozenset(
    {"/GoToE", "/ImportData", "/JavaScript", "/Launch", "/Rendition", "/SubmitForm"}
)
ACTIVE_TYPES = frozenset({"/EmbeddedFile", "/FileAttachment", "/RichMedia"})
INFLATED = ("/FlateDecode", "/Fl")
EXPANDING = (*INFLATED, "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL", "/BrotliDecode")


class Unacceptable(Exception):
    """The file is refused; the message is the code of the reason."""


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def inspect(data: bytes) -> int:
    """Return the number of pages. Raises Unacceptable, or anything at all on a broken file."""
    from pypdf import PdfReader  # noqa: PLC0415 - after the limits
    from pypdf.errors import DependencyError  # noqa: PLC0415

    if not data[-2048:].rstrip(b"\0 \t\r\n").endswith(b"%%EOF"):
        raise Unacceptable("truncated")
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Unacceptable("active")
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
    except DependencyError:  # a cipher that is not installed
        raise Unacceptable("encrypted") from None
    if reader.is_encrypted:
        raise Unacceptable("encrypted")
    pages = count_pages(reader)
    expanded = 0
    for thing in every_object(reader):
        if is_active(thing):
            raise Unacceptable("active")
        expanded += expanded_size(thing, EXPANDED - expanded)
        if expanded > EXPANDED:
            raise Unacceptable("bomb")
    return pages


def count_pages(reader: Any) -> int:
    announced = reader.root_object["/Pages"].get("/Count", 0)
    if announced > LONGEST:
        raise Unacceptable("long")
    pages = len(reader.pages)
    if pages > LONGEST:
        raise Unacceptable("long")
    if pages < 1:
        raise Unacceptable("empty")
    return pages


def every_object(reader: Any) -> Iterator[Any]:
    """Every dictionary and array of the file, whether or not a page leads to it."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415

    numbers = {(number, gen) for gen, rows in reader.xref.items() for number in rows}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    yield from _inside(reader.trailer)
    for number, generation in sorted(numbers):
        yield from _inside(IndirectObject(number, generation, reader).get_object())


def _inside(root: Any) -> Iterator[Any]:
    waiting = [root]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, dict):
            yield thing
            waiting.extend(_direct(thing.values()))
        elif isinstance(thing, list):
            waiting.extend(_direct(thing))


def _direct(values: Iterable[Any]) -> list[Any]:
    """Without the references: each object is visited once, from the table of the file."""
    return [value for value in values if isinstance(value, dict | list)]


def is_active(thing: Any) -> bool:
    if not ACTIVE_KEYS.isdisjoint(thing):
        return True
    action, kind, subkind, address = (
        _text(thing, key) for key in ("/S", "/Type", "/Subtype", "/URI")
    )
    if action in ACTIVE_ACTIONS or not ACTIVE_TYPES.isdisjoint({kind, subkind}):
        return True
    return address.strip().lower().startswith("javascript:")


def _text(thing: Any, key: str) -> str:
    value = thing.get(key)
    value = value.get_object() if hasattr(value, "get_object") else value
    return value if isinstance(value, str) else ""


def expanded_size(thing: Any, limit: int) -> int:
    """How many bytes a compressed stream becomes; stops counting just above `limit`."""
    raw = getattr(thing, "_data", None)
    if not isinstance(raw, bytes) or not raw:
        return 0
    filters = thing.get("/Filter", [])
    names = [str(name) for name in (filters if isinstance(filters, list) else [filters])]
    expanding = [name for name in names if name in EXPANDING]
    if len(expanding) > 1:  # compressed twice: no writing program does that, bombs do
        raise Unacceptable("bomb")
    if not expanding:
        return len(raw)
    if names[0] not in INFLATED:
        return len(thing.get_data())  # rare; the library limits it
    engine = zlib.decompressobj()
    size, rest = 0, raw
    while rest and size <= limit and not engine.eof:
        try:
            size += len(engine.decompress(rest, CHUNK))
        except zlib.error:  # readers show what came before the damage
            break
        rest = engine.unconsumed_tail
    return size


def main() -> None:
    limit_resources()
    logging.disable(logging.CRITICAL)
    try:
        answer: dict[str, Any] = {"pages": inspect(sys.stdin.buffer.read())}
    except Unacceptable as refusal:
        answer = {"refusal": str(refusal)}
    except MemoryError:
        answer = {"refusal": "bomb"}
    except Exception:
        answer = {"refusal": "unreadable"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
