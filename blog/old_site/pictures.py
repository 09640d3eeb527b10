"""Pictures of an article: what its HTML says of them."""

import re
from dataclasses import dataclass

from bs4 import Tag

from .lines import tidy
from .markup import attribute, classes, words

LONGEST_CAPTION = 240
LONGEST_ALT = 240
# What the old site's editor wrote when nobody described the picture.
_NO_WORDS = frozenset({"picture", "image", "photo", "foto", "img"})
_IMAGE = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)(?:\?.*)?$", re.IGNORECASE)
_PIXEL = re.compile(
    r"facebook\.com/tr|/pixel|doubleclick|google-analytics|1x1|spacer\.gif|blank\.gif"
)
_OF_THE_SITE = re.compile(r"editmysite\.com|/(?:bg_feed|rss)\.(?:gif|png)|/images/(?:old|site)/")


@dataclass
class Picture:
    """`sources` are the addresses under which the file may lie, the best first."""

    sources: tuple[str, ...]
    alt: str = ""
    caption: str = ""


def in_link(href: str) -> bool:
    """Whether a link leads to a picture, and not to a page."""
    return bool(_IMAGE.search(href))


def picture_of(tag: Tag) -> Picture | None:
    """The picture of an `img`; None for tracking pixels and decorations of the old site."""
    src = attribute(tag, "src").strip()
    sizes = (attribute(tag, "width"), attribute(tag, "height"))
    tiny = any(size.strip() in {"0", "1", "2"} for size in sizes)
    if not src or tiny or src.startswith("data:") or _PIXEL.search(src) or _OF_THE_SITE.search(src):
        return None
    link = tag.find_parent("a")
    href = attribute(link, "href") if isinstance(link, Tag) else ""
    sources = (href, src) if in_link(href) else (src,)
    alt = tidy(attribute(tag, "alt")).strip()
    if alt.casefold() in _NO_WORDS or in_link(alt):
        alt = ""
    return Picture(sources, alt[:LONGEST_ALT], _caption(tag)[:LONGEST_CAPTION])


def _caption(tag: Tag) -> str:
    """The words under the picture, marked as taken so that no paragraph repeats them."""
    figure = tag.find_parent("figure")
    found: Tag | None = None
    if isinstance(figure, Tag):
        inside = figure.find("figcaption")
        found = inside if isinstance(inside, Tag) else None
    box = tag.find_parent(_is_box)
    if found is None and isinstance(box, Tag):
        inside = box.find(_is_caption)
        found = inside if isinstance(inside, Tag) else None
    if found is None:
        return ""
    found["data-caption"] = ""
    return tidy(words(found)).strip()


def _is_box(tag: Tag) -> bool:
    style = attribute(tag, "style").replace(" ", "")
    return "wsite-image" in classes(tag) or (tag.name == "span" and "display:table" in style)


def _is_caption(tag: Tag) -> bool:
    if "wsite-caption" in classes(tag):
        return True
    style = attribute(tag, "style").replace(" ", "")
    return "table-caption" in style or (tag.name == "div" and "font-size:90%" in style)
