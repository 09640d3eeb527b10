"""Drawing the blocks and the rich texts that editors write."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from home import rich_text
from home.services import reach

register = template.Library()


@register.simple_tag(takes_context=True)
def blocks_of(context: Context, body: Any, without: str = "") -> SafeString:
    """All the blocks of a body but one kind, in order; what they link to is asked for once."""
    around = context.flatten()
    shown = (
        # What a block opens or closes has a name of its own in the page.
        block.render_as_block(around | {"block_id": str(block.id or number)})
        for number, block in enumerate(body)
        if block.block_type != without
    )
    with reach.remembered(body):
        return format_html_join("", "{}", ((html,) for html in shown))


@register.filter
def without_dead_links(html: str) -> SafeString:
    """What Wagtail has made of a rich text, where a link to nowhere is only its words."""
    return mark_safe(rich_text.without_dead_links(html))  # noqa: S308 - as Wagtail's own template
