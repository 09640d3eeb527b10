"""The web of links, drawn into a page."""

from typing import Any

from django import template

from home.services.web_of_links import weave

register = template.Library()


@register.inclusion_tag("components/web.html")
def web_of_links(
    seed: Any, count: int = 14, width: int = 340, height: int = 170, *, fills: bool = False
) -> dict[str, Any]:
    """A decorative web; the same `seed` (the slug of a page) always gives the same drawing.

    It stands whole in its frame, unless it `fills` it and goes on past its right edge.
    """
    return {"web": weave(str(seed or "enys"), width, height, count), "fills": fills}
