"""What no PDF sent to us needs, and what its reader would obey: told from one dictionary of it.

Beside `pdf_inspection.py`, which runs alone: nothing of the site is imported here.
"""

import re
import zlib
from typing import Any

# ISO 32000-1: 12.6 (actions), 12.5.6 (annotations), 7.11 (files), 12.7.8 (XFA).
ACTIVE_KEYS = frozenset(
    {"/AA", "/EF", "/EmbeddedFile", "/EmbeddedFiles", "/JS", "/JavaScript", "/RichMedia", "/XFA"}
)
ACTIVE_ACTIONS = frozenset(
    {
        "/GoToE",
        "/GoToR",
        "/ImportData",
        "/JavaScript",
        "/Launch",
        "/Movie",
        "/Rendition",
        "/RichMediaExecute",
        "/Sound",
        "/SubmitForm",
    }
)
ACTIVE_TYPES = frozenset(
    {"/3D", "/EmbeddedFile", "/FileAttachment", "/Filespec", "/Movie", "/PS", "/RichMedia"}
    | {"/Screen", "/Sound"}
)
HARMLESS_AT_OPENING = frozenset({"", "/GoTo"})
HARMLESS_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
HOST_AND_PORT = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}:[0-9]{1,5}(?:/|$)")
NOT_WRITTEN = re.compile(r"[\s\x00-\x1f\x7f]")  # a reader of addresses leaves them out

INFLATED = ("/FlateDecode", "/Fl")
EXPANDING = (*INFLATED, "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL", "/BrotliDecode")
LONGEST_CHAIN = 3  # filters: what programs write is one, or one inside an ASCII one
DECLARED = ("/Size", "/N", "/First", "/Length", "/Count", "/Columns", "/Index")
LARGEST_NUMBER = 10_000_000  # of objects, of bytes, of columns: a file has five millions of bytes
LARGEST_PICTURE = 100_000_000  # points: an A4 page at 900 dpi has 80 millions
CHUNK = 1_000_000


class Unacceptable(Exception):
    """The file is refused; the message is the code of the reason."""


def opens_something(catalog: Any) -> bool:
    """Whether opening the file does more than show a page of it."""
    action = resolved(catalog.get("/OpenAction"))
    return isinstance(action, dict) and text(action, "/S") not in HARMLESS_AT_OPENING


def is_active(thing: Any) -> bool:
    """Whether a program, an attached file or a foreign address hangs on this dictionary."""
    if not ACTIVE_KEYS.isdisjoint(thing):
        return True
    if text(thing, "/S") in ACTIVE_ACTIONS:
        return True
    if not ACTIVE_TYPES.isdisjoint({text(thing, "/Type"), text(thing, "/Subtype")}):
        return True
    if is_stream(thing) and "/F" in thing:  # its data lie in another file
        return True
    return any(leads_astray(text(thing, key)) for key in ("/URI", "/Base"))


def leads_astray(address: str) -> bool:
    """Whether a link does anything else than open a web page, a message or a call."""
    bare = NOT_WRITTEN.sub("", address).lower()
    scheme = SCHEME.match(bare)
    if scheme is None:
        return bare.startswith("\\\\")  # a folder of another machine
    return scheme[1] not in HARMLESS_SCHEMES and not HOST_AND_PORT.match(bare)


def is_absurd(thing: Any) -> bool:
    """Whether it announces more than any CV holds, for a reader that would believe it."""
    if number(thing, "/Width") * number(thing, "/Height") > LARGEST_PICTURE:
        return True
    declared = [resolved(thing.get(key)) for key in DECLARED]
    numbers = [one for value in declared for one in (value if isinstance(value, list) else [value])]
    return any(isinstance(one, int) and abs(one) > LARGEST_NUMBER for one in numbers)


def expanded_size(thing: Any, limit: int) -> int:
    """How many bytes a compressed stream becomes; stops counting just above `limit`."""
    raw = getattr(thing, "_data", None)
    if not isinstance(raw, bytes) or not raw:
        return 0
    names = filters_of(thing)
    expanding = [name for name in names if name in EXPANDING]
    # Compressed twice: no writing program does that, bombs do.
    if len(expanding) > 1 or len(names) > LONGEST_CHAIN or len(set(names)) < len(names):
        raise Unacceptable("bomb")
    if not expanding:
        return len(raw)
    if names[0] not in INFLATED:
        return len(thing.get_data())  # rare; the library limits it
    return _inflated_size(raw, limit)


def filters_of(stream: Any) -> list[str]:
    """The names of its filters; they may be references, as anything may."""
    filters = resolved(stream.get("/Filter", []))
    listed = filters if isinstance(filters, list) else [filters]
    return [str(resolved(name)) for name in listed]


def _inflated_size(raw: bytes, limit: int) -> int:
    engine = zlib.decompressobj()
    size, rest = 0, raw
    while rest and size <= limit and not engine.eof:
        try:
            size += len(engine.decompress(rest, CHUNK))
        except zlib.error:  # readers show what came before the damage
            break
        rest = engine.unconsumed_tail
    return size


def is_stream(thing: Any) -> bool:
    return hasattr(thing, "_data")


def text(thing: Any, key: str) -> str:
    """The text or name under `key`; bytes that are no text are read one by one."""
    value = resolved(thing.get(key))
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value if isinstance(value, str) else ""


def number(thing: Any, key: str) -> float:
    value = resolved(thing.get(key))
    return float(value) if isinstance(value, int | float) else 0


def resolved(value: Any) -> Any:
    """What a reference leads to, or the value itself."""
    return value.get_object() if hasattr(value, "get_object") else value
