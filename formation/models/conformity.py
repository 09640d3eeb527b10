"""« Conformité » : the panel of the course editor that shows what the law still wants."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Media
from django.urls import reverse

from wagtail.admin.panels import Panel

from .course_rules import ADVISED, REQUIRED, Finding, review


@dataclass(frozen=True)
class Line:
    """A finding as it is shown: with the label of its field, and how to reach it."""

    label: str
    field: str
    source: str
    sentence: str


@dataclass(frozen=True)
class Conformity:
    """What a course page lacks, what it would better say, and what is in order."""

    missing: list[Line]
    advice: list[Line]
    in_order: list[Line]


def conformity(course: Any, values: dict[str, Any] | None = None) -> Conformity:
    """Where a course stands, from the values of a form or else from the page."""
    required, advised = review(REQUIRED, course, values), review(ADVISED, course, values)
    return Conformity(
        missing=_lines(course, (found for found in required if not found.satisfied)),
        advice=_lines(course, (found for found in advised if not found.satisfied)),
        in_order=_lines(course, (found for found in required if found.satisfied)),
    )


def _lines(course: Any, findings: Iterable[Finding]) -> list[Line]:
    return [_line(course, found.item) for found in findings]


def _line(course: Any, item: Any) -> Line:
    in_catalogue = item.field == NON_FIELD_ERRORS
    label = "catalogue" if in_catalogue else course._meta.get_field(item.field).verbose_name
    field = "" if in_catalogue else item.field
    return Line(str(label), field, item.source, item.sentence)


class ConformityPanel(Panel):
    """Follows what is typed: its script posts the form and shows the answer."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "formation/admin/conformity_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            pk = self.instance.pk
            return super().get_context_data(parent_context) | {
                "conformity": conformity(self.instance),
                "url": reverse("formation_conformity", args=[pk] if pk else []),
            }

        @property
        def media(self) -> Media:
            return Media(js=["js/conformity.js"])
