"""The e-mails about a quote, an agreement or a contract: to read, to sign, signed."""

from typing import Any

from django.conf import settings

from courrier.services.outbox import queue
from formation.enums import DocumentKind, EnrolmentState
from formation.links import agreement_url, request_url
from formation.models import Agreement, EnrolmentRequest, IssuedDocument
from site_enys.admin import admin_url
from site_enys.french import enumeration

from .parts import common, queue_about

_PDF = "application/pdf"


def agreement_to_sign(agreement: Agreement, *, replaces: bool = False) -> None:
    """With the link where the signatory reads and signs."""
    _to_signatory("formation_agreement", agreement, replaces=replaces)


def agreement_reminder(agreement: Agreement) -> None:
    _to_signatory("formation_agreement_reminder", agreement)


def agreement_code(agreement: Agreement, code: str) -> None:
    """The code of one use that shows who signs."""
    _to_signatory(
        "formation_agreement_code", agreement, code=f"{code[:3]}\u00a0{code[3:]}", secret=True
    )


def agreement_signed(agreement: Agreement, copy: IssuedDocument) -> None:
    """The signed copy, to both sides, and what the signature changes for the people."""
    attachments = [(copy.filename, _PDF, content_of(copy))]
    may_withdraw = agreement.request.enrolments.filter(state=EnrolmentState.WITHDRAWAL_PERIOD)
    _to_signatory(
        "formation_agreement_signed",
        agreement,
        attachments,
        names=enumeration(copy.data["trainees"]),
        may_withdraw=may_withdraw.first(),
        manage_url=request_url(agreement.request),
    )
    queue(
        "formation_agreement_signed_staff",
        settings.STAFF_EMAIL,
        _context(agreement) | {"admin_url": _desk(agreement), "trainees": copy.data["trainees"]},
        about=agreement.request,
        reply_to=agreement.signatory_email,
        attachments=attachments,
    )


def agreement_revoked(agreement: Agreement) -> None:
    _to_signatory("formation_agreement_revoked", agreement)


def quote_sent(request: EnrolmentRequest, document: IssuedDocument) -> None:
    """The quote itself, to the contact of the employer."""
    full = common(request, request.session) | {"document": document}
    attachments = [(document.filename, _PDF, content_of(document))]
    queue_about("formation_quote", request.contact_email, request, full, attachments)


def content_of(document: IssuedDocument) -> bytes:
    with document.file.open("rb") as file:
        return file.read()


def _to_signatory(
    kind: str,
    agreement: Agreement,
    attachments: list[tuple[str, str, bytes]] | None = None,
    *,
    secret: bool = False,
    **more: Any,
) -> None:
    full = _context(agreement) | {"sign_url": agreement_url(agreement)} | more
    queue_about(
        kind, agreement.signatory_email, agreement.request, full, attachments or [], secret=secret
    )


def _context(agreement: Agreement) -> dict[str, Any]:
    return common(agreement.request, agreement.request.session) | {
        "agreement": agreement,
        "document": agreement.signed_copy or agreement.document,
        "contract": agreement.document.kind == DocumentKind.CONTRACT,
    }


def _desk(agreement: Agreement) -> str:
    return settings.SITE_URL + admin_url(Agreement, "inspect", agreement.pk)
