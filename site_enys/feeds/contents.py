"""What a feed says, whatever the format it is written in.

Addresses are complete, instants aware, texts plain but for `html`, which `for_readers` has cleaned.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.feedgenerator import rfc3339_date


@dataclass(frozen=True)
class Person:
    name: str
    url: str = ""


@dataclass(frozen=True)
class Picture:
    """The picture of an entry; what it shows is said in the text, where it stands too."""

    url: str
    content_type: str
    width: int
    height: int


@dataclass(frozen=True)
class Discussion:
    """Where an entry is answered: the page, its own feeds by format, how many answers show."""

    url: str
    feeds: Mapping[str, str]
    count: int


@dataclass(frozen=True)
class Entry:
    """`id` never changes, even when the address does: it is how a reader knows what it has read.

    `updated` is the day when the meaning changed; nothing when it never did.
    """

    id: str
    url: str
    title: str
    html: str
    published: datetime
    updated: datetime | None = None
    summary: str = ""
    author: Person | None = None
    terms: Sequence[str] = ()
    picture: Picture | None = None
    discussion: Discussion | None = None

    @property
    def changed(self) -> datetime:
        """The last time it said something else; never before it appeared."""
        return max(self.published, self.updated or self.published)


@dataclass(frozen=True)
class Feed:
    """`addresses` are those of this feed, by format; `author` answers for entries without one."""

    id: str
    title: str
    description: str
    page_url: str
    addresses: Mapping[str, str]
    updated: datetime
    author: Person
    entries: Sequence[Entry]
    language: str = "fr"


def instant(at: datetime) -> str:
    """An instant as Atom and JSON Feed write it (RFC 3339), to the second."""
    return rfc3339_date(at.replace(microsecond=0))
