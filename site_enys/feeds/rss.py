"""RSS 2.0 (https://www.rssboard.org/rss-specification), with the whole texts."""

from xml.etree.ElementTree import Element

from django.utils.feedgenerator import rfc2822_date, rfc3339_date

from .contents import Discussion, Entry, Feed, Picture
from .xml import add, document

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
    "xmlns:slash": "http://purl.org/rss/1.0/modules/slash/",
    "xmlns:wfw": "http://wellformedweb.org/CommentAPI/",
}


def rss(feed: Feed) -> bytes:
    root = Element("rss", {"version": "2.0"} | _NAMESPACES)
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.page_url)
    add(channel, "description", feed.description)
    own = {"rel": "self", "type": "application/rss+xml", "href": feed.addresses["rss"]}
    add(channel, "atom:link", attributes=own)
    add(channel, "language", feed.language)
    add(channel, "lastBuildDate", rfc2822_date(feed.updated))
    for entry in feed.entries:
        _add_item(channel, entry)
    return document(root)


def _add_item(channel: Element, entry: Entry) -> None:
    item = add(channel, "item")
    add(item, "title", entry.title)
    add(item, "link", entry.url)
    if entry.summary:
        add(item, "description", entry.summary)
    if entry.author:
        # `author` would have to be an e-mail address.
        add(item, "dc:creator", entry.author.name)
    add(item, "pubDate", rfc2822_date(entry.published))
    if entry.updated:
        add(item, "atom:updated", rfc3339_date(entry.changed.replace(microsecond=0)))
    permanent = "true" if entry.id == entry.url else "false"
    add(item, "guid", entry.id, {"isPermaLink": permanent})
    for term in entry.terms:
        add(item, "category", term)
    if entry.discussion:
        _add_discussion(item, entry.discussion)
    if entry.picture:
        _add_picture(item, entry.picture)
    add(item, "content:encoded", entry.html)


def _add_discussion(item: Element, discussion: Discussion) -> None:
    add(item, "comments", discussion.url)
    add(item, "slash:comments", str(discussion.count))
    add(item, "wfw:commentRss", discussion.feeds["rss"])


def _add_picture(item: Element, picture: Picture) -> None:
    # Not an `enclosure`: that is a file to fetch, whose exact size must be said.
    facts = {"url": picture.url, "type": picture.content_type, "medium": "image"}
    size = {"width": str(picture.width), "height": str(picture.height)}
    add(item, "media:content", attributes=facts | size)
