"""What is joined to an agreement: the programme of the course, the internal rules."""

from typing import Any

from wagtail.blocks import StreamValue

from formation.models import CoursePage
from site_enys.rich_text import blocks_of

from .leaflet import said


def programme_annex(course: CoursePage) -> dict[str, Any]:
    """What the page of the course says, as it stands today."""
    return said(course, updated_on=course.updated_on)


def rules_annex(course: CoursePage) -> dict[str, Any]:
    """The internal rules (article L6352-3), as their page says them; without a page, nothing."""
    page = course.catalogue and course.catalogue.internal_rules_page
    body = getattr(page.specific, "body", None) if page and page.live else None
    return {"title": page.title, "blocks": _texts(body)} if page and body else {}


def _texts(body: StreamValue) -> list[dict[str, Any]]:
    """The texts and titles of a page; its pictures and links to elsewhere are left out."""
    blocks: list[dict[str, Any]] = []
    for block in body:
        if block.block_type == "paragraph":
            blocks += blocks_of(str(block.value))
        elif block.block_type == "heading":
            run = {"text": block.value["text"], "bold": True, "italic": False}
            blocks.append({"kind": "p", "runs": [run]})
    return blocks
