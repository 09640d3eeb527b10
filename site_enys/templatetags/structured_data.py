import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Inside JSON, these are as good, and they close no element.
_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&"}


@register.simple_tag
def structured_data(data: dict[str, Any]) -> SafeString:
    """The script element that tells search engines what a page is about (schema.org)."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text.translate(_ESCAPES)),  # noqa: S308 - escaped just here
    )
