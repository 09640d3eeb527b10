"""A calendar read again without the library that wrote it."""

import re


def read(content: bytes | memoryview) -> tuple[str | None, list[dict[str, str]]]:
    """(method, entries) of a calendar, by the grammar of RFC 5545 alone."""
    raw = bytes(content)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    text = re.sub(r"\r\n[ \t]", "", raw.decode())
    method = re.search(r"^METHOD:(\w+)", text, re.MULTILINE)
    entries = []
    for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL):
        lines = (line.partition(":") for line in block.splitlines())
        entries.append({name.partition(";")[0]: value for name, _, value in lines})
    return method[1] if method else None, entries
