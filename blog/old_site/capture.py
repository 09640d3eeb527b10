"""A page of the old site saved as its words alone: menu, text, panels, one under another."""

import re
from html import escape
from itertools import groupby

from site_enys.french import fold

from .dates import is_date, month_year
from .records import OldComment, OldPage, OldPost, Origin, Reading
from .sidebar import author_in_words

_BULLET = re.compile(r"^\s*[•·▪◦●*-]\s+")
_COUNT = re.compile(r"^\d+\s+comment(?:aire|s?\b)", re.IGNORECASE)
_CLOSE = "✕×✖"
LONGEST_HEADING = 110
_PANELS = {
    "auteur": "author",
    "author": "author",
    "archives": "archives",
    "categories": "categories",
    "flux rss": "feed",
    "rss feed": "feed",
}
_END_OF_TEXT = (
    "laisser une reponse",
    "leave a reply",
    "les commentaires sont fermes",
    "comments are closed",
)
_ANSWER = ("repondre", "reply", "lien", "link")
# A captured page that is no article must say something.
SHORTEST_PAGE = 80


def read_capture(text: str, name: str) -> Reading:
    """What a capture says: an article when a date stands under its title, else a page."""
    reading = Reading()
    lines = [line.strip("\ufeff\u200b") for line in text.splitlines()]
    lines = [line for line in lines if line.strip(_CLOSE + " \u00a0") or not line.strip()]
    start = _after_menu(lines)
    dated = next((at for at in range(start, len(lines)) if is_date(lines[at])), None)
    title_at = _above(lines, dated) if dated is not None else None
    if dated is not None and title_at is not None and dated - title_at <= 4:
        _post(lines, title_at, dated, name, reading)
    else:
        _page(lines[start:], name, reading)
    return reading


def _after_menu(lines: list[str]) -> int:
    """Where the text begins: after the name of the site and its menu, when there is a menu."""
    bullets = [at for at, line in enumerate(lines[:80]) if _BULLET.match(line)]
    if len(bullets) < 3 or bullets[0] > 4 or not _shouts(lines[bullets[0]]):
        return 0
    end = bullets[0]
    while end < len(lines) and (_BULLET.match(lines[end]) or not lines[end].strip()):
        end += 1
    return end


def _shouts(line: str) -> bool:
    return _BULLET.sub("", line).strip().isupper()


def _above(lines: list[str], at: int) -> int | None:
    return next((up for up in range(at - 1, -1, -1) if lines[up].strip()), None)


def _post(lines: list[str], title_at: int, dated: int, name: str, reading: Reading) -> None:
    start = dated + 1
    while start < len(lines) and (not lines[start].strip() or _COUNT.match(lines[start].strip())):
        start += 1
    counts = [at for at in range(start, len(lines)) if _COUNT.match(lines[at].strip())]
    ends = [at for at in range(start, len(lines)) if fold(lines[at]).startswith(_END_OF_TEXT)]
    end = min([*counts[:1], *ends[:1], len(lines)])
    beside = _panels(lines, min([*ends[:1], *counts[:1], len(lines)]), reading)
    if end == len(lines):
        end = beside
    post = OldPost(
        title=" ".join(lines[title_at].split()),
        html=to_html(lines[start:end]),
        origin=Origin.CAPTURE,
        source=name,
        date=lines[dated].strip(),
    )
    if counts and ends and counts[0] < ends[0]:
        post.comments = _comments(lines[counts[0] + 1 : ends[0]])
    if reading.authors:
        post.author = reading.authors[0].name
    reading.posts.append(post)


def _panels(lines: list[str], start: int, reading: Reading) -> int:
    """Read what stands beside the text; return where it begins."""
    first, current = len(lines), ""
    author: list[str] = []
    for at in range(start, len(lines)):
        line = lines[at].strip()
        if panel := _PANELS.get(fold(line)):
            current, first = panel, min(first, at)
        elif current == "author" and line:
            author.append(line)
        elif current == "archives" and (month := month_year(line)):
            reading.months.add(month)
        elif current == "categories" and line and not line.startswith("©"):
            reading.categories.setdefault(f"/blog/category/{fold(line).replace(' ', '-')}", line)
    if found := author_in_words(author):
        reading.authors.append(found)
    return first


def _comments(lines: list[str]) -> list[OldComment]:
    """A name, a date below it, then the words, until the next name."""
    kept = [line.strip() for line in lines]
    dated = [at for at, line in enumerate(kept) if is_date(line)]
    found = []
    for rank, at in enumerate(dated):
        name_at = _above(kept, at)
        end = len(kept)
        if rank + 1 < len(dated):
            following = _above(kept, dated[rank + 1])
            end = following if following is not None and following > at else dated[rank + 1]
        words = [line for line in kept[at + 1 : end] if fold(line) not in _ANSWER]
        text = "\n".join(words).strip()
        if text:
            found.append(OldComment(kept[name_at] if name_at is not None else "", kept[at], text))
    return found


def _page(lines: list[str], name: str, reading: Reading) -> None:
    """A text opened over another page: its title may stand twice."""
    lines = _without_foot(lines)
    shown = [line.strip() for line in lines if line.strip()]
    if not shown or sum(map(len, shown)) < SHORTEST_PAGE:
        reading.note(name, "trop peu de texte pour une page, laissé")
        return
    title = shown[0]
    if len(title) > LONGEST_HEADING:
        reading.note(name, "aucun titre reconnu, laissé")
        return
    rest = list(lines)
    while rest and (not rest[0].strip() or rest[0].strip() == title):
        rest.pop(0)
    reading.pages.append(OldPage(title, to_html(rest), name))


def _without_foot(lines: list[str]) -> list[str]:
    foot = next((at for at, line in enumerate(lines) if line.strip().startswith("©")), len(lines))
    return lines[:foot]


def to_html(lines: list[str]) -> str:
    """The lines as HTML: paragraphs, lists by their bullets, short lines alone as headings."""
    parts = []
    for bullets, group in groupby(enumerate(lines), lambda pair: bool(_BULLET.match(pair[1]))):
        if bullets:
            items = (escape(_BULLET.sub("", line).strip(), quote=False) for _, line in group)
            parts.append("<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")
            continue
        for at, line in group:
            if text := escape(" ".join(line.split(" ")).strip(), quote=False):
                tag = "h2" if _is_heading(lines, at) else "p"
                parts.append(f"<{tag}>{text}</{tag}>")
    return "".join(parts)


def _is_heading(lines: list[str], at: int) -> bool:
    """A short line after a blank one, that ends no sentence, with text below."""
    line = lines[at].strip()
    if not line or len(line) > LONGEST_HEADING or line[-1] in ".,;:!?…»)" or not line[0].isupper():
        return False
    if at and lines[at - 1].strip(" \u00a0"):
        return False
    below = next((text.strip() for text in lines[at + 1 :] if text.strip(" \u00a0")), "")
    return len(below) > len(line) and not _BULLET.match(below)
