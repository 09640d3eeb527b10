"""What the chapters of « Aide » are written with."""

from pathlib import Path
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from site_enys.chapters import Chapter, chapter_of_screen, find_chapter

register = template.Library()

FOLDER, ICON = "guide", "wagtailadmin/shared/icon.html"
#: The one size of the pictures, that of `tests/tools/guide_pictures.py`.
WIDTH, HEIGHT = 1120, 700


#: What the screen only draws: its words are read aloud, or shown when one points at it.
DRAWN = {
    "Actions": "dots-horizontal",
    "Afficher les filtres": "sliders",
    "Afficher/masquer le statut": "info-circle",
    "Afficher/masquer la prévisualisation": "mobile-alt",
    "Historique": "history",
    "Insérer un bloc": "plus",
}


@register.simple_tag
def label(words: str) -> SafeString:
    """A button, a menu or a field, by the words of the screen, with its drawing if it is one."""
    drawing = render_to_string(ICON, {"name": DRAWN[words]}) if words in DRAWN else ""
    return format_html(
        '<strong class="guide__label">{}«\u00a0{}\u00a0»</strong>',
        mark_safe(drawing),  # noqa: S308 - a template of Wagtail
        words,
    )


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
