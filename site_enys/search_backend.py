"""Wagtail's database search, made safe for what people type.

On SQLite a double quote or a thousand words, and on PostgreSQL a NUL or a word of 2 kB, made
`.search()` raise in the admin's own lists (pages, images, documents, snippets, their choosers).
Cleaning the query in the backend covers every caller. The public search has its own index.
"""

from typing import Any

from modelsearch.backends import database
from modelsearch.query import And, Not, Or, Phrase, PlainText

# The snippet lists fail on an empty query, so a query that was only noise finds nothing instead.
MATCHES_NOTHING = "xqzxqz"
LONGEST_QUERY = 300


def clean(query: Any) -> Any:
    """Return a query, a text or already parsed, without what the databases cannot take."""
    match query:
        case str():
            plain = query[:LONGEST_QUERY].replace("\x00", " ").replace('"', " ").strip()
            return plain or MATCHES_NOTHING
        case PlainText():
            return PlainText(clean(query.query_string), operator=query.operator)
        case Phrase():
            return Phrase(clean(query.query_string))
        case And() | Or():
            return type(query)([clean(part) for part in query.subqueries])
        case Not():
            return Not(clean(query.subquery))
        case _:
            return query


def SearchBackend(params: dict) -> Any:  # noqa: N802 - the name that Wagtail imports
    backend = database.SearchBackend(params)
    search, autocomplete = backend.search, backend.autocomplete
    backend.search = lambda query, *args, **kwargs: search(clean(query), *args, **kwargs)
    backend.autocomplete = lambda query, *args, **kwargs: autocomplete(
        clean(query), *args, **kwargs
    )
    return backend
