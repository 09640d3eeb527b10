"""Spreadsheets that open well in France and cannot run a formula typed by a visitor."""

import csv
import re
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from wagtail.admin.views.mixins import Echo
from wagtail.coreutils import multigetattr

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


#: What XML cannot hold: openpyxl, which is not loaded before a workbook is made, refuses it too.
_ILLEGAL = re.compile(r"[\000-\010]|[\013-\014]|[\016-\037]")


def writable(value: str) -> str:
    """A text that does not make the file of a workbook invalid."""
    return _ILLEGAL.sub("", value)


def without_formula(value: str) -> str:
    """Return a text that a spreadsheet will show rather than compute (OWASP, CSV injection)."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def local(value: datetime) -> datetime:
    """The instant in local time, naive, as spreadsheets want it."""
    return timezone.make_naive(value) if timezone.is_aware(value) else value


def value_along(item: Any, name: str) -> Any:
    """« enrolment.full_name » of a record; nothing when the record has no enrolment."""
    before = name.rpartition(".")[0]
    if before and value_along(item, before) in (None, ""):
        return ""
    return multigetattr(item, name)


def _as_is(value: Any) -> Any:
    return value


def _yes_or_no(value: bool) -> str:  # noqa: FBT001 - called by Wagtail with the value alone
    return "oui" if value else "non"


class SafeExportMixin:
    """For Wagtail's list views: local time, labels, CSV that Excel opens in France, no formula."""

    custom_value_preprocess = {
        datetime: {"xlsx": local, "csv": lambda value: f"{local(value):%d/%m/%Y %H:%M}"},
        date: {"xlsx": _as_is, "csv": lambda value: f"{value:%d/%m/%Y}"},
        bool: {"xlsx": _yes_or_no, "csv": _yes_or_no},
        list: {"xlsx": ", ".join, "csv": ", ".join},
    }

    def to_row_dict(self, item: Any) -> OrderedDict[str, Any]:
        """The exported values of a record; a choice by its label, as on the screen."""
        names = self.list_export  # type: ignore[attr-defined]
        row = OrderedDict((name, value_along(item, name)) for name in names)
        for name in row:
            if label := getattr(item, f"get_{name}_display", None):
                row[name] = label()
        return row

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        ready = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        if not isinstance(ready, str):
            return ready
        if export_format == "csv":
            return without_formula(ready)
        # In XLSX a text is never computed, but a control character makes the file invalid.
        return writable(ready)

    def stream_csv(self, queryset: QuerySet[Any]) -> Iterator[bytes]:
        """A byte order mark, then semicolons: the comma is the decimal sign in France."""
        names = self.list_export  # type: ignore[attr-defined]
        writer = csv.DictWriter(Echo(), fieldnames=names, delimiter=";")
        yield "\ufeff".encode()
        yield writer.writerow({name: self.get_heading(queryset, name) for name in names})  # type: ignore[attr-defined]
        for item in queryset:
            yield self.write_csv_row(writer, self.to_row_dict(item))  # type: ignore[attr-defined]
