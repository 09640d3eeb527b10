"""Articles and comments in a page of the old blog."""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from site_enys.french import fold

from .addresses import is_list, key_of, last_part, old_path
from .feed import NO_CATEGORY
from .markup import attribute, classes, words
from .records import OldComment, OldPost, Origin, Reading
from .sources import LARGEST_PAGE

_MORE = re.compile(
    r"^\W*(?:lire la suite|lire plus|en savoir plus|read more|continue reading)\W*$", re.I
)
_LEVEL = re.compile(r"blogCommentLevel(\d+)")
_NOT_THE_TEXT = (
    ".blog-social, .blog-comments, .blog-comments-bottom, .blog-post-separator, .blog-separator, "
    ".blog-page-nav-previous, .blog-page-nav-next, #commentArea, #comments, .blogCommentWrap, "
    ".blog-comment-area, .blog-sidebar, .blog-read-more, .blog-post-categories, .blog-tags, "
    ".blog-category-list"
)
#: The parts of a comment in the old blog, in their order; boxes around them vary with the theme.
_AUTHOR, _DATE, _TEXT = "blogCommentAuthor", "blogCommentDate", "blogCommentText"
_COMMENT_BOX = re.compile(r"^(?:blogCommentWrap|blogCommentBlock|comment)$")
_ANSWER_BOX = re.compile(r"blogCommentLevel[1-9]|reply|children", re.IGNORECASE)
_COMMENT_AREAS = "#commentArea, #comments, .blog-comment-area, .blogCommentWrap"
_COMMENTS = ".blogCommentWrap", ".blogCommentBlock", ".blog-comment", "#comments .comment"
_PARTS = {
    "name": (".blogCommentAuthor .name", ".blogCommentAuthor", "[class*=uthor]", "cite"),
    "date": (".blogCommentDate", "time", "[class*=ate]"),
    "text": (".blogCommentText", "[class*=ext]", "[class*=body]", "p"),
}


@dataclass
class Found:
    """An article in a page, and whether it was cut short there."""

    record: OldPost
    cut: bool
    links_to: str  # its own address, as its title says it

    def become_the_page(self, address: str) -> None:
        self.record.origin = Origin.EXTRACT if self.cut else Origin.PAGE
        self.record.address = self.links_to or address


def posts_of(soup: BeautifulSoup, address: str, name: str, reading: Reading) -> list[Found]:
    """Every article that a page shows."""
    boxes = [box for box in soup.select(".blog-post") if not box.find_parent(class_="blog-post")]
    if not boxes:
        boxes = soup.select('[id^="blog-post-"]')
    found = []
    for box in boxes:
        if len(str(box)) > LARGEST_PAGE:
            reading.note(f"{name} : {_title(box)[:80]}", "article trop gros, laissé")
        elif post := _post(box, address, name, reading):
            found.append(post)
    return found


def is_alone(found: list[Found], address: str, soup: BeautifulSoup) -> bool:
    """Whether the page is that of its one article, and not a list that happens to hold one."""
    if len(found) != 1 or is_list(address):
        return False
    own = found[0].links_to
    if own and address and key_of(own) == key_of(address):
        return True
    if own and address and last_part(own) == last_part(address):
        return True
    return bool(soup.select_one(_COMMENT_AREAS)) or not own


def _post(box: Tag, address: str, name: str, reading: Reading) -> Found | None:
    title = _title(box)
    link = box.select_one("a.blog-title-link, .blog-title a, h1 a.blog-link, h2 a.blog-link")
    own = old_path(attribute(link, "href"), address, reading.hosts) if link else ""
    if not own and link:
        own = _without_host(attribute(link, "href"))
    content = box.select_one(".blog-content") or box
    cut = _take_more_away(content)
    categories = _categories(box, content, address, reading)
    date = _date(box)
    for tag in content.select(_NOT_THE_TEXT):
        tag.extract()
    if content is box:
        for tag in box.select(".blog-title, .blog-date, .blog-header"):
            tag.extract()
    if not title and not words(content):
        return None
    record = OldPost(
        title=title or "Sans titre",
        html=content.decode_contents(),
        origin=Origin.EXTRACT if cut else Origin.LIST,
        source=name,
        address=own,
        date=date,
        categories=categories,
    )
    return Found(record, cut, own)


