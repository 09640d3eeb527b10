"""What a link of the site may lead to: pages and documents that a reader would find.

Editors unpublish, delete and lock what other pages point to. Whoever draws a link asks here first,
and writes plain text when there is nothing at the other end.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import singledispatch
from typing import Any

from django.db.models import Model
from django.utils import timezone

from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.models import CollectionMember, Page
from wagtail.rich_text import extract_references_from_rich_text

from site_enys.memory import kept_each, reading

from .visibility import has_collection_door

#: Among what a body points to, the pages of which more than the address is shown.
SHOWN = "shown"
_LONGEST_KEY = 18  # digits that every database takes


def links(keys: Iterable[Any]) -> dict[str, Page]:
    """Those of the pages that have an address and are online now, by their key as text.

    A page behind a password is among them, since it asks for the password itself: see
    `visibility.has_door`. Only what every page has is sure: `pages` gives the rest.
    """
    online = {str(pk): page for pk, page in _online(_valid(keys)).items()}
    timed = pages(key for key, page in online.items() if _appears_at_its_time(page))
    return {
        key: page for key, page in online.items() if key in timed or not _appears_at_its_time(page)
    }


def pages(keys: Iterable[Any]) -> dict[str, Any]:
    """The same, each page as what it is, without its long texts; a query for each kind of page."""
    now = timezone.now()
    online = kept_each("pages online", _valid(keys), _read_pages)
    return {
        key: page
        for key, page in online.items()
        if (shown := getattr(page, "visible_from", None)) is None or shown <= now
    }


def documents(keys: Iterable[Any]) -> dict[str, Any]:
    """Those of the documents that everybody may download, by their key as text."""
    found = rows(get_document_model(), map(int, _valid(keys)))
    return {
        str(key): document
        for key, document in found.items()
        if not has_collection_door(document.collection.path)
    }


def rows(model: type[Model], keys: Iterable[Any]) -> dict[Any, Any]:
    """Whatever is chosen in a body, online or not, by its key: pages as plain `Page`."""
    found = model._default_manager.all()
    if issubclass(model, CollectionMember):
        found = found.select_related("collection")
    return kept_each(f"rows of {model._meta.label}", keys, found.in_bulk)


@contextmanager
def remembered(*bodies: Any) -> Iterator[None]:
    """While it lasts, each target is asked for once, and those of these bodies all together."""
    with reading():
        chosen: dict[Any, list[int]] = defaultdict(list)
        for body in bodies:
            if isinstance(body, StreamValue):
                for what, key in _pointed(body.stream_block, body.raw_data):
                    chosen[what].append(key)
        for model in (Page, get_document_model()):
            rows(model, chosen[model])
        pages(chosen[SHOWN])
        yield


@singledispatch
def _pointed(_block: blocks.Block, _raw: Any) -> Iterator[tuple[Any, int]]:
    """What the stored value of a block leads to, before any of it is read.

    `Block.extract_references` wants values, each chooser of which asks for its own.
    """
    yield from ()


@_pointed.register
def _(block: blocks.StreamBlock, raw: Any) -> Iterator[tuple[Any, int]]:
    for item in raw or ():
        if kind := block.child_blocks.get(item["type"]):
            yield from _pointed(kind, item["value"])


@_pointed.register
def _(block: blocks.StructBlock, raw: Any) -> Iterator[tuple[Any, int]]:
    for name, value in raw.items() if isinstance(raw, dict) else ():
        if child := block.child_blocks.get(name):
            yield from _pointed(child, value)


@_pointed.register
def _(block: blocks.ListBlock, raw: Any) -> Iterator[tuple[Any, int]]:
    for item in raw or ():
        with_id = isinstance(item, dict) and item.get("type") == "item"
        yield from _pointed(block.child_block, item["value"] if with_id else item)


@_pointed.register
def _(_block: blocks.RichTextBlock, raw: Any) -> Iterator[tuple[Any, int]]:
    for model, key, *_path in extract_references_from_rich_text(raw or ""):
        yield from _known(model, key)


@_pointed.register
def _(block: blocks.ChooserBlock, raw: Any) -> Iterator[tuple[Any, int]]:
    for model, key in _known(block.model_class, raw):
        yield model, key
        if getattr(block, "shows_its_page", False):
            yield SHOWN, key


def _known(model: type[Model], key: Any) -> Iterator[tuple[Any, int]]:
    if issubclass(model, Page | get_document_model()):
        yield from ((model, int(valid)) for valid in _valid([key]))


def _valid(keys: Iterable[Any]) -> list[str]:
    """What was typed in the source of a rich text may be no key at all."""
    texts = map(str, keys)
    return [key for key in texts if key.isdecimal() and len(key) <= _LONGEST_KEY]


def _online(keys: Iterable[str]) -> dict[int, Page]:
    found = rows(Page, map(int, keys))
    return {pk: page for pk, page in found.items() if page.live and page.url}


def _appears_at_its_time(page: Page) -> bool:
    return getattr(_kind(page), "appears_at_its_time", False)


def _kind(page: Page) -> Any:
    return page.specific_class or Page


def _read_pages(keys: list[str]) -> dict[str, Page]:
    kinds: dict[Any, list[int]] = defaultdict(list)
    for pk, page in _online(keys).items():
        kinds[_kind(page)].append(pk)
    return {
        str(page.pk): page
        for kind, wanted in kinds.items()
        for page in kind.objects.filter(pk__in=wanted).defer_streamfields()
    }
