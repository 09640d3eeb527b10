"""Look into a PDF that somebody sent. Run as a program, alone, with little time and memory.

    python -I pdf_inspection.py [pages expanded objects seconds] < file

Prints one JSON line: {"pages": 3}, or {"refusal": "<code>"} with a code of `pdf.py`. It
imports nothing of the site: a flaw in the PDF library meets neither the database nor the settings.
What an object may hold is said beside, in `pdf_dangers.py`.
"""

import io
import json
import logging
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

try:
    from site_enys.uploads.pdf_dangers import (
        Unacceptable,
        expanded_size,
        is_absurd,
        is_active,
        opens_something,
    )
except ImportError:  # run alone, without the site
    sys.path.append(str(Path(__file__).parent))
    from pdf_dangers import (  # type: ignore[no-redef]
        Unacceptable,
        expanded_size,
        is_absurd,
        is_active,
        opens_something,
    )

MEMORY = 512 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 5
LONGEST = 20  # pages
# What the compressed parts of one CV may become: several full-page photographs, not a bomb.
EXPANDED = 150_000_000  # bytes
DEEPEST = 100  # arrays and dictionaries inside one another
MOST_OBJECTS = 20_000  # a tagged document of twenty pages has a few thousands
TOO_MUCH = frozenset({"LimitReachedError", "RecursionError"})  # of the library, of Python
OBJECT_HEADER = re.compile(
    rb"(?<![0-9])([0-9]{1,10})(?:[\0\s]|%[^\r\n]*[\r\n])+[0-9]{1,5}"
    rb"(?:[\0\s]|%[^\r\n]*[\r\n])+obj(?![a-z])"
)
TRAILER = re.compile(rb"trailer[\0\s]*(?=<<)")
# What begins another kind of file, or makes a web server run one; none belongs in a CV. Each is
# long enough not to be met by chance in five million bytes of a photograph.
FOREIGN = re.compile(
    rb"<\?php|<script|<html|<!doctype html|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c"
    rb"|\x7fELF[\x01\x02][\x01\x02]\x01|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    rb"|This program cannot be run in DOS mode",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Limits:
    """How much one file may hold: pages, bytes once expanded, objects; what it may cost."""

    pages: int = LONGEST
    expanded: int = EXPANDED
    objects: int = MOST_OBJECTS
    seconds: int = CPU_SECONDS


#: A CV, which a stranger sends.
SHORT = Limits()
#: A document of the library, or a scan of many sheets: sent by the team, or to the team.
LONG = Limits(pages=600, expanded=600_000_000, objects=200_000, seconds=15)


def limit_resources(seconds: int | None = None) -> None:
    seconds = seconds or CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def inspect(data: bytes, limits: Limits = SHORT) -> int:
    """Return the number of pages. Raises Unacceptable, or anything at all on a broken file."""
    if not data[-2048:].rstrip(b"\0 \t\r\n").endswith(b"%%EOF"):
        raise Unacceptable("truncated")
    if zipfile.is_zipfile(io.BytesIO(data)) or FOREIGN.search(data):
        raise Unacceptable("active")
    reader = opened(data)
    pages = count_pages(reader, limits.pages)
    if opens_something(reader.root_object):
        raise Unacceptable("active")
    expanded = 0
    for thing in every_object(reader, data, limits.objects):
        if is_active(thing):
            raise Unacceptable("active")
        if is_absurd(thing):
            raise Unacceptable("bomb")
        expanded += expanded_size(thing, limits.expanded - expanded)
        if expanded > limits.expanded:
            raise Unacceptable("bomb")
    return pages


def opened(data: bytes) -> Any:
    """A reader of the file, when it asks for no password and no key."""
    from pypdf import PdfReader  # noqa: PLC0415 - after the limits
    from pypdf.errors import DependencyError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
    except DependencyError:  # a cipher that is not installed
        raise Unacceptable("encrypted") from None
    if reader.is_encrypted:
        raise Unacceptable("encrypted")
    return reader


def count_pages(reader: Any, most: int) -> int:
    announced = reader.root_object["/Pages"].get("/Count", 0)
    if announced > most:
        raise Unacceptable("long")
    pages = len(reader.pages)
    if pages > most:
        raise Unacceptable("long")
    if pages < 1:
        raise Unacceptable("empty")
    return pages


def every_object(reader: Any, data: bytes, most: int) -> Iterator[Any]:
    """Every dictionary of the file, whether or not a page or its table leads to it."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415

    former = former_places(reader, data, most)
    numbers = {(number, gen) for gen, rows in reader.xref.items() for number in rows}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    yield from _inside(reader.trailer)
    for number, generation in sorted(numbers):
        yield from _whole(reader, IndirectObject(number, generation, reader).get_object())
    for place in former:
        yield from _whole(reader, _read_at(reader, data, place))


def former_places(reader: Any, data: bytes, most: int) -> list[int]:
    """Where what the table does not name begins: earlier versions, that a repair brings back."""
    known = {offset for rows in reader.xref.values() for offset in rows.values()}
    headers = list(islice(OBJECT_HEADER.finditer(data), most + 1))
    trailers = list(islice(TRAILER.finditer(data), most + 1))
    if len(headers) + len(trailers) > most:
        raise Unacceptable("bomb")
    former = [header.end() for header in headers if header.start() not in known]
    return former + [trailer.end() for trailer in trailers]


def _whole(reader: Any, thing: Any) -> Iterator[Any]:
    """The object, what lies directly in it, and what it packs when it is an object stream."""
    yield from _inside(thing)
    if hasattr(thing, "get_data") and thing.get("/Type") == "/ObjStm":
        text, first = thing.get_data(), int(thing["/First"])
        starts = [first + int(offset) for offset in text[:first].split()[1::2]]
        for start in starts:
            yield from _inside(_read_at(reader, text, start))


def _read_at(reader: Any, data: bytes, start: int) -> Any:
    from pypdf.generic import read_object  # noqa: PLC0415

    source = io.BytesIO(data)
    source.seek(_after_blanks(data, start))
    return read_object(source, reader)


def _after_blanks(data: bytes, start: int) -> int:
    while start < len(data) and data[start] in b"\0\t\n\f\r ":
        start += 1
    return start


def _inside(root: Any) -> Iterator[Any]:
    """The dictionaries that lie in it, without following references: each is visited once."""
    waiting = [(root, 0)]
    while waiting:
        thing, depth = waiting.pop()
        if depth > DEEPEST:
            raise Unacceptable("bomb")
        if isinstance(thing, dict):
            yield thing
        inner = thing.values() if isinstance(thing, dict) else thing
        if isinstance(thing, dict | list):
            waiting.extend((one, depth + 1) for one in inner if isinstance(one, dict | list))


def verdict(data: bytes, limits: Limits = SHORT) -> dict[str, Any]:
    """{"pages": …} or {"refusal": …}; whatever goes wrong is a refusal."""
    try:
        return {"pages": inspect(data, limits)}
    except Unacceptable as refusal:
        return {"refusal": str(refusal)}
    except MemoryError:
        return {"refusal": "bomb"}
    except Exception as error:
        return {"refusal": "bomb" if type(error).__name__ in TOO_MUCH else "unreadable"}


def main() -> None:
    limits = Limits(*map(int, sys.argv[1:]))
    limit_resources(limits.seconds)
    logging.disable(logging.CRITICAL)
    sys.stdout.write(json.dumps(verdict(sys.stdin.buffer.read(), limits)))


if __name__ == "__main__":
    main()
