"""Wagtail's database search, made safe for what people type.

On SQLite a double quote, and on PostgreSQL a NUL, made `.search()` raise in the public search and
in the admin's own lists. Cleaning the query in the backend covers every caller.
"""

from typing import Any

from modelsearch.backends import database

# The snippet lists fail on an empty query, so a query that was only noise finds nothing instead.
MATCHES_NOTHING = "xqzxqz"


def clean(query: Any) -> Any:
    """Return a text query without the characters that the databases cannot take."""
    if not isinstance(query, str):
        return query
    return query.replace("\x00", " ").replace('"', " ").strip() or MATCHES_NOTHING


def SearchBackend(params: dict) -> Any:  # noqa: N802 - the name that Wagtail imports
    backend = database.SearchBackend(params)
    search, autocomplete = backend.search, backend.autocomplete
    backend.search = lambda query, *args, **kwargs: search(clean(query), *args, **kwargs)
    backend.autocomplete = lambda query, *args, **kwargs: autocomplete(
        clean(query), *args, **kwargs
    )
    return backend
