"""The contents of a page, read from what its template shows."""

from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString, mark_safe

from home.services.headings import Heading, anchored, nested

register = template.Library()

#: Fewer headings than this are seen at a glance.
FEWEST_HEADINGS = 3


@dataclass(frozen=True)
class Contents:
    """What a page shows, with an anchor on each heading, and where they lead."""

    html: SafeString
    headings: list[Heading]


@register.simple_block_tag
def with_contents(content: str) -> Contents:
    """`{% with_contents as text %}…{% endwith_contents %}`, for a page of several chapters."""
    headings: list[Heading] = []
    html = mark_safe(anchored(content, headings))  # noqa: S308 - the template has escaped it
    chapters = nested(headings)
    return Contents(html, chapters if len(chapters) >= FEWEST_HEADINGS else [])
