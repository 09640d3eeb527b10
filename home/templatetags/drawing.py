"""The web of links, drawn into a page."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from home.services.web_of_links import weave

register = template.Library()


@register.simple_tag
def web_of_links(
    seed: Any, count: int = 14, width: int = 340, height: int = 170, *, fills: bool = False
) -> SafeString:
    """A decorative web; the same `seed` (the slug of a page) always gives the same drawing.

    It stands whole in its frame, unless it `fills` it and goes on past its right edge.
    """
    return _drawn(str(seed or "enys"), width, height, count, fills=fills)


@lru_cache(maxsize=256)
def _drawn(seed: str, width: int, height: int, count: int, *, fills: bool) -> SafeString:
    web = weave(seed, width, height, count)
    return render_to_string("components/web.html", {"web": web, "fills": fills})
