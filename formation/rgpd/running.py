"""What a session that was held leaves: documents, and sheets with signatures."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from formation.enums import FIRM, DocumentKind, EnrolmentState
from formation.models import AttendanceSheet, Enrolment, EnrolmentRequest, IssuedDocument
from formation.models.enrolment import email_key
from rgpd.countdowns import Countdown
from rgpd.exporting import COLLEAGUE, facts
from rgpd.register import Facts, HeldFile, Person, PersonalData, register

from . import enrolments, requests
from .enrolments import session_told
from .proofs import (
    PROOFS_KEPT,
    PROOFS_KEPT_WORDS,
    PROOFS_SINCE,
    end_of_proofs,
    end_of_request,
    kept_as_proof,
    proofs_due,
    requests_due,
)

LEGAL = "obligation légale (articles L6353-1 et L6361-5 du code du travail)"
RECIPIENTS = (
    "les personnes de l’équipe chargées de la formation, vous-même et, pour une convention, "
    "votre employeur et son financeur"
)
OTHERS = "elle porte le nom et la signature d’autres personnes\u00a0: demandez-en votre ligne"

NAMED = "votre nom, parmi les personnes inscrites"
NOT_NAMED = "rien\u00a0: il est de la même demande, et une autre version vous nomme"


# -- Documents -----------------------------------------------------------------------------------


def documents_of(person: Person) -> QuerySet[IssuedDocument]:
    """Hers, those of a request that is her business, and those that name her among others."""
    hers = Q(enrolment__email_key=person.email)
    followed = requests.requests_of(person).values("pk")
    of_request = Q(enrolment=None, slot=None, request__in=followed)
    led = Q(slot__trainer__email__iexact=person.email)
    named = Q(enrolment=None, slot=None, request__in=_agreed_for(person).values("request"))
    listed = Q(slot__isnull=False, session__in=_expected(person).values("session"))
    rows = IssuedDocument.objects.filter(hers | of_request | led | named | listed)
    return rows.distinct().select_related(
        "session__course", "session__venue", "request", "enrolment", "slot"
    )


def _agreed_for(person: Person) -> QuerySet[Enrolment]:
    """Those whom an agreement or a quote may list: accepted once, whatever became of them."""
    accepted = [EnrolmentState.PENDING_AGREEMENT, EnrolmentState.CONFIRMED]
    agreed = Q(state__in=[*FIRM, *accepted]) | Q(events__to_state__in=accepted)
    return Enrolment.objects.filter(agreed, email_key=person.email)


def _expected(person: Person) -> QuerySet[Enrolment]:
    """Those whom the sheets list, or have listed."""
    expected = Q(state__in=FIRM) | Q(events__to_state=EnrolmentState.CONFIRMED)
    return Enrolment.objects.filter(expected, email_key=person.email)


def ended_documents(limit: datetime) -> QuerySet[IssuedDocument]:
    """The proofs whose time is over, and what goes with a request that led to nothing."""
    requests_over = requests_due(EnrolmentRequest, "", PROOFS_KEPT)(limit)
    proofs = proofs_due(IssuedDocument)(limit)
    return IssuedDocument.objects.filter(
        Q(pk__in=proofs.values("pk")) | Q(request__in=requests_over.values("pk"))
    )


def end_of_document(document: IssuedDocument) -> Countdown:
    return end_of_request(document.request) if document.request else end_of_proofs(document.session)


def document_told(document: IssuedDocument, person: Person) -> Facts:
    return {
        **session_told(document.session),
        **facts(
            document,
            *("kind", "number", "version", "issued_at", "revoked_at", "revoked_reason"),
            *("sha256", "check_code"),
        ),
        "Ce qu’il dit de vous": _says(document, person),
    }


def _says(document: IssuedDocument, person: Person) -> str:
    if document.enrolment and document.enrolment.email_key == person.email:
        return "il est à votre nom"
    if document.slot_id:
        return "votre nom, parmi ceux de la feuille"
    if document.request and requests.may_follow(document.request, person.email):
        return "ce que votre demande en dit"
    named = document.request and document.request.enrolments.filter(
        email_key=person.email, pk__in=document.data.get("enrolments", [])
    )
    return NAMED if named and named.exists() else NOT_NAMED


def files_of(document: IssuedDocument, person: Person) -> Iterable[HeldFile]:
    """Her own papers, and the agreement for who signs it or has asked for it."""
    if document.file and _is_for(document, person):
        store, path = document.file.storage, str(document.file.name)
        yield HeldFile(document.filename, "application/pdf", lambda: store.open(path, "rb"))


def _is_for(document: IssuedDocument, person: Person) -> bool:
    if document.enrolment:
        return document.enrolment.email_key == person.email
    if document.request is None or document.slot_id:
        return False
    if email_key(document.request.contact_email) == person.email:
        return True
    if not document.request.contact_email:  # a person who asks for herself alone
        return document.request.enrolments.filter(email_key=person.email).exists()
    signed = Q(document=document) | Q(signed_copy=document)
    agreements = document.request.agreements.filter(signed)
    return agreements.filter(signatory_email__iexact=person.email).exists()


def kept_document(document: IssuedDocument, now: datetime) -> str:
    """As the enrolment or the request that it speaks of; a sheet as soon as its half-day began."""
    if document.enrolment:
        return enrolments.kept(document.enrolment, now) and _as_proof(document)
    if document.slot:
        false = document.revoked_at and document.revoked_at <= document.slot.starts_at
        return "" if false else _as_proof(document)
    if document.request:
        return requests.kept(document.request, now) and _as_proof(document)
    return _as_proof(document)


def _as_proof(document: IssuedDocument) -> str:
    return kept_as_proof(document.session, DocumentKind(document.kind).label)


# -- Sheets --------------------------------------------------------------------------------------


def sheets_of(person: Person) -> QuerySet[AttendanceSheet]:
    """Those that she has countersigned, and those of the half-days where she is on the list."""
    countersigned = Q(countersigned_by__email__iexact=person.email)
    signed = Q(slot__attendances__enrolment__email_key=person.email)
    rows = AttendanceSheet.objects.filter(countersigned | signed)
    return rows.distinct().select_related(
        "slot__session__course", "slot__session__venue", "countersigned_by"
    )


def sheet_told(sheet: AttendanceSheet, person: Person) -> Facts:
    """Her countersignature, or only that the paper bears her signature."""
    said: dict[str, Any] = {
        **session_told(sheet.slot.session),
        "Demi-journée": sheet.slot.starts_at,
        "Feuille papier numérisée le": sheet.scanned_at,
    }
    trainer = sheet.countersigned_by
    if trainer and trainer.email.lower() == person.email:
        said |= facts(sheet, "countersigned_at", "countersigned_name")
    return said


def kept_sheet(sheet: AttendanceSheet, _now: datetime) -> str:
    return kept_as_proof(sheet.slot.session, "Feuille d’émargement")


register(
    PersonalData(
        model=IssuedDocument,
        processing="Documents délivrés",
        purpose="Prouver ce qui a été convenu, suivi et attesté",
        legal_basis=LEGAL,
        data="identité, organisme, session, heures suivies, acquis",
        retention=PROOFS_KEPT,
        retention_words=PROOFS_KEPT_WORDS,
        kept_since=PROOFS_SINCE,
        people="les stagiaires, qui signe pour eux et qui les forme",
        ended=ended_documents,
        countdown=end_of_document,
        reads=("session", "request__session", "request__enrolments"),
        recipients=RECIPIENTS,
        find=documents_of,
        export=document_told,
        files=files_of,
        not_exported={
            "subject": "numéro interne de la fiche dont il parle",
            "request": "la demande, qui est une donnée à part",
            "enrolment": "l’inscription, qui est une donnée à part",
            "slot": "la demi-journée, que la feuille nomme",
            "template": "réglage technique de l’impression",
            "template_version": "réglage technique de l’impression",
            "data": "ce qui est imprimé\u00a0: le document lui-même est remis, s’il est à vous",
            "file": "le document lui-même est remis, s’il est à vous",
            "issued_by": COLLEAGUE,
        },
        kept_by_law=kept_document,
    )
)
register(
    PersonalData(
        model=AttendanceSheet,
        processing="Feuilles d’émargement",
        purpose="Prouver la présence, demi-journée par demi-journée",
        legal_basis=LEGAL,
        data="nom du formateur qui contresigne, feuille signée numérisée",
        retention=PROOFS_KEPT,
        retention_words=PROOFS_KEPT_WORDS,
        kept_since=PROOFS_SINCE,
        people="les stagiaires et les formateurs",
        ended=proofs_due(AttendanceSheet, "slot__session"),
        countdown=lambda sheet: end_of_proofs(sheet.slot.session),
        reads=("slot__session",),
        recipients=RECIPIENTS,
        find=sheets_of,
        export=sheet_told,
        not_exported={
            "secret": "secret du code montré dans la salle",
            "countersigned_by": "votre fiche de formateur, qui est une donnée à part",
            "scan": OTHERS,
        },
        kept_by_law=kept_sheet,
    )
)
