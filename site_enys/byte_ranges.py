"""A part of a file, as players of videos ask for it (RFC 9110, section 14).

Safari plays nothing without it, and nobody can move in a film that only comes whole.
"""

import re
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
#: What is given at once, however much is asked for: a player then asks for what follows.
MOST = 2 * 1024 * 1024


def asked_part(request: HttpRequest, size: int) -> range | None:
    """The bytes to give: none when there are no such bytes, None when the whole file is asked."""
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    # A part of a former version would be no use: the whole file is always a right answer.
    if found is None or "If-Range" in request.headers or not any(found.groups()):
        return None
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    stop = int(last) + 1 if first and last else size
    return range(start, min(stop, size, start + MOST))


def part_response(file: Any, part: range, content_type: str) -> HttpResponse:
    """Those bytes of a stored file. Raises StoreUnavailable."""
    if not part:
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers={"Content-Range": f"bytes */{file.size}"},
        )
    return HttpResponse(
        _read(file, part),
        status=HTTPStatus.PARTIAL_CONTENT,
        content_type=content_type,
        headers={
            "Content-Range": f"bytes {part.start}-{part.stop - 1}/{file.size}",
            "Accept-Ranges": "bytes",
        },
    )


def _read(file: Any, part: range) -> bytes:
    # A distant store gives a part; opening the file would fetch the whole of it.
    if read_part := getattr(file.storage, "read_part", None):
        return read_part(file.name, part)
    with file.open("rb") as opened:
        opened.seek(part.start)
        return opened.read(len(part))
