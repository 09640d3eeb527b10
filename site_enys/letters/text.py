"""The text part of an e-mail, read from what its HTML says."""

import re
import textwrap
from collections.abc import Iterator

from bs4 import NavigableString, Tag

WIDTH = 74
_SPACES = re.compile(r"[ \t\r\n]+")  # a no-break space is no space here
_AROUND_BREAK = re.compile(r" *\n *")
# An address is written after the words that lead to it, between marks that nobody types.
_LAST_ON_ITS_LINE = re.compile(r"[\s.]*\x02([^\x03]*)\x03[ .]*(?=\n|$)")
# Readers take the full stop for a part of the address.
_FULL_STOP = re.compile(r"(https?://\S+)\.(?=\n|$)")
_WITHIN = re.compile(r"\x02([^\x03]*)\x03")


def as_text(part: Tag) -> str:
    """What it says, one blank line between the blocks; each link is followed by its address."""
    return "\n\n".join(block for block in _blocks(part) if block)


def wrapped(text: str) -> str:
    """Lines short enough for a window of eighty columns; what begins a line goes on with it."""
    return "\n".join(line for whole in text.split("\n") for line in _fold(whole))


def _fold(line: str) -> list[str]:
    mark = re.match(r"(?:> )*(?:- )?", line)
    start = mark.group() if mark else ""
    next_lines = start.replace("- ", "  ")
    return textwrap.wrap(
        line,
        WIDTH,
        subsequent_indent=next_lines,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [line]


def _blocks(part: Tag) -> Iterator[str]:
    heading = ""
    for child in part.find_all(name=True, recursive=False):
        if child.name == "h2":
            heading = f"{_line(child)}\u00a0:\n"
            continue
        yield heading + _block(child)
        heading = ""


def _block(child: Tag) -> str:
    if child.name == "ul":
        return "\n".join(f"- {_line(item)}" for item in child.find_all("li"))
    if child.name == "table":
        return "\n".join(_fact(row) for row in child.find_all("tr"))
    if child.name == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in as_text(child).split("\n"))
    return _line(child)


def _fact(row: Tag) -> str:
    """« Lieu : Lyon »; the address of a link stands between brackets, for the fact goes on."""
    label, value = (_inline(cell) for cell in row.find_all(["th", "td"]))
    said = _WITHIN.sub(r" (\1)", value).strip()
    return f"{label.strip()}\u00a0: {said}"


def _line(part: Tag) -> str:
    said = _AROUND_BREAK.sub("\n", _inline(part)).strip()
    said = _WITHIN.sub(r" (\1)", _LAST_ON_ITS_LINE.sub("\u00a0: \\1", said))
    return _FULL_STOP.sub(r"\1", said)


def _inline(part: Tag) -> str:
    pieces = []
    for child in part.children:
        if isinstance(child, Tag):
            pieces.append("\n" if child.name == "br" else _tagged(child))
        elif isinstance(child, NavigableString):
            pieces.append(_SPACES.sub(" ", child))
    return "".join(pieces)


def _tagged(child: Tag) -> str:
    said = _inline(child)
    address = str(child.get("href", "")) if child.name == "a" else ""
    return f"{said}\x02{address}\x03" if address and address != said else said
