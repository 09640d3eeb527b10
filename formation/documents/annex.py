"""What is annexed to a document: the programme and the internal rules, as they stand today."""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html, format_html_join

from wagtail.blocks import StreamValue

from formation.models import CatalogueIndexPage, Session
from site_enys.rich_text import blocks_of
from site_enys.templatetags.typography import long_date, with_no_break_spaces

from .leaflet import said

#: Each block that holds a text, as rich text; pictures, figures and links say nothing in rules.
_SAID: dict[str, Callable[[Any], str]] = {
    "paragraph": str,
    "heading": lambda value: format_html("<h2>{}</h2><p>{}</p>", value["text"], value["lead"]),
    "quote": lambda value: format_html(
        "<p>«\u00a0{}\u202f»<br>{}</p>", value["text"], value["source"]
    ),
    "callout": lambda value: format_html("<h3>{}</h3>{}", value["title"], value["text"]),
    "steps": lambda value: format_html(
        "<h3>{}</h3><ol>{}</ol>",
        value["title"],
        format_html_join(
            "", "<li>{}\u00a0: {}</li>", ((step["title"], step["text"]) for step in value["steps"])
        ),
    ),
    "faq": lambda value: format_html(
        "<h3>{}</h3>{}",
        value["title"],
        format_html_join(
            "",
            "<h4>{}</h4>{}",
            ((line["question"], line["answer"]) for line in value["questions"]),
        ),
    ),
}


def programme(session: Session) -> dict[str, Any]:
    """What the page of the course says, with the price of the session."""
    course = session.course
    return said(course, course.updated_on, None, amount=session.price_override)


def internal_rules(catalogue: CatalogueIndexPage | None) -> dict[str, Any]:
    """The internal rules (articles L6352-3 and L6352-4), as data for `annex.typ`.

    Empty when the catalogue names no page, or when that page is offline or says nothing.
    """
    named = catalogue and catalogue.internal_rules_page
    page = named.specific if named and named.live else None
    content = _content(getattr(page, "introduction", ""), getattr(page, "body", None))
    if page is None or not content:
        return {}
    published = page.last_published_at
    return {
        "title": with_no_break_spaces(page.title),
        "published": f"Texte publié le {long_date(published)}" if published else "",
        "content": content,
    }


def _content(introduction: str, body: StreamValue | None) -> list[dict[str, Any]]:
    told: list[str] = [format_html("<p>{}</p>", introduction)] if introduction else []
    told += [
        _SAID[block.block_type](block.value) for block in body or [] if block.block_type in _SAID
    ]
    return blocks_of("".join(told))
