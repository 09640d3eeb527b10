"""Each article of the old site once, with the best of what each source says of it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from site_enys.french import fold

from .addresses import clean_slug, key_of, last_part, slug_of_title
from .cleaning import Piece, pieces_of
from .dates import DateReader, has_hour
from .feed import NO_CATEGORY
from .records import OldAuthor, OldComment, OldPage, OldPost, Origin, Reading


@dataclass
class Article:
    """An article: its sources, the best first, and what was chosen among them."""

    key: str
    sources: list[OldPost]
    date: datetime | None = None
    author: str = ""
    categories: list[str] = field(default_factory=list)
    comments: list[tuple[OldComment, datetime | None]] = field(default_factory=list)
    _pieces: list[Piece] | None = None

    def pieces(self, hosts: set[str]) -> list[Piece]:
        """The text of the best source, cleaned; the work is done once."""
        if self._pieces is None:
            self._pieces = pieces_of(self.best.html, self.base, hosts)
        return self._pieces

    @property
    def best(self) -> OldPost:
        return self.sources[0]

    @property
    def title(self) -> str:
        return self.best.title[:255]

    @property
    def addresses(self) -> set[str]:
        own = {source.address for source in self.sources if source.address}
        return own.union(*(source.also for source in self.sources))

    @property
    def base(self) -> str:
        """The old path from which the links of the best source count."""
        return self.best.address or "/blog"

    @property
    def wanted_slug(self) -> str:
        address = next((source.address for source in self.sources if source.address), "")
        return (
            clean_slug(address, self.title) if address else slug_of_title(self.title) or "article"
        )

    @property
    def is_cut(self) -> bool:
        return self.best.origin is Origin.EXTRACT


@dataclass
class Inventory:
    articles: list[Article]
    pages: list[OldPage]
    authors: list[OldAuthor]
    dates: DateReader

    def words_of(self, name: str) -> str:
        """The presentation of an author, the longest that was read."""
        own = [author.words for author in self.authors if fold(author.name) == fold(name)]
        return max(own, key=len, default="")


def take_stock(reading: Reading, now: datetime, default_author: str) -> Inventory:
    """Match what was read in several places. Articles come oldest first, undated ones last."""
    dates = DateReader(reading.dates(), now)
    articles = [_article(posts, dates) for posts in _same(reading.posts, dates)]
    late = {key: article for article in articles for key in map(key_of, article.addresses)}
    for key, comment in reading.comments:
        if (article := late.get(key)) and not _known(comment, article):
            article.comments.append((comment, dates.read(comment.date)))
    panel = _panel(reading.authors)
    for article in articles:
        article.author = article.author or panel or default_author
    articles.sort(key=lambda article: (article.date is None, article.date or now, article.key))
    return Inventory(articles, _pages(reading.pages), reading.authors, dates)


def _same(posts: list[OldPost], dates: DateReader) -> list[list[OldPost]]:
    """The posts of one article together: by address, then by title and day."""
    groups: dict[str, list[OldPost]] = {}
    by_title: dict[str, list[str]] = {}
    for post in sorted(posts, key=lambda post: not post.address):
        title = fold(post.title)
        alike = [(key, groups[key][0]) for key in by_title.get(title, [])]
        key = _group_of(post, alike, dates)
        groups.setdefault(key, []).append(post)
        by_title.setdefault(title, []).append(key)
    return list(groups.values())


def _group_of(post: OldPost, alike: list[tuple[str, OldPost]], dates: DateReader) -> str:
    """The article that the post shows, among those of the same title."""
    key = key_of(post.address) if post.address else ""
    if key and any(other == key for other, _ in alike):
        return key
    for other, first in alike:
        without = not post.address or not first.address
        if _near(first, post, dates) and (without or last_part(other) == last_part(key)):
            return other
    return key or key_without_address(post, dates)


def _near(one: OldPost, other: OldPost, dates: DateReader) -> bool:
    """The same day, or its neighbour: feeds count the day in another part of the world."""
    first, second = dates.read(one.date), dates.read(other.date)
    if first is None or second is None:
        return first is second or bool(one.address) != bool(other.address)
    return abs((timezone.localdate(first) - timezone.localdate(second)).days) <= 1


def _article(posts: list[OldPost], dates: DateReader) -> Article:
    posts = sorted(posts, key=lambda post: (-post.origin, -len(post.html)))
    key = next((key_of(post.address) for post in posts if post.address), "")
    article = Article(key or key_without_address(posts[0], dates), posts)
    article.date = _date(posts, dates)
    article.author = next((post.author for post in posts if post.author), "")
    names = {fold(name): name for post in posts for name in sorted(post.categories)}
    article.categories = sorted(name for key, name in names.items() if key not in NO_CATEGORY)
    for post in posts:
        fresh = [comment for comment in post.comments if not _known(comment, article)]
        article.comments += [(comment, dates.read(comment.date)) for comment in fresh]
    return article


def key_without_address(post: OldPost, dates: DateReader) -> str:
    day = dates.read(post.date)
    return f"{slug_of_title(post.title)[:180]} {timezone.localdate(day) if day else 'sans date'}"


def _date(posts: list[OldPost], dates: DateReader) -> datetime | None:
    """The day that readers saw; with the hour that a feed gives for that day."""
    read = [(post, day) for post in posts if (day := dates.read(post.date))]
    shown = next((day for post, day in read if post.origin is not Origin.FEED), None)
    exact = next((day for post, day in read if has_hour(post.date)), None)
    if shown is None:
        return read[0][1] if read else None
    if exact and timezone.localdate(exact) == timezone.localdate(shown):
        return exact
    return shown


def _known(comment: OldComment, article: Article) -> bool:
    return any(_mark(comment) == _mark(other) for other, _ in article.comments)


def _mark(comment: OldComment) -> tuple[str, str]:
    return fold(comment.name), "".join(fold(comment.text).split())


def comment_key(article_key: str, comment: OldComment) -> str:
    """What tells a comment from the others, without its words."""
    name, text = _mark(comment)
    return hashlib.sha256(f"{article_key}\n{name}\n{text}".encode()).hexdigest()


def _panel(authors: list[OldAuthor]) -> str:
    """The author of all, when the panels name one: the most often named."""
    names = [author.name for author in authors if author.name]
    return max(names, key=names.count, default="")


def _pages(pages: list[OldPage]) -> list[OldPage]:
    """Each page once, by address and else by title; the longest text wins."""
    kept: dict[str, OldPage] = {}
    for page in sorted(pages, key=lambda page: -len(page.html)):
        key = key_of(page.address) if page.address else f"/{slug_of_title(page.title)}"
        kept.setdefault(key, page)
    return [kept[key] for key in sorted(kept)]
