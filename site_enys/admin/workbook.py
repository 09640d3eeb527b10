"""Workbooks of several sheets, for what is counted rather than listed."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from .exports import local, writable

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORBIDDEN_IN_A_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_TITLE = 31


@dataclass(frozen=True)
class Sheet:
    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return an XLSX file; a text that looks like a formula stays a text, instants are local."""
    from openpyxl import Workbook  # noqa: PLC0415 - a dozen megabytes, for those who export
    from openpyxl.styles import Font  # noqa: PLC0415 - as above

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title.translate(_FORBIDDEN_IN_A_TITLE)[:_LONGEST_TITLE])
        headings = [_cell(page, heading) for heading in sheet.headings]
        for heading in headings:
            heading.font = Font(bold=True)
        page.append(headings)
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook_response(sheets: Iterable[Sheet], filename: str) -> HttpResponse:
    """The file as an attachment that nobody keeps on the way."""
    return HttpResponse(
        workbook(sheets),
        content_type=TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{filename}.xlsx"',
            "Cache-Control": "private, no-store",
        },
    )


def _cell(page: Any, value: Any) -> "WriteOnlyCell":
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    if isinstance(value, datetime):
        value = local(value)
    if not isinstance(value, str):
        return WriteOnlyCell(page, value)
    cell = WriteOnlyCell(page, writable(value))
    cell.data_type = "s"
    return cell
