from .index import Kind, SearchEntry, SearchStem

__all__ = ["Kind", "SearchEntry", "SearchStem"]
