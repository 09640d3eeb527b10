"""Choosers of pages and documents: what a body points to is read all together, once."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.db.models import Model

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from home.services import reach


def _chosen(model: type[Model], keys: Sequence[Any]) -> list[Model | None]:
    """What is chosen, in the same order; each has its own copy, as Wagtail would give."""
    rows = reach.rows(model, keys)
    return [copy(rows[key]) if key in rows else None for key in keys]


class KnownPageChooserBlock(blocks.PageChooserBlock):
    """In the migrations, it is Wagtail's."""

    def bulk_to_python(self, values: Sequence[Any]) -> list[Model | None]:
        return _chosen(self.model_class, values)

    def deconstruct(self) -> tuple[str, Any, Any]:
        _, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs


class ShownPageChooserBlock(KnownPageChooserBlock):
    """Of this page, more than the address is shown: its summary, or its text."""

    shows_its_page = True


class KnownDocumentChooserBlock(DocumentChooserBlock):
    """The same for documents."""

    def bulk_to_python(self, values: Sequence[Any]) -> list[Model | None]:
        return _chosen(self.model_class, values)

    def deconstruct(self) -> tuple[str, Any, Any]:
        _, args, kwargs = super().deconstruct()
        return "wagtail.documents.blocks.DocumentChooserBlock", args, kwargs
