"""What the chapters of « Aide » are written with."""

from pathlib import Path
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from site_enys.chapters import Chapter, chapter_of_screen, find_chapter

register = template.Library()

FOLDER = "guide"
#: The one size of the pictures, that of `tests/tools/guide_pictures.py`.
WIDTH, HEIGHT = 1120, 700


@register.simple_tag
def label(words: str) -> SafeString:
    """A button, a menu or a field, by the very words of the screen."""
    return format_html('<strong class="guide__label">«\u00a0{}\u00a0»</strong>', words)


@register.simple_tag
def picture(name: str, alt: str) -> SafeString:
    """A picture of a real screen; its marks are numbered as the text says."""
    return format_html(
        '<p class="guide__picture"><img src="{}" alt="{}" width="{}" height="{}" loading="lazy">'
        "</p>",
        static(str(Path(FOLDER) / f"{name}.webp")),
        alt,
        WIDTH,
        HEIGHT,
    )


@register.inclusion_tag("site_enys/guide/see.html")
def see(slug: str) -> dict[str, Any]:
    """A link to another chapter."""
    return {"chapter": find_chapter(slug)}


@register.simple_tag(takes_context=True)
def chapter_of_this_screen(context: Any) -> Chapter | None:
    """The chapter that explains the screen being shown, if there is one."""
    # The header is included with `only`: the request is no variable there, but stays an attribute.
    match = getattr(getattr(context, "request", None), "resolver_match", None)
    return chapter_of_screen(match.view_name) if match else None
