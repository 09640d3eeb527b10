"""What stands beside the articles: the author's panel, the archives, the categories, the pagers."""

import re

from bs4 import BeautifulSoup, Tag

from site_enys.french import fold

from .addresses import is_list, key_of, month_of, old_path
from .dates import month_year
from .markup import attribute, classes, words
from .records import OldAuthor, Reading

_CATEGORY = re.compile(r"/category/([^/]+?)(?:/\d+)?$")
_PANELS = frozenset(
    {"auteur", "auteure", "autrice", "author", "about the author", "a propos de l’auteur"}
)
LONGEST_NAME = 5
_PARTICLES = frozenset({"de", "du", "des", "d", "la", "le", "van", "von", "el", "ben"})
_NAME = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def read_lists(soup: BeautifulSoup, address: str, reading: Reading) -> None:
    """The months, categories and lists that the page links to."""
    for link in soup.find_all("a"):
        path = old_path(attribute(link, "href"), address, reading.hosts)
        if path and is_list(path):
            reading.seen.add(path)
            _take(path, words(link), reading)
    for line in soup.select(".blog-archive-list"):
        for text in line.stripped_strings:
            if month := month_year(text):
                reading.months.add(month)


def _take(path: str, name: str, reading: Reading) -> None:
    if month := month_of(path):
        reading.months.add(month)
    elif match := _CATEGORY.search(path):
        if name and not name.isdigit():
            reading.categories.setdefault(key_of(path), name)
        reading.categories.setdefault(key_of(path), match[1].replace("-", " "))


def author_of(soup: BeautifulSoup) -> OldAuthor | None:
    """Who the panel « Auteur » presents."""
    for heading in soup.select("h2, h3, h4"):
        known = "blog-author-title" in classes(heading)
        if known or (fold(words(heading)).strip(" :") in _PANELS and _beside(heading)):
            parts: list[str] = []
            for after in heading.find_next_siblings():
                if after.name in {"h2", "h3", "h4"} or "blog-archives-title" in classes(after):
                    break
                parts += _lines(after)
            return author_in_words(parts)
    return None


def author_in_words(lines: list[str]) -> OldAuthor | None:
    """The name that opens the panel, and the presentation that follows it."""
    lines = [line for line in (" ".join(line.split()) for line in lines) if line]
    if not lines:
        return None
    name, rest = name_at_start(lines[0])
    presentation = " ".join([rest, *lines[1:]] if name else lines).strip()
    return OldAuthor(name, presentation)


def name_at_start(line: str) -> tuple[str, str]:
    """(« Sylvie Yonli », the rest) of « Sylvie YONLI Responsable de service… ».

    A first name, then the family name in capitals; a line that is nothing but two to five words
    with capitals is a name too.
    """
    tokens = line.rstrip(" ,.:").split()
    shouted = [at for at, token in enumerate(tokens[:LONGEST_NAME]) if _shouted(token)]
    named = 2 <= len(tokens) <= LONGEST_NAME and all(_is_name(token) for token in tokens)
    if named and not shouted:
        return _cased(tokens), ""
    if not shouted or not all(_is_name(token) for token in tokens[: shouted[0]]):
        return "", line
    end = shouted[0]
    while end < len(tokens) and (_shouted(tokens[end]) or tokens[end].lower() in _PARTICLES):
        end += 1
    while tokens[end - 1].lower() in _PARTICLES:
        end -= 1
    if end < 2:
        return "", line
    rest = " ".join(line.split()[end:]).lstrip(",.:;–—- ")
    return _cased(tokens[:end]), rest


def _shouted(token: str) -> bool:
    bare = token.strip(",.:;")
    return len(bare) > 1 and bare.isupper() and bool(_NAME.fullmatch(bare))


def _is_name(token: str) -> bool:
    bare = token.strip(",.")
    if bare.lower() in _PARTICLES:
        return True
    return bare[:1].isupper() and bool(_NAME.fullmatch(bare))


def _cased(tokens: list[str]) -> str:
    shown = []
    for token in tokens:
        bare = token.strip(",.:;")
        shown.append(bare.title() if bare.isupper() and len(bare) > 1 else bare)
    return " ".join(shown)


def _lines(tag: Tag) -> list[str]:
    for line_break in tag.find_all("br"):
        line_break.replace_with("\n")
    return tag.get_text().split("\n")


def _beside(heading: Tag) -> bool:
    return heading.find_parent(class_=re.compile("sidebar|column-blog")) is not None
