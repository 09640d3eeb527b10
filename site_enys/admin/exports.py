"""Spreadsheets that open well in France and cannot run a formula typed by a visitor."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def without_formula(value: str) -> str:
    """Return a text that a spreadsheet will show rather than compute (OWASP, CSV injection)."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def local(value: datetime) -> datetime:
    """The instant in local time, naive, as spreadsheets want it."""
    return timezone.make_naive(value) if timezone.is_aware(value) else value


class SafeExportMixin:
    """For Wagtail's list views: local time, a byte order mark in CSV, and no formula."""

    custom_value_preprocess = {
        datetime: {"xlsx": local, "csv": lambda value: local(value).strftime("%d/%m/%Y %H:%M")},
        str: {"xlsx": without_formula, "csv": without_formula},
        bool: {
            "xlsx": lambda value: "oui" if value else "non",
            "csv": lambda value: "oui" if value else "non",
        },
    }

    def stream_csv(self, queryset: QuerySet[Any]) -> Iterator[Any]:
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)  # type: ignore[misc]
