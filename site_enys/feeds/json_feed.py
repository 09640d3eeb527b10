"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from .contents import Discussion, Entry, Feed, Person, instant
from .markup import for_xml

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    data = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.addresses["json"],
        "description": feed.description,
        "language": feed.language,
        "authors": [_person(feed.author)],
    }
    items = [_without_blanks(_item(entry)) for entry in feed.entries]
    text = json.dumps(_without_blanks(data) | {"items": items}, ensure_ascii=False)
    return text.encode()


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        # The one of two texts that every item must have.
        "content_html": entry.html or "<p></p>",
        "summary": entry.summary,
        "image": entry.picture.url if entry.picture else "",
        "date_published": instant(entry.published),
        "date_modified": instant(entry.changed) if entry.updated else "",
        "authors": [_person(entry.author)] if entry.author else [],
        "tags": list(entry.terms),
        "_comments": _discussion(entry.discussion) if entry.discussion else {},
    }


def _discussion(discussion: Discussion) -> dict[str, Any]:
    """An extension, as the specification lets add them: the format itself knows no comments."""
    return {
        "about": "Les commentaires\u00a0: leur page, leur flux et leur nombre",
        "url": discussion.url,
        "feed_url": discussion.feeds["json"],
        "count": discussion.count,
    }


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, "url": person.url}


def _without_blanks(value: Any) -> Any:
    """The same without the members that say nothing, nor characters that no text holds."""
    if isinstance(value, str):
        return for_xml(value)
    if isinstance(value, list):
        return [_without_blanks(part) for part in value]
    if isinstance(value, dict):
        said = {key: part for key, part in value.items() if part not in ("", [], {})}
        return {key: _without_blanks(part) for key, part in said.items()}
    return value
