"""A list of trainees in a file: its columns understood, checked line by line, then enrolled."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from formation.enums import SEATED, BuyerType
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.models.enrolment import email_key, person_key
from site_enys.french import fold
from site_enys.states import Actor

from .enrolment import LARGEST_GROUP, SignUp, Trainee, enrol
from .spreadsheet import UnreadableTable, read_rows

#: More than any session holds, with its waiting list.
MOST_LINES = 100
#: What a column is called in our sentences, and what else it may be called, folded.
COLUMNS = {
    "first_name": ("prénom", "prenoms", "prenom du stagiaire", "first name"),
    "last_name": ("nom", "nom de famille", "nom du stagiaire", "last name"),
    "email": (
        "courriel",
        "email",
        "e mail",
        "mail",
        "mel",
        "adresse electronique",
        "adresse mail",
        "adresse email",
        "adresse e mail",
        "courriel du stagiaire",
    ),
    "phone": ("téléphone", "tel", "portable", "mobile", "telephone portable"),
    "organisation": (
        "organisme",
        "entreprise",
        "employeur",
        "structure",
        "societe",
        "etablissement",
        "raison sociale",
    ),
    "siret": ("SIRET", "n siret", "no siret", "numero siret", "numero de siret"),
    "contact_name": ("contact", "nom du contact", "responsable"),
    "contact_email": (
        "courriel du contact",
        "email du contact",
        "e mail du contact",
        "mail du contact",
        "adresse du contact",
    ),
}
WANTED = ("first_name", "last_name", "email")
#: What is said of an employer; a list that comes from one of them may leave it out.
EMPLOYER = ("organisation", "siret", "contact_name", "contact_email")


@dataclass
class Line:
    """One line of the file, with what is wrong in it."""

    number: int
    values: dict[str, str]
    faults: list[str] = field(default_factory=list)

    @property
    def buyer_type(self) -> BuyerType:
        return BuyerType.COMPANY if self.values.get("organisation") else BuyerType.INDIVIDUAL

    @property
    def trainee(self) -> Trainee:
        first_name, last_name, email, phone = (
            self.values.get(name, "") for name in (*WANTED, "phone")
        )
        return Trainee(first_name, last_name, email, phone)


@dataclass(frozen=True)
class Enrolled:
    """What a list led to."""

    requests: list[EnrolmentRequest]
    seats: int
    waiting: int

    @property
    def numbers(self) -> tuple[int, int]:
        return self.seats, self.waiting


def read_roster(content: bytes, employer: Mapping[str, str] | None = None) -> list[Line]:
    """The lines of a CSV or XLSX file that are not blank, under the names of our columns.

    A line that names no organisation is taken to come from `employer`, if there is one. Raises
    UnreadableTable with the reason.
    """
    titles, *rows = read_rows(content, most=MOST_LINES)
    columns = _columns_of(titles[1])
    if not rows:
        raise UnreadableTable("Ce fichier n’a que sa ligne de titres.")
    lines = []
    for number, row in rows:
        values = {name: row[place] for name, place in columns.items() if place < len(row)}
        if employer and not any(values.get(name) for name in EMPLOYER):
            values |= employer
        values["phone"] = _with_its_zero(values.get("phone", ""))
        lines.append(Line(number, values))
    return lines


def check_lines(session: Session, lines: Sequence[Line], checks: Mapping[str, Any]) -> int:
    """Clean each line, note all that is wrong in it, and return how many lines are wrong.

    `checks` are the form fields that clean each column.
    """
    known = _People(session)
    for line in lines:
        line.faults = [*_clean(line, checks), *_incomplete(line), *known.again(line)]
    return sum(bool(line.faults) for line in lines)


@transaction.atomic
def enrol_roster(
    session: Session, lines: Sequence[Line], *, by: Actor, now: datetime, reason: str = ""
) -> Enrolled:
    """Enrol checked lines, those of one organisation together; all of them or none.

    A line without an organisation is somebody who pays alone. Raises Refused as `enrol` does.
    """
    requests = [enrol(session, data, now, by=by, reason=reason) for data in _requests_of(lines)]
    states = Enrolment.objects.filter(request__in=requests).values_list("state", flat=True)
    seats = sum(state in SEATED for state in states)
    return Enrolled(requests, seats, len(states) - seats)


def _requests_of(lines: Iterable[Line]) -> Iterator[SignUp]:
    together: dict[tuple[Any, ...], list[Line]] = {}
    for line in lines:
        employer = tuple(
            fold(line.values.get(name, "")) for name in ("organisation", "siret", "contact_email")
        )
        # Who pays alone makes a request alone.
        key = employer if line.buyer_type == BuyerType.COMPANY else (line.number,)
        together.setdefault(key, []).append(line)
    for group in together.values():
        for start in range(0, len(group), LARGEST_GROUP):
            yield _sign_up(group[start : start + LARGEST_GROUP])


def _sign_up(lines: Sequence[Line]) -> SignUp:
    values = lines[0].values
    employer: dict[str, Any] = {name: values.get(name, "") for name in EMPLOYER}
    if employer["organisation"]:
        employer["contact_name"] = employer["contact_name"] or employer["organisation"]
    return SignUp(
        buyer_type=lines[0].buyer_type,
        trainees=tuple(line.trainee for line in lines),
        notice_version="par l’équipe",
        accept_partial=len(lines) > 1,
        **employer,
    )


def _columns_of(titles: Sequence[str]) -> dict[str, int]:
    """Where each of our columns stands."""
    known = {_plain(title): name for name, titles in COLUMNS.items() for title in titles}
    plain = [_plain(title) for title in titles]
    found = [(known[title], place) for place, title in enumerate(plain) if title in known]
    counted = Counter(name for name, _ in found)
    absent = [COLUMNS[name][0] for name in WANTED if not counted[name]]
    if absent:
        raise UnreadableTable(
            f"La première ligne nomme les colonnes. Il manque\u00a0: {', '.join(absent)}."
        )
    if twice := [COLUMNS[name][0] for name, number in counted.items() if number > 1]:
        raise UnreadableTable(f"Colonne en double\u00a0: {', '.join(twice)}.")
    return dict(found)


def _plain(title: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(title)))


def _with_its_zero(phone: str) -> str:
    """A French number from which a spreadsheet took the zero, or the sign, that begins it."""
    if re.fullmatch(r"[1-9][0-9]{8}", phone):
        return f"0{phone}"
    return f"+{phone}" if re.fullmatch(r"33[1-9][0-9]{8}", phone) else phone


def _clean(line: Line, checks: Mapping[str, Any]) -> Iterator[str]:
    for name, check in checks.items():
        try:
            line.values[name] = check.clean(line.values.get(name, ""))
        except ValidationError as error:
            yield f"{COLUMNS[name][0]}\u00a0: {' '.join(error.messages)}"


def _incomplete(line: Line) -> Iterator[str]:
    """Without a contact of its own, an employer would be answered through one of the trainees."""
    if line.buyer_type == BuyerType.COMPANY:
        if not line.values.get("contact_email"):
            yield "courriel du contact\u00a0: à indiquer avec un organisme."
    elif any(line.values.get(name) for name in EMPLOYER):
        yield "organisme\u00a0: à indiquer avec un SIRET ou un contact."


class _People:
    """Who is in the session or higher up in the list, under the keys that make a person one."""

    def __init__(self, session: Session) -> None:
        already = "Cette personne a déjà une inscription en cours pour cette session."
        live = Enrolment.objects.live().filter(session=session)
        self.by_key: dict[str, str] = {}
        self.by_email: dict[str, str] = {}
        for email, key in live.values_list("email_key", "person_key"):
            self.by_email[email] = self.by_key[key] = already

    def again(self, line: Line) -> list[str]:
        """Why this person would be counted twice, if so."""
        values = line.values
        if not all(values.get(name) for name in WANTED):
            return []
        email, key = email_key(values["email"]), line.trainee.key(line.buyer_type)
        alone = person_key(BuyerType.INDIVIDUAL, email, "")
        known = self.by_email.get(email) if key == alone else None
        known = known or self.by_key.get(key) or self.by_key.get(alone)
        here = f"Cette personne est déjà à la ligne {line.number}."
        self.by_email.setdefault(email, here)
        self.by_key.setdefault(key, here)
        return [known] if known else []
