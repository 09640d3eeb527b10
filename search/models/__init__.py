from .index import Kind, SearchEntry, SearchStem
from .misses import SearchMiss
from .promotions import Promotion

__all__ = ["Kind", "Promotion", "SearchEntry", "SearchMiss", "SearchStem"]
