"""What a row says, in words: the same sentences on the page and in the document."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from site_enys.french import plural
from site_enys.templatetags.typography import hour_of, long_date, moment

#: Lists of facts are shown one thing after the other; lists of plain values, on one line.
Several = list | tuple | set | frozenset


@dataclass
class Sheet:
    """A heading, short facts below it, and other sheets. No title: one thing of several."""

    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    inner: list["Sheet"] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.lines and not self.inner


def sheet(title: str, said: Any) -> Sheet:
    """Facts, or a list of them, ready to be read. What is empty is left out."""
    if isinstance(said, Several):
        return Sheet(title, inner=[sheet("", thing) for thing in said])
    if not isinstance(said, Mapping):
        return Sheet(title, [] if _is_empty(said) else [("", in_words(said))])
    own = Sheet(title)
    for label, value in said.items():
        if _is_empty(value):
            continue
        if _has_parts(value):
            own.inner.append(sheet(label, value))
        else:
            own.lines.append((label, in_words(value)))
    return own


def in_words(value: Any) -> str:
    """One value as one reads it, in Paris; what people typed stays as they typed it."""
    for kind, written in _WRITTEN:
        if isinstance(value, kind):
            return written(value)
    return str(value)


def paragraphs(text: str) -> list[list[str]]:
    """A text as a list of paragraphs, each a list of lines."""
    blocks = text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n")
    return [block.strip().split("\n") for block in blocks if block.strip()] or [[""]]


def parts_of(data: Mapping[str, Any]) -> tuple[list[tuple[str, str]], list[Sheet]]:
    """Everything about a person: what heads the page, then its parts, the empty ones included."""
    head = [
        (label, in_words(value))
        for label, value in data.items()
        if not isinstance(value, Mapping | Several) and not _is_empty(value)
    ]
    parts = [
        sheet(label, value) for label, value in data.items() if isinstance(value, Mapping | Several)
    ]
    return head, parts


def _has_parts(value: Any) -> bool:
    things: Iterable[Any] = value if isinstance(value, Several) else [value]
    return any(isinstance(thing, Mapping) for thing in things)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | Mapping | Several) and not value)


#: The first that fits: yes and no are numbers too, and instants are days.
_WRITTEN: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (Several, lambda values: ", ".join(in_words(one) for one in values)),
    (bool, lambda value: "oui" if value else "non"),
    (datetime, moment),
    (date, long_date),
    (time, hour_of),
    (timedelta, lambda value: plural(round(value / timedelta(minutes=1)), "minute", "minutes")),
    (Decimal | float, lambda value: str(value).replace(".", ",")),
)
