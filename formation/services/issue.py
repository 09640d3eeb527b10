"""Documents are printed, kept as they were delivered, and replaced by a next version."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from formation.documents.issued import (
    Draft,
    Subject,
    as_project,
    as_stored,
    stamped,
    subject_of,
)
from formation.enums import DocumentKind
from formation.models import Enrolment, EnrolmentRequest, IssuedDocument, Session, TimeSlot
from site_enys.pdf import render_pdf, template_version
from site_enys.private_storage import discard
from site_enys.states import Actor

from . import seats
from .references import next_reference

LONGEST_REASON = 200
#: How each number begins: « CERT-2027-0012 ».
PREFIXES: Mapping[DocumentKind, str] = {
    DocumentKind.PROGRAMME: "PROG",
    DocumentKind.QUOTE: "DEVIS",
    DocumentKind.AGREEMENT: "CONV",
    DocumentKind.CONTRACT: "CONTRAT",
    DocumentKind.CONVOCATION: "CVOC",
    DocumentKind.ATTENDANCE_SHEET: "EMARG",
    DocumentKind.CERTIFICATE: "CERT",
    DocumentKind.ATTESTATION: "ATT",
}

_written: ContextVar[list[Callable[[], None]] | None] = ContextVar("written", default=None)


def in_force(kind: DocumentKind, about: Subject) -> IssuedDocument | None:
    """The version that counts today."""
    own = IssuedDocument.objects.in_force()
    return own.filter(kind=kind, subject=subject_of(about)).first()


def issue(draft: Draft, *, by: Actor, now: datetime, reason: str = "") -> IssuedDocument:
    """Number, print and keep the document; the former version is revoked, with `reason`.

    All or nothing: what cannot be printed leaves neither a row, nor a number, nor a revocation.
    Raises typst.TypstError when the template is wrong.
    """
    written: list[Callable[[], None]] = []
    try:
        with transaction.atomic():
            # Two issues of the same document follow each other.
            seats.lock(_session_id(draft.about))
            former = in_force(draft.kind, draft.about)
            if former:
                revoke(former, now=now, reason=reason or "Remplacé par une nouvelle version.")
            document = _numbered(draft, by=by, now=now)
            content = render_pdf(draft.template, stamped(document))
            document.sha256 = hashlib.sha256(content).hexdigest()
            document.file.save(document.filename, ContentFile(content), save=False)
            written.append(lambda: discard(document.file.storage, document.file.name))
            document.save(force_insert=True)
    except Exception:
        for take_back in written:
            take_back()
        raise
    noted = _written.get()
    if noted is not None:
        noted.extend(written)
    return document


@contextmanager
def files_taken_back(*, always: bool = False) -> Iterator[None]:
    """Delete what the block prints when it fails, or `always`: files know no transaction."""
    written: list[Callable[[], None]] = []
    outer = _written.get()
    token = _written.set(written)
    keep = False
    try:
        yield
        keep = not always
    finally:
        _written.reset(token)
        if keep and outer is not None:
            outer.extend(written)
        for take_back in () if keep else written:
            take_back()


def print_project(draft: Draft) -> bytes:
    """The document as it would be, marked « Projet »: no number, no row, no file."""
    return render_pdf(draft.template, as_project(draft))


def revoke(document: IssuedDocument, *, now: datetime, reason: str) -> None:
    """The document no longer counts; its file and its data stay."""
    document.revoked_at, document.revoked_reason = now, reason.strip()[:LONGEST_REASON]
    document.save(update_fields=["revoked_at", "revoked_reason"])


def _numbered(draft: Draft, *, by: Actor, now: datetime) -> IssuedDocument:
    about, subject = draft.about, subject_of(draft.about)
    versions = IssuedDocument.objects.filter(kind=draft.kind, subject=subject)
    last = versions.order_by("version").last()
    return IssuedDocument(
        kind=draft.kind,
        number=last.number if last else next_reference(now, PREFIXES[draft.kind]),
        version=last.version + 1 if last else 1,
        subject=subject,
        session_id=_session_id(about),
        request=about if isinstance(about, EnrolmentRequest) else getattr(about, "request", None),
        enrolment=about if isinstance(about, Enrolment) else None,
        slot=about if isinstance(about, TimeSlot) else None,
        template=draft.template,
        template_version=template_version(),
        data=as_stored(draft.data),
        issued_at=now,
        issued_by=by.user,
    )


def _session_id(about: Subject) -> int:
    return about.pk if isinstance(about, Session) else about.session_id
