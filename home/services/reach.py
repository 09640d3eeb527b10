"""What a link of the site may lead to: pages and documents that a reader would find.

Editors unpublish, delete and lock what other pages point to. Whoever draws a link asks here first,
and writes plain text when there is nothing at the other end.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.models import Page

from site_enys.memory import kept_each, reading

from .visibility import collection_behind_a_door

_LONGEST_KEY = 18  # digits that every database takes


def pages(keys: Iterable[Any]) -> dict[str, Page]:
    """Those of the pages that have an address and are online now, by their key as text.

    A page behind a password is among them, since it asks for the password itself: see
    `visibility.has_door`. A query, and one more for each kind of page.
    """
    now = timezone.now()
    online = kept_each("pages online", _valid(keys), _read_pages)
    return {
        key: page
        for key, page in online.items()
        if (shown := getattr(page, "visible_from", None)) is None or shown <= now
    }


def documents(keys: Iterable[Any]) -> dict[str, Any]:
    """Those of the documents that everybody may download, by their key as text; one query."""
    return kept_each("open documents", _valid(keys), _read_documents)


@contextmanager
def remembered(*bodies: Any) -> Iterator[None]:
    """While it lasts, each target is asked for once, and those of these bodies all together."""
    with reading():
        linked = list(targets(bodies))
        pages(key for model, key in linked if issubclass(model, Page))
        documents(key for model, key in linked if issubclass(model, get_document_model()))
        yield


def targets(bodies: Iterable[Any]) -> Iterator[tuple[type, str]]:
    """The (model, key) of all that the blocks of these bodies lead to, rich texts included."""
    for body in bodies:
        if isinstance(body, StreamValue):
            for model, key, *_path in body.stream_block.extract_references(body):
                yield model, key


def _valid(keys: Iterable[Any]) -> list[str]:
    """What was typed in the source of a rich text may be no key at all."""
    texts = map(str, keys)
    return [key for key in texts if key.isdecimal() and len(key) <= _LONGEST_KEY]


def _read_pages(keys: list[str]) -> dict[str, Page]:
    found = Page.objects.live().filter(pk__in=keys).defer_streamfields().specific()
    return {str(page.pk): page for page in found if page.url}


def _read_documents(keys: list[str]) -> dict[str, Any]:
    open_to_all = get_document_model().objects.filter(
        ~collection_behind_a_door("collection__path"), pk__in=keys
    )
    return {str(document.pk): document for document in open_to_all}
