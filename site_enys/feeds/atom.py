"""Atom 1.0 (RFC 4287), its answers as in RFC 4685."""

from xml.etree.ElementTree import Element

from .contents import Discussion, Entry, Feed, Person, instant
from .xml import add, document

_NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:thr": "http://purl.org/syndication/thread/1.0",
}
_ATOM, _HTML = "application/atom+xml", "text/html"


def atom(feed: Feed) -> bytes:
    root = Element("feed", _NAMESPACES | {"xml:lang": feed.language})
    add(root, "id", feed.id)
    add(root, "title", feed.title)
    if feed.description:
        add(root, "subtitle", feed.description)
    add(root, "updated", instant(feed.updated))
    _add_author(root, feed.author)
    _add_link(root, "self", feed.addresses["atom"], type=_ATOM)
    _add_link(root, "alternate", feed.page_url, type=_HTML)
    for entry in feed.entries:
        _add_entry(root, entry)
    return document(root)


def _add_entry(root: Element, entry: Entry) -> None:
    element = add(root, "entry")
    add(element, "id", entry.id)
    add(element, "title", entry.title)
    _add_link(element, "alternate", entry.url, type=_HTML)
    add(element, "published", instant(entry.published))
    add(element, "updated", instant(entry.changed))
    if entry.author:
        _add_author(element, entry.author)
    for term in entry.terms:
        add(element, "category", attributes={"term": term})
    if entry.discussion:
        _add_discussion(element, entry.discussion)
    if entry.summary:
        add(element, "summary", entry.summary)
    add(element, "content", entry.html, {"type": "html"})


def _add_discussion(element: Element, discussion: Discussion) -> None:
    count = {"thr:count": str(discussion.count)}
    _add_link(element, "replies", discussion.url, type=_HTML, **count)
    _add_link(element, "replies", discussion.feeds["atom"], type=_ATOM, **count)
    add(element, "thr:total", str(discussion.count))


def _add_author(element: Element, person: Person) -> None:
    author = add(element, "author")
    add(author, "name", person.name)
    if person.url:
        add(author, "uri", person.url)


def _add_link(element: Element, rel: str, href: str, **attributes: str) -> None:
    add(element, "link", attributes={"rel": rel, "href": href, **attributes})
