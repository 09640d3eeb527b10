"""Quotes, agreements and contracts: prepared, sent, recalled, signed, and what a signature does."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from formation import emails
from formation.documents.agreement import Signatory, agreement, changeable
from formation.documents.contract import contract
from formation.documents.issued import Draft
from formation.enums import (
    AGREED_OR_ASKED,
    SEATED,
    AgreementState,
    BuyerType,
    EnrolmentState,
)
from formation.exceptions import NobodyToAgreeFor, NotAcceptedYet, TooLateToWithdraw
from formation.models import Agreement, Enrolment, EnrolmentRequest
from home.models import OrganisationSettings
from site_enys.exceptions import Refused
from site_enys.states import Actor, TransitionRefused

from . import seats
from .agreement_lifecycle import AGREEMENT_LIFECYCLE
from .availability import refuse_unless_decided_to_hold
from .issue import files_taken_back, issue
from .pricing import cost_of, instalments
from .withdrawal import LEGAL_DAYS, POST_DAYS, refuse_unless_time_to_withdraw

#: Who has a place of their own; an offered seat is not taken yet.
COVERED = SEATED - {EnrolmentState.OFFERED}
#: After how long without a signature each reminder leaves.
REMINDERS = (timedelta(days=3), timedelta(days=7))
#: Reminders never follow each other faster, even after a stop of the timed work.
REMINDERS_APART = timedelta(days=2)
#: What the screen says has changed, by what the document holds.
_CHANGES = {
    "trainees": "les personnes",
    "cost": "le prix",
    "dates": "les dates",
    "slots": "les demi-journées",
    "place": "le lieu",
}


def people_of(request: EnrolmentRequest) -> list[Enrolment]:
    """Those for whom something is agreed, in the order of the request."""
    return list(request.enrolments.filter(state__in=COVERED).order_by("pk"))


def signatory_of(request: EnrolmentRequest) -> Signatory:
    """Who signs: the one the employer has named, else its contact, else the person alone."""
    if request.buyer_type == BuyerType.INDIVIDUAL:
        alone = people_of(request)[:1]
        return Signatory(alone[0].full_name, alone[0].email) if alone else Signatory("", "")
    return Signatory(
        request.signatory_name or request.contact_name,
        request.signatory_email or request.contact_email,
    )


def current(request: EnrolmentRequest) -> Agreement | None:
    """The agreement that is signed, or asked for."""
    rows = request.agreements.filter(state__in=AGREED_OR_ASKED)
    return rows.select_related("document", "signed_copy", "request__session__course").first()


def is_for_buyer(agreement: Agreement) -> bool:
    """Whether it is to sign now, by the one who follows the request at the same address."""
    request = agreement.request
    buyer = request.contact_email or signatory_of(request).email
    to_sign = agreement.state == AgreementState.SENT
    return to_sign and buyer.lower() == agreement.signatory_email.lower()


def draft_of(
    request: EnrolmentRequest, organisation: OrganisationSettings, signatory: Signatory
) -> Draft:
    """The agreement, or the contract, as it would be issued now.

    Raises NobodyToAgreeFor, NotAcceptedYet, an EnrolmentRefused when the session is not held, or
    DocumentIncomplete.
    """
    session, people = request.session, people_of(request)
    refuse_unless_decided_to_hold(session)
    if not people:
        raise NobodyToAgreeFor
    waiting = [one.full_name for one in people if one.state == EnrolmentState.REQUESTED]
    if waiting:
        raise NotAcceptedYet(waiting)
    cost = cost_of(session, len(people))
    if request.buyer_type == BuyerType.COMPANY:
        return agreement(request, people, signatory, cost, organisation)
    return contract(
        request,
        people,
        signatory,
        cost=cost,
        instalments=instalments(cost, session) if cost else [],
        withdrawal_days=LEGAL_DAYS + POST_DAYS,
        organisation=organisation,
    )


def too_late(request: EnrolmentRequest, now: datetime) -> Refused | None:
    """Why a contract signed now could still be undone when the session begins."""
    if request.buyer_type != BuyerType.INDIVIDUAL:
        return None
    try:
        refuse_unless_time_to_withdraw(request.session, timezone.localdate(now))
    except TooLateToWithdraw as refusal:
        return refusal
    return None


def send(
    request: EnrolmentRequest,
    organisation: OrganisationSettings,
    *,
    by: Actor,
    now: datetime,
    signatory: Signatory | None = None,
    reason: str = "",
) -> Agreement:
    """Issue the document, keep its amount, and write to the signatory; the former one is revoked.

    A signatory given here is kept on the request of an employer. One transaction. A written reason
    passes over a session that begins before the end of the withdrawal period. Raises as
    `draft_of`, or TooLateToWithdraw.
    """
    with files_taken_back(), transaction.atomic():
        session = seats.lock(request.session_id)
        request = EnrolmentRequest.objects.select_related("session__course").get(pk=request.pk)
        late = too_late(request, now)
        if late and not reason.strip():
            raise late
        _keep_signatory(request, signatory)
        signs = signatory_of(request)
        draft = draft_of(request, organisation, signs)
        former = _replace_former(request, by=by, now=now)
        cost = cost_of(session, len(draft.data["enrolments"]))
        sent = Agreement.objects.create(
            request=request,
            document=issue(draft, by=by, now=now),
            signatory_name=signs.name,
            signatory_email=signs.email,
            amount=cost.excl_tax if cost else 0,
            state=AgreementState.SENT,
            state_changed_at=now,
            sent_at=now,
        )
        _note(sent, "send", by, now, reason, forced=late is not None)
        emails.agreement_to_sign(sent, replaces=former)
    return sent


@transaction.atomic
def send_again(agreement: Agreement, *, by: Actor, now: datetime) -> None:
    """The same document with the same link, for whoever has lost it. Raises TransitionRefused."""
    seats.lock(agreement.request.session_id)
    fresh = Agreement.objects.get(pk=agreement.pk)
    if fresh.state != AgreementState.SENT:
        raise TransitionRefused("Ce document n’est plus à signer.")
    _note(fresh, "send_again", by, now, "Lien renvoyé.")
    emails.agreement_to_sign(fresh)


def remind(now: datetime) -> int:
    """Write again to those who have not signed; return how many.

    Only while somebody waits for the signature: staff may have confirmed on an order.
    """
    unsigned = Agreement.objects.filter(
        state=AgreementState.SENT,
        reminders__lt=len(REMINDERS),
        sent_at__lte=now - REMINDERS[0],
        request__session__starts_at__gt=now,
        request__enrolments__state=EnrolmentState.PENDING_AGREEMENT,
    )
    return sum(_remind(one, now) for one in unsigned.distinct())


def to_send() -> QuerySet[EnrolmentRequest]:
    """The requests with people who wait for an agreement that nobody has sent, soonest first."""
    waiting = Enrolment.objects.filter(
        request=OuterRef("pk"), state=EnrolmentState.PENDING_AGREEMENT
    )
    asked = Agreement.objects.filter(request=OuterRef("pk"), state__in=AGREED_OR_ASKED)
    rows = EnrolmentRequest.objects.filter(Exists(waiting)).exclude(Exists(asked))
    return rows.order_by("session__starts_at", "pk")


def unsigned_since(instant: datetime) -> QuerySet[Agreement]:
    """Those sent before, and not signed yet, the oldest first."""
    return Agreement.objects.filter(state=AgreementState.SENT, sent_at__lt=instant).order_by(
        "sent_at"
    )


def changes_since(agreement: Agreement) -> list[str]:
    """What the request or its session no longer has in common with the document, in words."""
    request = agreement.request
    people = people_of(request)
    today = changeable(request, people, cost_of(request.session, len(people)))
    then = agreement.document.data
    return [words for name, words in _CHANGES.items() if today[name] != then[name]]


def _remind(agreement: Agreement, now: datetime) -> bool:
    """One reminder, whoever else is doing the same."""
    if agreement.sent_at + REMINDERS[agreement.reminders] > now:
        return False
    if agreement.reminded_at and agreement.reminded_at + REMINDERS_APART > now:
        return False
    with transaction.atomic():
        unreminded = Agreement.objects.filter(
            pk=agreement.pk, state=AgreementState.SENT, reminders=agreement.reminders
        )
        if not unreminded.update(reminders=agreement.reminders + 1, reminded_at=now):
            return False
        emails.agreement_reminder(agreement)
    return True


def _keep_signatory(request: EnrolmentRequest, signatory: Signatory | None) -> None:
    if signatory is None or request.buyer_type != BuyerType.COMPANY:
        return
    if signatory != signatory_of(request):
        request.signatory_name, request.signatory_email = signatory.name, signatory.email
        request.save(update_fields=["signatory_name", "signatory_email"])


def _replace_former(request: EnrolmentRequest, *, by: Actor, now: datetime) -> bool:
    former = current(request)
    if former is None:
        return False
    AGREEMENT_LIFECYCLE.apply(former, "replace", by=by, now=now)
    return True


def _note(
    agreement: Agreement,
    name: str,
    by: Actor,
    now: datetime,
    reason: str = "",
    *,
    forced: bool = False,
) -> None:
    AGREEMENT_LIFECYCLE.record(
        agreement, agreement.state, name=name, by=by, now=now, reason=reason, forced=forced
    )
