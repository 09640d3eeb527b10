"""What is read in the saved material, before anything is decided about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum


class Origin(IntEnum):
    """Where a text was read; the greatest gives the best text."""

    EXTRACT = 0  # cut short: « Lire la suite »
    CAPTURE = 1  # the words alone
    LIST = 2  # a page that shows several articles
    FEED = 3
    PAGE = 4  # the article's own page


@dataclass
class OldComment:
    name: str
    date: str
    text: str
    is_answer: bool = False


@dataclass
class OldAuthor:
    """Who writes, as the panel beside the articles says it."""

    name: str = ""
    words: str = ""


@dataclass
class OldPost:
    """An article as one source shows it. `address` is its path on the old site, if known."""

    title: str
    html: str
    origin: Origin
    source: str
    address: str = ""
    #: Other paths under which the same page was known.
    also: set[str] = field(default_factory=set)
    date: str = ""
    author: str = ""
    categories: set[str] = field(default_factory=set)
    comments: list[OldComment] = field(default_factory=list)


@dataclass
class OldPage:
    """Any other page of the old site."""

    title: str
    html: str
    source: str
    address: str = ""


@dataclass
class Note:
    """A sentence about one thing, for the report."""

    about: str
    sentence: str


@dataclass
class Reading:
    """All that was read."""

    posts: list[OldPost] = field(default_factory=list)
    pages: list[OldPage] = field(default_factory=list)
    authors: list[OldAuthor] = field(default_factory=list)
    comments: list[tuple[str, OldComment]] = field(default_factory=list)  # by path of the article
    months: set[tuple[int, int]] = field(default_factory=set)
    categories: dict[str, str] = field(default_factory=dict)  # name by path
    seen: set[str] = field(default_factory=set)  # paths of lists, pagers and feeds
    hosts: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    files: int = 0

    def add(self, other: "Reading") -> None:
        """Put what another file says with what is known."""
        self.posts += other.posts
        self.pages += other.pages
        self.authors += other.authors
        self.comments += other.comments
        self.notes += other.notes
        self.months |= other.months
        self.categories |= other.categories
        self.seen |= other.seen
        self.hosts |= other.hosts

    def note(self, about: str, sentence: str) -> None:
        self.notes.append(Note(about, sentence))

    def dates(self) -> Iterable[str]:
        """Every date as it was written."""
        for post in self.posts:
            yield post.date
            yield from (comment.date for comment in post.comments)
        yield from (comment.date for _, comment in self.comments)
