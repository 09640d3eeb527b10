"""Many bodies at once: what they show is read in a few queries, however many they are."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

# A link to a page or to a document, as Wagtail stores it.
_LINK = re.compile(r"<a\b[^>\n]*\blinktype=[^>\n]*>")
_BETWEEN = "\n"


def load_bodies(pages: Sequence[Page], name: str = "body") -> None:
    """Read together what the StreamField `name` of pages of one type shows.

    The images and pages that blocks choose, the copies of the images, the links inside the texts:
    rendered one by one, each text and each block would ask for its own.
    """
    if not pages:
        return
    block = pages[0]._meta.get_field(name).stream_block
    bodies = block.bulk_to_python([list(getattr(page, name).raw_data) for page in pages])
    for page, body in zip(pages, bodies, strict=True):
        setattr(page, name, body)
    leaves = [leaf for body in bodies for leaf in _leaves(body)]
    _expand_links([leaf for leaf in leaves if isinstance(leaf, RichText)])
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


def _expand_links(texts: Sequence[RichText]) -> None:
    """Give the links of each text their addresses: expanded again when drawn, they stay."""
    links = list({link for text in texts for link in _LINK.findall(text.source)})
    expanded = expand_db_html(_BETWEEN.join(links)).split(_BETWEEN)
    known = dict(zip(links, expanded, strict=False))
    for text in texts:
        text.source = _LINK.sub(lambda found: known.get(found.group(), found.group()), text.source)
