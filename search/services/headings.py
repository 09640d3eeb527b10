"""The headings of a page, wherever its blocks hold them."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags

from wagtail.fields import StreamField

from home.models import BasePage

_HEADING = re.compile(r"<h[2-4][^>]*>(.*?)</h[2-4]>", re.DOTALL | re.IGNORECASE)
#: Names of the parts of blocks that are shown as headings.
_NAMES = frozenset({"heading", "title", "question"})


def headings(page: BasePage) -> Iterator[str]:
    """Yield the words of each heading, in the order of the page."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _inside(field.value_from_object(page).get_prep_value(), "")


def _inside(value: Any, name: str) -> Iterator[str]:
    """Walk the stored value of a block that is called `name` in what holds it."""
    if isinstance(value, str):
        yield from [value] if name in _NAMES else map(strip_tags, _HEADING.findall(value))
    elif isinstance(value, list):
        for part in value:
            yield from _inside(part, name)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _inside(part, _name_of(key, name, value))


def _name_of(key: str, name: str, block: dict[str, Any]) -> str:
    if key == "value" and "type" in block:
        return str(block["type"])
    return name if (name, key) == ("heading", "text") else key
