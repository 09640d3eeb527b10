"""A list of trainees in a file: read as people send it, checked line by line, then enrolled."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from django.db import transaction

from openpyxl import load_workbook

from formation.enums import BuyerType
from formation.models import EnrolmentRequest, Session
from site_enys.exceptions import Refused
from site_enys.french import fold
from site_enys.states import Actor

from .enrolment import LARGEST_GROUP, SignUp, Trainee, enrol

LARGEST_FILE = 1_000_000  # bytes: thousands of lines
MOST_LINES = 300
#: What a column may be called, folded; the first is the name that we suggest.
COLUMNS = {
    "first_name": ("prenom", "prenoms", "first name"),
    "last_name": ("nom", "nom de famille", "last name"),
    "email": ("courriel", "email", "e-mail", "mail", "adresse electronique", "adresse mail"),
    "phone": ("telephone", "tel", "portable", "mobile"),
    "organisation": ("organisme", "entreprise", "employeur", "structure", "societe"),
    "siret": ("siret",),
    "contact_name": ("contact", "nom du contact", "responsable"),
    "contact_email": ("courriel du contact", "email du contact", "mail du contact"),
}
WANTED = ("first_name", "last_name", "email")
_LABELS = {name: names[0] for name, names in COLUMNS.items()}
_BY_TITLE = {title: name for name, titles in COLUMNS.items() for title in titles}


class UnreadableRoster(Refused):
    """The file is no table, or not one of trainees."""


@dataclass
class Line:
    """One line of the file, with what is wrong in it."""

    number: int
    values: dict[str, str]
    faults: list[str] = field(default_factory=list)


def read_roster(name: str, content: bytes) -> list[Line]:
    """The lines of a CSV or XLSX file that are not blank, under the names of our columns.

    Whatever the separator and the encoding of the CSV. Raises UnreadableRoster with the reason.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableRoster("Ce fichier dépasse 1 Mo : gardez la seule liste des stagiaires.")
    rows = _rows_of_workbook(content) if name.lower().endswith(".xlsx") else _rows_of_csv(content)
    numbered = [(number, [_text(cell) for cell in row]) for number, row in enumerate(rows, start=1)]
    filled = [(number, row) for number, row in numbered if any(row)]
    if not filled:
        raise UnreadableRoster("Ce fichier est vide.")
    columns = _columns_of(filled[0][1])
    lines = [
        Line(number, {title: row[place] for place, title in columns.items() if place < len(row)})
        for number, row in filled[1:]
    ]
    if not lines:
        raise UnreadableRoster("Ce fichier n’a que sa ligne de titres.")
    if len(lines) > MOST_LINES:
        raise UnreadableRoster(f"Ce fichier a plus de {MOST_LINES} lignes : partagez-le.")
    return lines


@transaction.atomic
def enrol_roster(
    session: Session, people: Iterable[dict[str, str]], *, by: Actor, now: datetime, reason: str
) -> list[EnrolmentRequest]:
    """Enrol checked lines, those of one organisation together; all of them or none.

    A line without an organisation is somebody who pays alone. Raises Refused as `enrol` does.
    """
    return [enrol(session, data, now, by=by, reason=reason) for data in _requests_of(people)]


def _requests_of(people: Iterable[dict[str, str]]) -> Iterator[SignUp]:
    together: dict[tuple[str, str], list[dict[str, str]]] = {}
    for number, person in enumerate(people):
        organisation = person.get("organisation", "")
        key = (fold(organisation), person.get("contact_email", "").lower())
        # Who comes alone makes a request alone.
        together.setdefault(key if organisation else (str(number), ""), []).append(person)
    for group in together.values():
        for start in range(0, len(group), LARGEST_GROUP):
            yield _sign_up(group[start : start + LARGEST_GROUP])


def _sign_up(people: list[dict[str, str]]) -> SignUp:
    first = people[0]
    trainees = tuple(
        Trainee(one["first_name"], one["last_name"], one["email"], one.get("phone", ""))
        for one in people
    )
    common: dict[str, Any] = {"trainees": trainees, "notice_version": "par l’équipe"}
    organisation = first.get("organisation", "")
    if not organisation:
        return SignUp(buyer_type=BuyerType.INDIVIDUAL, **common)
    return SignUp(
        buyer_type=BuyerType.COMPANY,
        organisation=organisation,
        siret=first.get("siret", ""),
        contact_name=first.get("contact_name") or organisation,
        contact_email=first.get("contact_email") or first["email"],
        accept_partial=True,
        **common,
    )


def _columns_of(titles: list[str]) -> dict[int, str]:
    columns = {
        place: name
        for place, title in enumerate(titles)
        if (name := _BY_TITLE.get(fold(title).strip()))
    }
    absent = [_LABELS[name] for name in WANTED if name not in columns.values()]
    if absent:
        raise UnreadableRoster(
            "La première ligne nomme les colonnes. Il manque\u00a0: " + ", ".join(absent) + "."
        )
    return columns


def _rows_of_csv(content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "cp1252"):  # as the office software of the last twenty years
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UnreadableRoster("L’encodage de ce fichier n’est pas lisible : enregistrez en UTF-8.")
    if "\x00" in text:
        raise UnreadableRoster("Ce fichier n’est pas un tableau CSV ou XLSX.")
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise UnreadableRoster("Ce fichier n’est pas un tableau CSV ou XLSX.") from error


def _rows_of_workbook(content: bytes) -> list[tuple[Any, ...]]:
    try:
        workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = workbook.worksheets[0]
        rows = list(sheet.iter_rows(values_only=True, max_row=MOST_LINES * 4, max_col=40))
        workbook.close()
    except (BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise UnreadableRoster("Ce fichier XLSX est abîmé ou protégé.") from error
    return rows


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a SIRET or a telephone that the spreadsheet took for a number
    return "" if cell is None else " ".join(str(cell).split())


def check_lines(lines: Iterable[Line], checks: dict[str, Any]) -> None:
    """Note what is wrong in each line; `checks` are the form fields that clean each column."""
    seen: dict[str, int] = {}
    for line in lines:
        for name, check in checks.items():
            try:
                line.values[name] = check.clean(line.values.get(name, ""))
            except ValidationError as error:
                line.faults.append(f"{_LABELS[name]}\u00a0: {' '.join(error.messages)}")
        person = fold(" ".join(line.values.get(name, "") for name in WANTED))
        if first := seen.get(person):
            line.faults.append(f"Cette personne est déjà à la ligne {first}.")
        seen.setdefault(person, line.number)
