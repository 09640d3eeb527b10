"""Feeds that carry whole texts: one description, written as RSS 2.0, Atom 1.0 or JSON Feed 1.1."""

from .contents import Discussion, Entry, Feed, Person, Picture
from .formats import ATOM, FORMATS, JSON, RSS, FeedFormatConverter, Format
from .markup import for_readers, for_xml
from .rss import rss
from .serving import conditional, feed_response

__all__ = [
    "ATOM",
    "FORMATS",
    "JSON",
    "RSS",
    "Discussion",
    "Entry",
    "Feed",
    "FeedFormatConverter",
    "Format",
    "Person",
    "Picture",
    "conditional",
    "feed_response",
    "for_readers",
    "for_xml",
    "rss",
]
