"""One saved HTML page: which page of the old site it was, and what it shows."""

import re
from html import unescape

from bs4 import BeautifulSoup, Tag

from .addresses import (
    address_of_file,
    host_of,
    is_list,
    last_part,
    path_of,
)
from .markup import attribute, tree, words
from .post_reader import Found, comments_of, is_alone, posts_of
from .records import OldPage, Reading
from .sidebar import author_of, read_lists

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
_AROUND = (
    "header, footer, nav, .wsite-menu-default, .wsite-menu, #navigation, #nav, #nav-wrap, "
    "#header, #header-wrap, #banner, #footer, #footer-wrap, .wsite-footer, .blog-sidebar, "
    "#navmobile, .wsite-header-section, #wsite-mini-cart"
)
_BODIES = (
    "#wsite-content",
    "main",
    "#content",
    "#main-content",
    "#main",
    "#content-wrapper",
    "body",
)


def read_page(html: str, name: str, hosts: set[str] | None = None) -> Reading:
    """What a saved page shows; `hosts` are those of the old site, as known so far.

    Raises TooDeep.
    """
    reading = Reading(hosts=set(hosts or ()))
    soup = tree(html)
    addresses = _addresses(html, soup, name, reading)
    address = addresses[0]
    around = address or "/"
    read_lists(soup, around, reading)
    if author := author_of(soup):
        reading.authors.append(author)
    posts = posts_of(soup, around, name, reading)
    if posts:
        _place(posts, addresses, soup, reading)
    elif not is_list(address):
        _page(soup, address, name, reading)
    else:
        reading.seen.add(address)
    return reading


def _place(posts: list[Found], addresses: list[str], soup: BeautifulSoup, reading: Reading) -> None:
    """Tell an article's own page from a list that shows it among others."""
    address = addresses[0]
    alone = is_alone(posts, address, soup)
    for post in posts:
        post.record.author = reading.authors[0].name if reading.authors else ""
        if alone:
            post.become_the_page(address)
        reading.posts.append(post.record)
    if alone:
        posts[0].record.comments = comments_of(soup)
        posts[0].record.also = {path for path in addresses if last_part(path) == last_part(address)}
    elif address:
        reading.seen.add(address)


def _addresses(html: str, soup: BeautifulSoup, name: str, reading: Reading) -> list[str]:
    """The paths of a page on the old site: what it says of itself, else its file; best first."""
    canonical = soup.select_one('link[rel~="canonical"]')
    shared = soup.select_one('meta[property="og:url"]')
    saved = _SAVED_FROM.search(html[:5000])
    said = [
        attribute(canonical, "href"),
        unescape(saved[1]) if saved else "",
        attribute(shared, "content"),
    ]
    for url in said:
        if host := host_of(url):
            reading.hosts.add(host)
    paths = [path_of(url) for url in said if host_of(url) or url.startswith("/")]
    return paths or [address_of_file(name)]


def _page(soup: BeautifulSoup, address: str, name: str, reading: Reading) -> None:
    site_name, title = _titles(soup)
    for tag in soup.select(_AROUND):
        if not tag.select_one("#wsite-content"):
            tag.extract()
    body = next((found for selector in _BODIES if (found := soup.select_one(selector))), soup)
    first = body.find(["h1", "h2", "h3"])
    heading = words(first) if isinstance(first, Tag) else ""
    title = title or heading or last_part(address).replace("-", " ")
    if isinstance(first, Tag) and heading.casefold() in {title.casefold(), site_name.casefold()}:
        first.extract()
    for tag in body.select("title, link, meta"):
        tag.extract()
    if not words(body) and not body.find("img"):
        reading.note(name, "page sans texte, laissée")
        return
    title = title or "Sans titre"
    reading.pages.append(OldPage(_calm(title), str(body), name, address))


def _titles(soup: BeautifulSoup) -> tuple[str, str]:
    """(name of the site, title of the page) from « CONSEIL - ENYS Conseil »."""
    whole = words(soup.find("title"))
    site_name = words(soup.select_one("#wsite-title, .wsite-logo"))
    parts = [part.strip() for part in re.split(r"\s[-–—|]\s", whole) if part.strip()]
    if len(parts) < 2:
        return site_name, "" if whole == site_name else whole
    if site_name and site_name.casefold() == parts[0].casefold():
        return site_name, " - ".join(parts[1:])
    return parts[-1], " - ".join(parts[:-1])


def _calm(title: str) -> str:
    """« STRATEGIE » is a menu that shouts: « Strategie »."""
    return title.capitalize() if title.isupper() and len(title) > 4 else title
