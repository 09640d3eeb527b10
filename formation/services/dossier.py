"""The file of a session in one archive: what an auditor or a funder asks for, with its list."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.db.models.fields.files import FieldFile
from django.utils import timezone

from formation.enums import FIRM, AgreementState
from formation.exceptions import DocumentDamaged
from formation.models import (
    Agreement,
    Attendance,
    AttendanceCorrection,
    AttendanceSheet,
    Complaint,
    Enrolment,
    EnrolmentEvent,
    IssuedDocument,
    Session,
    Survey,
)
from formation.words import session_dates
from site_enys.admin.workbook import Sheet, workbook
from site_enys.templatetags.typography import long_moment

from . import stored_files
from .evidence import facts_of
from .evidence.table import line_of
from .scans import SUFFIXES, type_of

#: Beyond this size the archive is built on disk.
_IN_MEMORY = 5_000_000


@dataclass(frozen=True)
class Piece:
    """One file of the archive; no content when the store has lost it, or damaged it."""

    path: str
    content: bytes | None


def dossier_of(session: Session, now: datetime) -> IO[bytes]:
    """Return the archive, open and at its beginning; the caller closes it.

    It holds the documents, former versions included, the signed scans, a workbook of all that is
    known, and a list of the files with their fingerprints. A file that is lost or damaged is
    named in the list: what is left is still worth having.
    """
    archive = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - given to the caller
    lines = []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for piece in _pieces(session, now):
            if piece.content is None:
                lines.append(f"{piece.path}\u00a0: abîmé ou absent du stockage")
                continue
            packed.writestr(f"{session.code}/{piece.path}", piece.content)
            lines.append(f"{piece.path}\u00a0: SHA-256 {hashlib.sha256(piece.content).hexdigest()}")
        packed.writestr(f"{session.code}/LISEZ-MOI.txt", _introduction(session, lines, now))
    archive.seek(0)
    return archive


def _introduction(session: Session, lines: Iterable[str], now: datetime) -> str:
    made = long_moment(now)
    return "\n".join(
        [
            f"Dossier de la session {session.code}",
            f"{session.course.title}, {session_dates(session)}, {session.place}",
            f"Constitué le {made}.",
            "",
            *sorted(lines),
            "",
        ]
    )


def _pieces(session: Session, now: datetime) -> Iterator[Piece]:
    for document in IssuedDocument.objects.filter(session=session).order_by("kind", "number"):
        folder = "documents" if document.is_in_force else "documents/anciennes-versions"
        yield Piece(f"{folder}/{document.filename}", _as_delivered(document))
    agreements = Agreement.objects.filter(request__session=session).select_related("document")
    for agreement in agreements.exclude(scan=""):
        yield _scan(f"signatures/{agreement.document.number.lower()}", agreement.scan)
    sheets = AttendanceSheet.objects.filter(slot__session=session).select_related("slot")
    for sheet in sheets.exclude(scan=""):
        begins = timezone.localtime(sheet.slot.starts_at)
        yield _scan(f"emargement/{begins:%Y-%m-%d-%Hh%M}", sheet.scan)
    yield Piece("session.xlsx", workbook(_sheets(session, now)))


def _as_delivered(document: IssuedDocument) -> bytes | None:
    try:
        return stored_files.read(document)
    except DocumentDamaged:
        return None


def _scan(name: str, file: FieldFile) -> Piece:
    """A scan, with the suffix that its content gives it: the stored name tells nothing."""
    try:
        with file.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        return Piece(name, None)
    return Piece(f"{name}{SUFFIXES.get(type_of(content), '')}", content)


def _sheets(session: Session, now: datetime) -> Iterator[Sheet]:
    yield Sheet(
        "Preuves", ("Indicateurs", "Preuve", "Situation", "Manque"), _findings(session, now)
    )
    yield Sheet(
        "Personnes",
        ("Référence", "Prénom", "Nom", "Organisme", "État", "Acquis", "Minutes suivies"),
        _people(session),
    )
    yield Sheet(
        "Émargements",
        ("Demi-journée", "Personne", "Présence", "Minutes", "Attesté par", "Signé le"),
        _attendance(session),
    )
    yield Sheet(
        "Corrections",
        ("Le", "Personne", "Demi-journée", "Avant", "Après", "Motif"),
        _corrections(session),
    )
    yield Sheet(
        "Conventions",
        ("Numéro", "État", "Signataire", "Envoyée le", "Signée le", "Montant HT"),
        _agreements(session),
    )
    # Neither who answered nor an address: the auditor reads what was said.
    yield Sheet(
        "Évaluations",
        ("Questionnaire", "Envoyé le", "Répondu le", "Satisfaction", "Commentaire"),
        _surveys(session),
    )
    yield Sheet(
        "Réclamations",
        ("Référence", "Reçue le", "Objet", "État", "Répondu le", "Cause", "Actions"),
        _complaints(session),
    )
    yield Sheet("Journal", ("Le", "Inscription", "De", "À", "Par", "Motif"), _journal(session))


Rows = Iterator[tuple[Any, ...]]


def _findings(session: Session, now: datetime) -> Rows:
    [facts] = facts_of([session], now)
    for finding in line_of(facts, now).findings:
        evidence = finding.evidence
        yield (
            evidence.numbers,
            evidence.label,
            finding.standing.label,
            "\u202f; ".join(finding.missing),
        )


def _people(session: Session) -> Rows:
    minutes = Attendance.objects.filter(slot__session=session).minutes_by_enrolment()
    people = Enrolment.objects.filter(session=session, state__in=FIRM).select_related("request")
    for one in people.order_by("last_name", "first_name"):
        yield (
            one.request.reference,
            one.first_name,
            one.last_name,
            one.request.organisation,
            one.get_state_display(),
            one.get_assessment_display(),
            minutes.get(one.pk, 0),
        )


def _attendance(session: Session) -> Rows:
    lines = Attendance.objects.filter(slot__session=session).select_related("enrolment", "slot")
    for line in lines.order_by("slot__starts_at", "enrolment__last_name", "pk"):
        yield (
            line.slot.starts_at,
            line.enrolment.full_name,
            line.get_presence_display(),
            line.minutes,
            line.get_signed_by_display(),
            line.signed_at,
        )


def _corrections(session: Session) -> Rows:
    rows = AttendanceCorrection.objects.filter(attendance__slot__session=session)
    for row in rows.select_related("attendance__enrolment", "attendance__slot"):
        yield (
            row.at,
            row.attendance.enrolment.full_name,
            row.attendance.slot.starts_at,
            f"{row.get_old_presence_display()}, {row.old_minutes} min",
            f"{row.get_new_presence_display()}, {row.new_minutes} min",
            row.reason,
        )


def _agreements(session: Session) -> Rows:
    rows = Agreement.objects.filter(request__session=session).select_related("document")
    for row in rows.exclude(state=AgreementState.REVOKED).order_by("sent_at"):
        yield (
            row.document.number,
            row.get_state_display(),
            row.signatory_name,
            row.sent_at,
            row.signed_at,
            row.amount,
        )


def _surveys(session: Session) -> Rows:
    for row in Survey.objects.filter(session=session).order_by("kind", "sent_at", "pk"):
        yield row.get_kind_display(), row.sent_at, row.answered_at, row.rating, row.comment


def _complaints(session: Session) -> Rows:
    for row in Complaint.objects.filter(session=session).prefetch_related("actions"):
        yield (
            row.reference,
            row.received_at,
            row.subject,
            row.get_state_display(),
            row.answered_at,
            row.root_cause,
            "\u202f; ".join(action.title for action in row.actions.all()),
        )


def _journal(session: Session) -> Rows:
    rows = EnrolmentEvent.objects.filter(subject__session=session).select_related("subject")
    for row in rows.order_by("at", "pk"):
        yield (
            row.at,
            str(row.subject),
            row.from_state,
            row.to_state,
            row.get_role_display(),
            row.reason,
        )
