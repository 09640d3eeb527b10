"""What a link of the site may lead to: pages and documents that a reader would find.

Editors unpublish, delete and lock what other pages point to. Whoever draws a link asks here first,
and writes plain text when there is nothing at the other end.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils import timezone

from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.models import Page

from .visibility import behind_a_door, collection_behind_a_door

Found = dict[str, Any]
#: The pages and the documents that have been asked for, or None when nothing is remembered.
_memory: ContextVar[tuple[Found, Found] | None] = ContextVar("targets", default=None)
_LONGEST_KEY = 18  # digits that every database takes


def pages(keys: Iterable[Any]) -> dict[str, Page]:
    """Those of the pages that have an address and are online now, by their key as text.

    A page behind a password is among them, since it asks for the password itself; its `has_door`
    says so. A query, and one more for each kind of page.
    """
    return _ask(0, keys, _read_pages)


def documents(keys: Iterable[Any]) -> Found:
    """Those of the documents that everybody may download, by their key as text; one query."""
    return _ask(1, keys, _read_documents)


@contextmanager
def remembered(*bodies: Any) -> Iterator[None]:
    """While it lasts, each target is asked for once, and those of these bodies all together."""
    if _memory.get() is not None:  # a body drawn inside another one
        yield
        return
    token = _memory.set(({}, {}))
    try:
        linked = list(targets(bodies))
        pages(key for model, key in linked if issubclass(model, Page))
        documents(key for model, key in linked if issubclass(model, get_document_model()))
        yield
    finally:
        _memory.reset(token)


def targets(bodies: Iterable[Any]) -> Iterator[tuple[type, str]]:
    """The (model, key) of all that the blocks of these bodies lead to, rich texts included."""
    for body in bodies:
        if isinstance(body, StreamValue):
            for model, key, *_path in body.stream_block.extract_references(body):
                yield model, key


def _ask(kind: int, keys: Iterable[Any], read: Callable[[list[str]], Found]) -> Found:
    memory = _memory.get()
    known = memory[kind] if memory is not None else {}
    wanted = [str(key) for key in keys]
    if unknown := [key for key in dict.fromkeys(wanted) if key not in known]:
        # What was typed in the source of a rich text may be no key at all.
        valid = [key for key in unknown if key.isdecimal() and len(key) <= _LONGEST_KEY]
        known.update(dict.fromkeys(unknown), **(read(valid) if valid else {}))
    return {key: known[key] for key in wanted if known[key] is not None}


def _read_pages(keys: list[str]) -> Found:
    now = timezone.now()
    found = Page.objects.live().filter(pk__in=keys).annotate(has_door=behind_a_door())
    return {
        str(page.pk): page
        for page in found.defer_streamfields().specific()
        if ((shown := getattr(page, "visible_from", None)) is None or shown <= now) and page.url
    }


def _read_documents(keys: list[str]) -> Found:
    open_to_all = get_document_model().objects.filter(
        ~collection_behind_a_door("collection__path"), pk__in=keys
    )
    return {str(document.pk): document for document in open_to_all}
