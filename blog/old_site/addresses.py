"""Addresses of the old site: how a link, a file or a title tells one."""

import re
from html.entities import codepoint2name
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from django.utils.encoding import escape_uri_path
from django.utils.text import slugify

from wagtail.contrib.redirects.models import Redirect

LONGEST_SLUG = 200
_MONTH = re.compile(r"/archives/(0?[1-9]|1[0-2])-((?:19|20)\d\d)$")
_LIST = re.compile(
    r"/(?:archives(?:/[^/]+)?|category/[^/]+|previous|next|feed|comments)(?:/\d+)?$|/1/feed$"
)
_EXTENSION = re.compile(r"\.html?$", re.IGNORECASE)
_DROPPED = re.compile(r"[’‘ʼ'`´]")
_LINKS = frozenset({"http", "https", ""})
_NOT_IN_A_SLUG = re.compile(r"[^\w\s-]")


def host_of(url: str) -> str:
    """The host of a web address, without « www. »; empty when there is none."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in _LINKS else ""


def path_of(url: str) -> str:
    """The path alone, decoded, with no final slash: « /blog/mon-article »."""
    try:
        path = unquote(urlsplit(url.strip()).path)
    except ValueError:
        return ""
    path = re.sub(r"/{2,}", "/", path.replace("\0", ""))
    return ("/" + path.strip("/")) if path.strip("/") else "/"


def key_of(path: str) -> str:
    """What two writings of one address have in common."""
    key = _EXTENSION.sub("", path).casefold()
    return "/" if key in {"", "/index"} else key


def old_path(link: str, base: str, hosts: set[str]) -> str:
    """The path of a link inside the old site; empty when it leads elsewhere."""
    try:
        whole = urljoin(f"http://old.invalid{base or '/'}", link.strip())
    except ValueError:
        return ""
    host = host_of(whole)
    return path_of(whole) if host == "old.invalid" or (host and host in hosts) else ""


def month_of(path: str) -> tuple[int, int] | None:
    """(year, month) of the address of a monthly archive."""
    found = _MONTH.search(_EXTENSION.sub("", path))
    return (int(found[2]), int(found[1])) if found else None


def is_list(path: str) -> bool:
    """Whether the address is that of a list, a pager or a feed, and not of an article."""
    return bool(_LIST.search(_EXTENSION.sub("", path)))


def address_of_file(name: str) -> str:
    """The path that a saved file had on the site, from where it lies: best guess, or empty."""
    path = PurePosixPath(name)
    parts = [*path.parts[:-1], _EXTENSION.sub("", path.name)]
    lowered = [part.casefold() for part in parts]
    if "blog" in lowered[:-1]:
        return "/" + "/".join(parts[lowered.index("blog") :])
    if re.fullmatch(r"[\w.-]+", parts[-1]):
        return "/" + parts[-1]
    return ""


def last_part(path: str) -> str:
    return _EXTENSION.sub("", path.rstrip("/").rpartition("/")[2])


def slug_of_title(title: str) -> str:
    """The slug of a title: « L’ingénierie » gives « lingenierie », apostrophes being dropped."""
    return slugify(_DROPPED.sub("", title))[:LONGEST_SLUG].strip("-")


def spelt_out(title: str) -> str:
    """The slug that the old site made of a title: « é » left the name of its entity, « eacute »."""
    named = "".join(
        codepoint2name.get(ord(char), "") if ord(char) > 127 else char for char in title.lower()
    )
    return re.sub(r"[\s-]+", "-", _NOT_IN_A_SLUG.sub("", named)).strip("-")[:LONGEST_SLUG]


def clean_slug(path: str, title: str) -> str:
    """The new slug of an old address: the same when it is one, else the nearest."""
    kept = slugify(last_part(path))[:LONGEST_SLUG].strip("-_")
    return kept or slug_of_title(title) or "article"


def as_redirect(path: str) -> str:
    """The path as Wagtail's redirects look for it."""
    return Redirect.normalise_path(escape_uri_path(path))
