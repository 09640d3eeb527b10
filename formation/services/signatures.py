"""How an agreement comes to be signed, by its link or on paper, and what the signature does."""

import hashlib
from datetime import date, datetime, time
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from formation import emails
from formation.documents.issued import Draft
from formation.enums import AgreementState, BuyerType, DocumentKind, EnrolmentState
from formation.exceptions import NotToSign, SignedInTheFuture
from formation.models import Agreement, IssuedDocument
from site_enys.states import PERSON, SYSTEM, Actor
from site_enys.templatetags.typography import moment, week_date

from . import seats
from .agreement_lifecycle import AGREEMENT_LIFECYCLE
from .agreements import too_late
from .issue import files_taken_back, issue
from .lifecycle import ENROLMENT_LIFECYCLE
from .scans import Scan
from .signing import provider
from .withdrawal import withdrawal_ends_on

NOON = time(12)


@transaction.atomic
def accept(agreement: Agreement, typed_name: str, opened_at: datetime, *, now: datetime) -> str:
    """The signatory has read, and writes her name: ask her to show who she is.

    `opened_at` is when the page with the text was shown. Returns the address where she goes on,
    or nothing for our own page. Raises NotToSign, TooLateToWithdraw, the provider's own Refused.
    """
    agreement = _locked(agreement)
    if agreement.state != AgreementState.SENT:
        raise NotToSign
    _refuse_if_too_late(agreement, now)
    agreement.typed_name = typed_name
    agreement.evidence = {"opened_at": _instant(opened_at)}
    agreement.save(update_fields=["typed_name", "evidence"])
    return provider().ask(agreement, now)


@transaction.atomic
def ask_again(agreement: Agreement, *, now: datetime) -> str:
    """Another code, for the same name. Raises as `accept`."""
    agreement = _locked(agreement)
    if agreement.state != AgreementState.SENT or not agreement.typed_name:
        raise NotToSign
    return provider().ask(agreement, now)


def sign(agreement: Agreement, *, now: datetime) -> Agreement:
    """Sign for the person whose proof has just been verified, once.

    The signed copy is the next version of the document; it goes to both sides, and the people
    that the document names become definite. One transaction. Raises TransitionRefused when the
    agreement is signed or revoked already, TooLateToWithdraw.
    """
    with files_taken_back(), transaction.atomic():
        agreement = _locked(agreement)
        _refuse_if_too_late(agreement, now)
        AGREEMENT_LIFECYCLE.apply(agreement, "sign", by=PERSON, now=now)
        agreement.evidence = _evidence(agreement, now)
        _make_definite(agreement, now)
        copy = issue(_signed_draft(agreement, now), by=PERSON, now=now, reason=_REPLACED)
        agreement.signed_copy = copy
        agreement.save(update_fields=["evidence", "signed_copy"])
        emails.agreement_signed(agreement, copy)
    return agreement


def sign_on_paper(
    agreement: Agreement, scan: Scan, signed_on: date, *, by: Actor, now: datetime
) -> Agreement:
    """Keep the scan of a signed copy, with the day that it bears; the effects are the same.

    Raises SignedInTheFuture, TransitionRefused.
    """
    with files_taken_back(), transaction.atomic():
        agreement = _locked(agreement)
        today = timezone.localdate(now)
        if not timezone.localdate(agreement.sent_at) <= signed_on <= today:
            raise SignedInTheFuture
        at = now if signed_on == today else timezone.make_aware(datetime.combine(signed_on, NOON))
        AGREEMENT_LIFECYCLE.apply(agreement, "sign_on_paper", by=by, now=now)
        agreement.signed_at = at
        agreement.evidence = {
            "provider": "exemplaire papier",
            "sha256": agreement.document.sha256,
            "signed_on": signed_on.isoformat(),
            "scan_sha256": hashlib.sha256(scan.content).hexdigest(),
        }
        agreement.save(update_fields=["signed_at", "evidence"])
        _make_definite(agreement, now)
        # Last: a file knows no transaction.
        agreement.scan.save(f"exemplaire{scan.suffix}", ContentFile(scan.content))
    return agreement


_REPLACED = "Remplacé par l’exemplaire signé."


def _locked(agreement: Agreement) -> Agreement:
    """As it is now, under the lock of its session."""
    seats.lock(agreement.request.session_id)
    rows = Agreement.objects.select_related("document", "request__session__course")
    return rows.get(pk=agreement.pk)


def _refuse_if_too_late(agreement: Agreement, now: datetime) -> None:
    """Unless staff has sent the contract knowing it, with its reason."""
    late = too_late(agreement.request, now)
    if late and not agreement.events.filter(transition="send", forced=True).exists():
        raise late


def _make_definite(agreement: Agreement, now: datetime) -> None:
    """The people whom the text names, and who wait for it."""
    request, document = agreement.request, agreement.document
    waiting = request.enrolments.filter(
        pk__in=document.data["enrolments"], state=EnrolmentState.PENDING_AGREEMENT
    )
    people = list(waiting.select_related("request", "session__course").order_by("pk"))
    name = "confirm" if request.buyer_type == BuyerType.COMPANY else "sign_contract"
    reason = f"{document.number} signé(e)."
    ENROLMENT_LIFECYCLE.apply_all(people, name, by=SYSTEM, now=now, reason=reason)


def _evidence(agreement: Agreement, now: datetime) -> dict[str, Any]:
    """What shows who signed what, and when: this, and nothing else."""
    return {
        "sha256": agreement.document.sha256,
        "opened_at": agreement.evidence.get("opened_at", ""),
        "code_sent_at": _instant(agreement.code_sent_at),
        "signed_at": _instant(now),
        "email": agreement.signatory_email,
        "typed_name": agreement.typed_name,
        "provider": provider().name,
    }


def _instant(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat() if at else ""


def _signed_draft(agreement: Agreement, now: datetime) -> Draft:
    """The very text that was read, with the mention of its signature."""
    read: IssuedDocument = agreement.document
    mention = [
        f"Lu et accepté par {agreement.typed_name}",
        f"le {moment(now)}",
        f"par {provider().name}, à {agreement.signatory_email}",
        "Empreinte SHA-256 du document lu\u00a0:",
        # On two lines: its column is narrow, and nothing in it can be cut.
        read.sha256[:32],
        read.sha256[32:],
    ]
    if read.kind == DocumentKind.CONTRACT:
        last_day = week_date(withdrawal_ends_on(timezone.localdate(now)))
        mention.append(f"Rétractation possible jusqu’au {last_day} inclus")
    return Draft(
        kind=DocumentKind(read.kind),
        about=agreement.request,
        template=read.template,
        data=read.data | {"signature": mention},
    )
