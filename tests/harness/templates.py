"""A name that a template of ours does not know fails the test, instead of printing nothing."""

import sys
from pathlib import Path

from django.conf import settings
from django.template.base import Node

import pytest

OURS = Path(settings.BASE_DIR, "templates")


class UndefinedVariable(str):
    """What Django prints for an unknown variable: empty, as by default, but it looks who asks.

    Django tests its truth at the moment a variable is found missing; templates of Wagtail and of
    other packages, which rely on that leniency, get the usual empty text.
    """

    def __bool__(self) -> bool:
        node, expression = who_asks()
        if node is not None and Path(node.origin.name).is_relative_to(OURS):
            where = Path(node.origin.name).relative_to(OURS)
            pytest.fail(f"{where}, ligne {node.token.lineno} : variable inconnue {expression}")
        return False


def who_asks() -> tuple[Node | None, object]:
    """The template node being rendered and the expression it could not resolve."""
    frame = sys._getframe(2)
    expression = frame.f_locals.get("self")
    while frame:
        subject = frame.f_locals.get("self")
        if isinstance(subject, Node) and getattr(subject, "origin", None):
            return subject, expression
        frame = frame.f_back
    return None, expression
