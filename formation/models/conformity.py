"""« Conformité » : where the page of a course stands, for the panel of its editor."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS

from home.conformity import Conformity, Line, line

from .course_rules import ADVISED, REQUIRED, Finding, review


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
    if item.field == NON_FIELD_ERRORS:
        return Line("catalogue", "", item.source, item.sentence)
    return line(course, item.field, item.source, item.sentence)
