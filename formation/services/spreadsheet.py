"""A table as people send it: CSV or XLSX, told apart by the content and not by the name."""

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from zipfile import BadZipFile, ZipFile

from site_enys.exceptions import Refused

LARGEST_FILE = 1_000_000  # bytes: thousands of lines
LARGEST_UNZIPPED = 20_000_000  # bytes: a small archive may hold gigabytes
MOST_ROWS = 1_048_576  # what the format of workbooks allows
MOST_COLUMNS = 40
_ZIP = b"PK\x03\x04"
_FORMER_EXCEL = b"\xd0\xcf\x11\xe0"  # workbooks of before 2007, and those under a password
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

#: A line of the table, with the number that a spreadsheet shows beside it.
Row = tuple[int, list[str]]


class UnreadableTable(Refused):
    """The file is no table that we can read."""

    sentence = "Ce fichier n’est pas un tableau CSV ou XLSX."


def read_rows(content: bytes, most: int) -> list[Row]:
    """The lines that are not blank, titles first, each cell on one line of text.

    Raises UnreadableTable with the reason, also beyond `most` lines below the titles.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableTable("Ce fichier dépasse 1\u00a0Mo\u00a0: gardez la seule liste utile.")
    if content.startswith(_FORMER_EXCEL):
        raise UnreadableTable(
            "Ce fichier est protégé par un mot de passe, ou d’un ancien format d’Excel\u00a0: "
            "enregistrez-le sans mot de passe, en XLSX ou en CSV."
        )
    rows = _rows_of_workbook(content) if content.startswith(_ZIP) else _rows_of_csv(content)
    filled = list(islice(_filled(rows), most + 2))
    if not filled:
        raise UnreadableTable("Ce fichier est vide.")
    if len(filled) > most + 1:
        raise UnreadableTable(f"Ce fichier a plus de {most} lignes\u00a0: partagez-le.")
    return filled


def _filled(rows: Iterable[Iterable[Any]]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield number, cells


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a SIRET or a telephone that the spreadsheet took for a number
    return "" if cell is None else " ".join(str(cell).split())


def _rows_of_csv(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise UnreadableTable
    first_line = next(iter(text.strip().splitlines()), "")
    separator = max(";,\t", key=first_line.count)
    # Strict: a quotation mark left open would swallow the rest of the list without a word.
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise UnreadableTable(
            "Ce fichier n’est pas un tableau CSV ou XLSX, ou ses guillemets sont mal fermés "
            f"(vers la ligne {reader.line_num})."
        ) from error


def _decoded(content: bytes) -> str:
    # As the office software of the last twenty years writes it.
    encodings = ["utf-16"] if content.startswith(_UTF_16) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable


def _rows_of_workbook(content: bytes) -> list[tuple[Any, ...]]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            unzipped = sum(part.file_size for part in archive.infolist())
        if unzipped > LARGEST_UNZIPPED:
            raise UnreadableTable("Ce classeur est trop lourd\u00a0: gardez la seule liste utile.")
        return _first_sheet(content)
    except (UnreadableTable, MemoryError):
        raise
    except BadZipFile as error:
        raise UnreadableTable("Ce classeur est abîmé\u00a0: enregistrez-le de nouveau.") from error
    except Exception as error:  # the library raises whatever its parsers make of a wrong content
        raise UnreadableTable("Ce fichier n’est pas un classeur XLSX lisible.") from error


def _first_sheet(content: bytes) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - a dozen megabytes, for those who import

    # The values that the formulas had when the workbook was saved.
    workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = workbook.worksheets[0]
        # Within bounds of ours: some software announces fewer lines than there are.
        return list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=MOST_COLUMNS))
    finally:
        workbook.close()
