"""RSS and Atom feeds of the old blog, its comments' included."""

import re
from html import unescape
from io import BytesIO

from django.utils.html import strip_tags

import feedparser

from .addresses import host_of, key_of, path_of
from .markup import is_too_deep
from .records import OldAuthor, OldComment, OldPost, Origin, Reading
from .sources import LARGEST_PAGE

_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|<!ENTITY[^>]*>", re.IGNORECASE | re.DOTALL)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_OF_COMMENTS = re.compile(r"#comment|/comments?/", re.IGNORECASE)
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\[&hellip;\]|(?:lire la suite|read more)\W*)\s*$", re.IGNORECASE
)
_ABOUT = re.compile(r"^\s*(?:commentaires? (?:sur|de|pour)|comments? (?:on|for))\b", re.IGNORECASE)
# What opens an HTML text although the feed says it is plain.
_TAGS = re.compile(
    r"<(?:p|div|br|a|h[1-6]|ul|ol|img|span|strong|em|table|blockquote)\b", re.IGNORECASE
)
#: Categories that file nothing.
NO_CATEGORY = frozenset({"all", "tout", "tous", "toutes", "uncategorized", "non classe"})


def read_feed(text: str, name: str) -> Reading:
    """What a feed says. A DOCTYPE goes with its entities before anything is parsed.

    A feed with faults gives what can be read of it, and a note.
    """
    reading = Reading()
    content = _DECLARATION.sub("", _DOCTYPE.sub("", text)).encode("utf-8", "replace")
    # A stream: feedparser would take some texts for the name of a file, or for an address.
    parsed = feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries:
        reason = "aucun article" if not parsed.bozo else "XML abîmé, rien à en tirer"
        reading.note(name, reason)
        return reading
    if parsed.bozo and not isinstance(parsed.bozo_exception, feedparser.CharacterEncodingOverride):
        reading.note(name, "flux abîmé : ce qui pouvait être lu l’a été")
    of_comments = bool(_ABOUT.match(parsed.feed.get("title", "")))
    if host := host_of(parsed.feed.get("link", "")):
        reading.hosts.add(host)
    for entry in parsed.entries:
        link = _link(entry)
        if of_comments or _OF_COMMENTS.search(link):
            _comment(entry, link, reading)
        else:
            _post(entry, link, name, reading)
    return reading


def _post(entry: feedparser.FeedParserDict, link: str, name: str, reading: Reading) -> None:
    title = " ".join(strip_tags(entry.get("title", "")).split())
    contents = [part.get("value", "") for part in entry.get("content", [])]
    html = max(contents, key=len, default="")
    whole = bool(html)
    html = html or entry.get("summary", "")
    if len(html) > LARGEST_PAGE:
        reading.note(f"{name} : {title or link}", "article trop gros, laissé")
        return
    if is_too_deep(html):
        reading.note(f"{name} : {title or link}", "balises emboîtées par milliers, laissé")
        return
    if not html.strip() and not (title and link):
        if title or link:
            reading.note(f"{name} : {title or link}", "entrée sans texte, laissée")
        return
    if not _TAGS.search(html):
        html = "".join(f"<p>{line}</p>" for line in re.split(r"\n\s*\n", html) if line.strip())
    cut = not whole and bool(_CUT.search(strip_tags(html).strip()))
    author = entry.get("author", "").strip()
    post = OldPost(
        title=title or "Sans titre",
        html=html,
        origin=Origin.EXTRACT if cut else Origin.FEED,
        source=name,
        address=path_of(link) if link else "",
        date=entry.get("published") or entry.get("updated") or entry.get("created") or "",
        author="" if "@" in author and "(" not in author else _name(author),
        categories={term for tag in entry.get("tags", []) if (term := _term(tag))},
    )
    if host := host_of(link):
        reading.hosts.add(host)
    if post.author:
        reading.authors.append(OldAuthor(post.author))
    reading.posts.append(post)


def _comment(entry: feedparser.FeedParserDict, link: str, reading: Reading) -> None:
    text = entry.get("content", [{}])[0].get("value", "") or entry.get("summary", "")
    comment = OldComment(
        name=_name(entry.get("author", "")),
        date=entry.get("published") or entry.get("updated") or "",
        text=plain(text),
    )
    if comment.text and link:
        reading.comments.append((key_of(path_of(link)), comment))


def plain(html: str) -> str:
    """The words of an HTML text, on their lines."""
    text = re.sub(r"<br\s*/?>|</p>|</div>", "\n", html, flags=re.IGNORECASE)
    text = unescape(strip_tags(text))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.splitlines())).strip()


def _link(entry: feedparser.FeedParserDict) -> str:
    """The address of the entry; an identifier serves when it is one."""
    link = entry.get("link", "").strip()
    if not link:
        guid = entry.get("id", "").strip()
        link = guid if guid.startswith(("http://", "https://")) else ""
    return link


def _name(author: str) -> str:
    """« courriel@exemple (Prénom Nom) » is the author as RSS 2.0 wants it: the name alone."""
    match = re.search(r"\(([^)]+)\)", author)
    name = match[1] if match and "@" in author else author
    return "" if "@" in name else " ".join(name.split())


def _term(tag: feedparser.FeedParserDict) -> str:
    return " ".join((tag.get("label") or tag.get("term") or "").split())
