from .index import KINDS, Kind, SearchEntry, SearchStem
from .misses import SearchMiss
from .promotions import Promotion
from .words import SearchMention, SearchWord

__all__ = [
    "KINDS",
    "Kind",
    "Promotion",
    "SearchEntry",
    "SearchMention",
    "SearchMiss",
    "SearchStem",
    "SearchWord",
]
