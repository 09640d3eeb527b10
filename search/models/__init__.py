from .index import KINDS, Kind, SearchEntry, SearchStem
from .words import SearchMention, SearchWord

__all__ = ["KINDS", "Kind", "SearchEntry", "SearchMention", "SearchStem", "SearchWord"]
