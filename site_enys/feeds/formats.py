"""The formats in which every feed is written, by the name that their address has."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls.converters import StringConverter

from .atom import atom
from .contents import Feed
from .json_feed import json_feed
from .rss import rss

RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/feed+json; charset=utf-8"


@dataclass(frozen=True)
class Format:
    label: str
    content_type: str
    write: Callable[[Feed], bytes]

    @property
    def media_type(self) -> str:
        """The type without its charset, as a link names it."""
        return self.content_type.partition(";")[0]


FORMATS = {
    "rss": Format("RSS", RSS, rss),
    "atom": Format("Atom", ATOM, atom),
    "json": Format("JSON", JSON, json_feed),
}


class FeedFormatConverter(StringConverter):
    """The formats that are named in an address; RSS has the address alone."""

    regex = "|".join(name for name in FORMATS if name != "rss")
