"""Many bodies at once: what they show is read in a few queries, however many they are."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.images.models import AbstractImage
from wagtail.models import Page


def load_bodies(pages: Sequence[Page], name: str = "body") -> None:
    """Read together what the StreamField `name` of pages of one type shows.

    The images and pages that blocks choose, the copies of the images: rendered one by one, each
    block would ask for its own. What they link to is asked for together by `reach.remembered`.
    """
    if not pages:
        return
    block = pages[0]._meta.get_field(name).stream_block
    bodies = block.bulk_to_python([list(getattr(page, name).raw_data) for page in pages])
    for page, body in zip(pages, bodies, strict=True):
        setattr(page, name, body)
    leaves = [leaf for body in bodies for leaf in _leaves(body)]
    prefetch_related_objects([it for it in leaves if isinstance(it, AbstractImage)], "renditions")


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, StreamValue):
        for child in value:
            yield from _leaves(child.value)
    elif isinstance(value, StructValue | ListValue):
        for child in value.values() if isinstance(value, StructValue) else value:
            yield from _leaves(child)
    else:
        yield value
