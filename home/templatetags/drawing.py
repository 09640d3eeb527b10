"""What is drawn into a page rather than asked for beside it: the web of links, the icon."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

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


@register.simple_tag
@cache
def tab_icon() -> SafeString:
    """`favicon.svg` as an address (RFC 2397): a first visit has one request less to wait for."""
    drawing = Path(settings.BASE_DIR, "static/icons/favicon.svg").read_text().strip()
    address = quote(drawing.replace('"', "'"), safe=" '/=:;,.(){}@")
    return mark_safe(f"data:image/svg+xml,{address}")  # noqa: S308 - our own drawing