def _title(box: Tag) -> str:
    return words(box.select_one(".blog-title, a.blog-title-link, h1, h2"))


def _date(box: Tag) -> str:
    stamped = box.select_one(".blog-date time[datetime], .blog-header time[datetime]")
    if isinstance(stamped, Tag):
        return attribute(stamped, "datetime")
    return words(box.select_one(".blog-date .date-text, .date-text, .blog-date"))


def _without_host(href: str) -> str:
    """Titles link to « //www.old-site.fr/blog/… » : in a title, the host is that of the site."""
    return old_path(re.sub(r"^(?:https?:)?//[^/]+", "", href), "/", set()) if href else ""


def _take_more_away(content: Tag) -> bool:
    """Whether the text ends on « Lire la suite », which goes."""
    cut = False
    for link in [*content.select(".blog-read-more"), *content.find_all("a")]:
        if "blog-read-more" in classes(link) or _MORE.match(words(link)):
            link.extract()
            cut = True
    return cut


def _categories(box: Tag, content: Tag, address: str, reading: Reading) -> set[str]:
    """The categories linked below the article, and that of the list it was found in."""
    names = set()
    for link in box.find_all("a"):
        path = old_path(attribute(link, "href"), address, reading.hosts)
        inside = content is not box and content in link.parents
        if "/category/" in path and words(link) and not inside:
            names.add(words(link))
    if "/category/" in address:
        names.add(reading.categories.get(key_of(address), ""))
    return {name for name in names if name and fold(name) not in NO_CATEGORY}


def comments_of(soup: BeautifulSoup) -> list[OldComment]:
    """The comments below an article, in their order."""
    if soup.select_one(f".{_AUTHOR}") and soup.select_one(f".{_TEXT}"):
        return [comment for comment in _told_in_order(soup) if comment.text]
    for selector in _COMMENTS:
        if boxes := soup.select(selector):
            found = [_comment(box) for box in boxes]
            return [comment for comment in found if comment.text]
    return []


def _told_in_order(soup: BeautifulSoup) -> list[OldComment]:
    """A name begins a comment, which the date and the text that follow belong to."""
    found: list[OldComment] = []
    first = 0
    for part in soup.select(f".{_AUTHOR}, .{_DATE}, .{_TEXT}"):
        named = set(classes(part))
        if _AUTHOR in named:
            depth = _depth(part)
            first = depth if not found else first
            answer = bool(found) and (depth > first or _is_marked_as_answer(part))
            found.append(OldComment(words(part), "", "", answer))
        elif found and _DATE in named:
            found[-1].date = found[-1].date or words(part)
        elif found:
            found[-1].text = found[-1].text or _lines(part)
    return found


def _depth(part: Tag) -> int:
    """In how many boxes of comments it stands: an answer may be inside what it answers."""
    return sum(bool(_COMMENT_BOX.match(name)) for name in _around(part))


def _is_marked_as_answer(part: Tag) -> bool:
    return any(_ANSWER_BOX.search(name) for name in _around(part))


def _around(part: Tag) -> list[str]:
    return [name for box in part.parents if isinstance(box, Tag) for name in classes(box)]


def _comment(box: Tag) -> OldComment:
    level = _LEVEL.search(" ".join(classes(box)))
    nested = box.find_parent(class_=_COMMENT_BOX)
    parts = {name: _part(box, selectors) for name, selectors in _PARTS.items()}
    answer = nested is not None or (level is not None and int(level[1]) > 0)
    return OldComment(words(parts["name"]), words(parts["date"]), _lines(parts["text"]), answer)


def _part(box: Tag, selectors: tuple[str, ...]) -> Tag | None:
    for selector in selectors:
        if isinstance(found := box.select_one(selector), Tag):
            return found
    return None


def _lines(tag: Tag | None) -> str:
    if tag is None:
        return ""
    for line_break in tag.find_all("br"):
        line_break.replace_with("\n")
    for paragraph in tag.find_all(["p", "div"]):
        paragraph.append("\n\n")
    text = tag.get_text().replace("\u00a0", " ").replace("\u200b", "")
    lines = "\n".join(" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
