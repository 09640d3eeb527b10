"""What came from other sites becomes a plain link: no third party is called by our pages."""

import re
from urllib.parse import parse_qs, urlsplit

from bs4 import Tag

from .markup import attribute

_YOUTUBE = re.compile(r"(?:youtube(?:-nocookie)?\.com/(?:embed|v)/|youtu\.be/)([\w-]{6,20})")
_VIMEO = re.compile(r"vimeo\.com/(?:video/)?(\d+)")
_DAILYMOTION = re.compile(r"dailymotion\.com/(?:embed/)?video/(\w+)")
_SCRIBD = re.compile(r"scribd\.com/(?:embeds|doc|document)/(\d+)")
_MAP = re.compile(r"generateMap|google\.[a-z.]+/maps|maps\.google|openstreetmap", re.IGNORECASE)


def link_instead(tag: Tag) -> tuple[str, str] | None:
    """(address, words) of the link that stands for a frame; None when it leads nowhere."""
    url = (attribute(tag, "src") or attribute(tag, "data")).strip()
    if not url:
        inner = tag.find(["source", "embed"])
        url = attribute(inner, "src").strip() if isinstance(inner, Tag) else ""
    if url.startswith("//"):
        url = f"https:{url}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    return _known(url) or (url, f"Voir le contenu sur {parts.netloc.removeprefix('www.')}")


def _known(url: str) -> tuple[str, str] | None:
    if match := _YOUTUBE.search(url):
        return f"https://www.youtube.com/watch?v={match[1]}", "Voir la vidéo sur YouTube"
    if match := _VIMEO.search(url):
        return f"https://vimeo.com/{match[1]}", "Voir la vidéo sur Vimeo"
    if match := _DAILYMOTION.search(url):
        return f"https://www.dailymotion.com/video/{match[1]}", "Voir la vidéo sur Dailymotion"
    if match := _SCRIBD.search(url):
        return f"https://www.scribd.com/document/{match[1]}", "Lire le document sur Scribd"
    if _MAP.search(url):
        return _map(url), "Voir le plan"
    return None


def _map(url: str) -> str:
    """The old site drew its maps itself, from a latitude and a longitude."""
    query = parse_qs(urlsplit(url).query)
    place = [query.get(name, [""])[0] for name in ("lat", "long")]
    if not all(re.fullmatch(r"-?\d{1,3}(?:\.\d+)?", figure) for figure in place):
        return url
    latitude, longitude = place
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"
