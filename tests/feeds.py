"""What a validator would say of a feed; nothing of it comes from the code that writes them."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}"
)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
_UNSAFE = {"script", "style", "iframe", "form", "object", "embed", "svg", "link", "meta", "base"}


class ContentReader(HTMLParser):
    """Notes in the text of an entry what validators refuse."""

    def __init__(self):
        super().__init__()
        self.faults = []

    def handle_starttag(self, tag, attrs):
        if tag in _UNSAFE:
            self.faults.append(f"<{tag}> dans un texte")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"attribut {name}")
            if name in {"href", "src", "poster"} and not urlsplit(value).scheme:
                self.faults.append(f"adresse incomplète : {value}")
            if name == "srcset":
                relative = [part for part in value.split(", ") if not part.startswith("http")]
                self.faults += [f"adresse incomplète : {part}" for part in relative]


def content_faults(html):
    reader = ContentReader()
    reader.feed(html or "")
    return reader.faults + ([] if html else ["texte vide"])


def address_faults(address):
    parts = urlsplit(address or "")
    complete = parts.scheme in {"http", "https"} and parts.netloc
    return [] if complete else [f"adresse : {address!r}"]


def date_faults(text, pattern):
    return [] if pattern.fullmatch(text or "") else [f"date : {text!r}"]


def rss_faults(content):
    """The rules of RSS 2.0 and of the profile that validators check."""
    root = ElementTree.fromstring(content)  # noqa: S314 - our own
    (channel,) = root
    faults = [] if (root.tag, root.get("version")) == ("rss", "2.0") else ["racine"]
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        faults += [] if channel.findtext(name) else [f"sans {name}"]
    own = [link.get("href") for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    faults += address_faults(channel.findtext("link")) + address_faults(*own)
    faults += date_faults(channel.findtext("lastBuildDate"), _RFC_822)
    items = channel.findall("item")
    guids = [guid.text for item in items for guid in item.findall("guid")]
    faults += [] if len(set(guids)) == len(guids) == len(items) else ["un guid par article"]
    for item in items:
        faults += [] if item.findtext("title") else ["article sans titre"]
        faults += address_faults(item.findtext("link")) + content_faults(item.findtext(CONTENT))
        faults += date_faults(item.findtext("pubDate"), _RFC_822)
        guid = item.find("guid")
        faults += address_faults(guid.text) if guid.get("isPermaLink") != "false" else []
        faults += ["author n’est pas une adresse"] if item.find("author") is not None else []
        faults += [f"{node.tag} double" for node in item if _repeated(item, node)]
    return faults


def _repeated(item, node):
    return node.tag != "category" and len(item.findall(node.tag)) > 1


def atom_faults(content):
    """What RFC 4287 requires of a feed and of its entries."""
    root = ElementTree.fromstring(content)  # noqa: S314 - our own
    faults = [] if root.tag == f"{ATOM}feed" else ["racine"]
    entries = root.findall(f"{ATOM}entry")
    for node in (root, *entries):
        for name in ("id", "title", "updated"):
            faults += [] if len(node.findall(ATOM + name)) == 1 else [f"{node.tag} : {name}"]
        faults += date_faults(node.findtext(f"{ATOM}updated"), _RFC_3339)
        faults += [] if urlsplit(node.findtext(f"{ATOM}id")).scheme else ["id sans schéma"]
        names = [author.findtext(f"{ATOM}name") for author in node.findall(f"{ATOM}author")]
        faults += [] if all(names) and (names or node is not root) else ["auteur sans nom"]
        links = node.findall(f"{ATOM}link")
        kinds = [(link.get("rel"), link.get("type")) for link in links]
        faults += [] if ("alternate", "text/html") in kinds else ["sans page"]
        faults += [] if len(set(kinds)) == len(kinds) else ["liens semblables"]
        faults += [fault for link in links for fault in address_faults(link.get("href"))]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    faults += [] if len(set(ids)) == len(ids) else ["deux fois le même id"]
    for entry in entries:
        text = entry.find(f"{ATOM}content")
        faults += [] if text.get("type") == "html" else ["type du texte"]
        faults += content_faults(text.text)
        faults += date_faults(entry.findtext(f"{ATOM}published"), _RFC_3339)
    return faults


_TOP = {
    "version": str,
    "title": str,
    "home_page_url": str,
    "feed_url": str,
    "description": str,
    "language": str,
    "authors": list,
    "items": list,
}
_ITEM = {
    "id": str,
    "url": str,
    "title": str,
    "content_html": str,
    "summary": str,
    "image": str,
    "date_published": str,
    "date_modified": str,
    "authors": list,
    "tags": list,
}


def json_faults(content):
    """The rules of JSON Feed 1.1: members and their types, dates, addresses, ids."""
    data = json.loads(content.decode("utf-8"))
    faults = _members(data, _TOP, {"version", "title", "items"})
    if data["version"] != "https://jsonfeed.org/version/1.1":
        faults.append("version")
    faults += address_faults(data["home_page_url"]) + address_faults(data["feed_url"])
    faults += [fault for author in data.get("authors", []) for fault in _author(author)]
    ids = [item["id"] for item in data["items"]]
    faults += [] if len(set(ids)) == len(ids) else ["deux fois le même id"]
    for item in data["items"]:
        faults += _members(item, _ITEM, {"id", "content_html"})
        faults += [fault for author in item.get("authors", []) for fault in _author(author)]
        faults += [] if all(isinstance(tag, str) for tag in item.get("tags", [])) else ["tags"]
        for name in ("date_published", "date_modified"):
            faults += date_faults(item[name], _RFC_3339) if name in item else []
        for name in ("url", "image"):
            faults += address_faults(item[name]) if name in item else []
        faults += content_faults(item["content_html"])
    return faults


def _members(data, known, required):
    extensions = {name for name in data if name.startswith("_")}
    faults = [f"sans {name}" for name in required - data.keys()]
    faults += [f"{name} inconnu" for name in data.keys() - known.keys() - extensions]
    faults += [
        f"{name} : type"
        for name, kind in known.items()
        if name in data and not (isinstance(data[name], kind) and (data[name] or kind is list))
    ]
    return faults + [f"{name} : objet" for name in extensions if not isinstance(data[name], dict)]


def _author(author):
    faults = [] if author.keys() <= {"name", "url", "avatar"} and author else ["auteur"]
    return faults + (address_faults(author["url"]) if "url" in author else [])


def instant(text):
    """An instant as RSS or as the two others write it."""
    return parsedate_to_datetime(text) if "," in text else datetime.fromisoformat(text)


FAULTS = {"rss": rss_faults, "atom": atom_faults, "json": json_faults}
