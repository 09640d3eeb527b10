"""What a request of erasure does to sign-ups: who gives a place back, what stays and why.

A definite enrolment is part of a contract, then the proof of a training action: it stays, without
what its proof does without. Before that the place is given back, so that the list moves, and
everything goes. Colleagues of the same request lose nothing.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from courrier.models import OutgoingMessage
from courrier.services.outbox import listening
from formation.enums import AGREED_OR_ASKED, FIRM, LIVE, BuyerType, EnrolmentState, SessionState
from formation.exceptions import StillNeeded
from formation.models import Agreement, Enrolment, EnrolmentRequest
from formation.models.enrolment import email_key
from site_enys.states import PERSON

from . import seats
from .agreement_lifecycle import end_those_of_nobody
from .lifecycle import ENROLMENT_LIFECYCLE

#: What stands for somebody who is forgotten where a row cannot do without a name and an address;
#: nobody will ever own that domain (RFC 2606).
NOBODY = "Personne effacée"
NOBODYS_ADDRESS = "efface@exemple.invalid"
LEAVES_BY = {EnrolmentState.OFFERED: "decline_offer"}
EXPECTED = (
    "Vous êtes attendue ou attendu à cette session\u00a0: votre inscription fait partie d’un "
    "contrat (RGPD, article 6.1.b). Désistez-vous d’abord par votre page de suivi, ou "
    "écrivez-nous."
)
MAY_RETRACT = (
    "Votre contrat est signé (RGPD, article 6.1.b). Rétractez-vous d’abord, par votre page de "
    "suivi ou par une lettre\u00a0: vos données pourront alors être effacées."
)
PEOPLE_WAIT = (
    "Des personnes inscrites par cette demande attendent leur formation\u00a0: elle sert à ce "
    "contrat (RGPD, article 6.1.b). Dites-nous qui la suivra à votre place."
)


def needed_for_the_contract(enrolment: Enrolment, now: datetime) -> str:
    """Why an enrolment cannot be erased before its session is over; nothing when it can."""
    if enrolment.state == EnrolmentState.WITHDRAWAL_PERIOD:
        return MAY_RETRACT
    if enrolment.state == EnrolmentState.CONFIRMED and not session_has_begun(enrolment, now):
        return EXPECTED
    return ""


def session_has_begun(enrolment: Enrolment, now: datetime) -> bool:
    session = enrolment.session
    if session.state == SessionState.POSTPONED or session.starts_at is None:
        return False
    return session.starts_at <= now


def is_firm(enrolment: Enrolment) -> bool:
    """Whether the enrolment proves something, whatever its state has become."""
    return enrolment.state in FIRM or enrolment.attendances.exists()


@transaction.atomic
def forget_enrolment(enrolment: Enrolment, now: datetime) -> None:
    """Give the place back, then erase the person: her row, its papers, what was written of her.

    Her request goes too when nobody else is in it. What must still leave to others, who count on
    her, is forgotten as it leaves. Safe to repeat. Raises StillNeeded when the row is to be kept.
    """
    seats.lock(enrolment.session_id)
    row = Enrolment.objects.select_related("request", "session").filter(pk=enrolment.pk).first()
    if row is None:
        return
    why = needed_for_the_contract(row, now)
    if why or is_firm(row):
        raise StillNeeded(why)
    request = row.request
    with listening() as heard:
        _give_back(row, now)
    _forget_what_was_written(row, {message.pk for message in heard})
    row.delete()
    end_those_of_nobody([request.pk], now)
    if not request.enrolments.exists():
        request.delete()


def _give_back(enrolment: Enrolment, now: datetime) -> None:
    """Leave the session; once it is over, or was called off, only the counters have to know."""
    if enrolment.state not in LIVE:
        return
    over = enrolment.session.state in {SessionState.CANCELLED, SessionState.COMPLETED}
    if over or session_has_begun(enrolment, now):
        seats.follow(enrolment.session_id, enrolment.state, EnrolmentState.WITHDRAWN)
        return
    name = LEAVES_BY.get(EnrolmentState(enrolment.state), "withdraw")
    ENROLMENT_LIFECYCLE.apply(enrolment, name, by=PERSON, now=now)


def _forget_what_was_written(enrolment: Enrolment, new: set[int]) -> None:
    """Delete the messages to her or naming her; those that have just been written to others leave.

    They are then forgotten like a code: their words are not kept once they have left.
    """
    request = enrolment.request
    about = OutgoingMessage.objects.about(request)
    # The contact of the employer reads what concerns the others.
    theirs = Q(pk__in=[]) if _follows(request, enrolment) else Q(to__iexact=enrolment.email)
    named = Q(text__contains=enrolment.full_name) | Q(text__icontains=enrolment.email)
    told = about.filter(theirs | named | Q(subject__contains=enrolment.full_name))
    leaving = told.filter(pk__in=new).exclude(to__iexact=enrolment.email)
    kept = list(leaving.values_list("pk", flat=True))
    OutgoingMessage.objects.filter(pk__in=kept).update(
        secret=True, reply_to="", subject=f"{request.reference}\u00a0: une place est rendue"
    )
    told.exclude(pk__in=kept).delete()


def _follows(request: EnrolmentRequest, enrolment: Enrolment) -> bool:
    return email_key(request.contact_email) == enrolment.email_key


@transaction.atomic
def forget_around(enrolment: Enrolment, now: datetime) -> None:
    """Erase of a kept enrolment what no proof needs: telephone, note, wish to be called."""
    rows = Enrolment.objects.filter(pk=enrolment.pk).exclude(
        phone="", note="", wants_accommodation_call=False
    )
    if rows.update(phone="", note="", wants_accommodation_call=False):
        ENROLMENT_LIFECYCLE.record(
            enrolment,
            enrolment.state,
            name="forget",
            by=PERSON,
            now=now,
            reason="Téléphone, note et souhaits effacés à la demande de la personne.",
        )


def request_needed(request: EnrolmentRequest, now: datetime) -> str:
    """Why a request cannot be erased yet, as long as its session is not over."""
    people = list(request.enrolments.select_related("session"))
    whys = [why for one in people if (why := needed_for_the_contract(one, now))]
    if request.buyer_type == BuyerType.COMPANY:
        waits = any(one.state in LIVE and not session_has_begun(one, now) for one in people)
        return PEOPLE_WAIT if waits else ""
    return whys[0] if whys else ""


@transaction.atomic
def forget_in_request(request: EnrolmentRequest, address: str, now: datetime) -> None:
    """Erase somebody from a request that no longer serves: all of it when she alone is in it.

    Raises StillNeeded when the request is to be kept.
    """
    seats.lock(request.session_id)
    row = EnrolmentRequest.objects.filter(pk=request.pk).first()
    if row is None:
        return
    if why := request_needed(row, now):
        raise StillNeeded(why)
    key = email_key(address)
    for enrolment in row.enrolments.filter(email_key=key):
        forget_enrolment(enrolment, now)
    if not EnrolmentRequest.objects.filter(pk=row.pk).exists():
        return
    OutgoingMessage.objects.about(row).filter(Q(to__iexact=key) | Q(reply_to__iexact=key)).delete()
    _unname(row, key)


@transaction.atomic
def forget_around_request(request: EnrolmentRequest, address: str) -> None:
    """Erase of a kept request what no proof needs, of this person alone."""
    key, changed = email_key(address), []
    if email_key(request.contact_email) in {key, ""}:
        request.message = request.contact_phone = ""
        changed = ["message", "contact_phone"]
    if not request.agreements.filter(state__in=AGREED_OR_ASKED).exists():
        changed += _unname_parts(request, key)
    if changed:
        request.save(update_fields=changed)


def _unname(request: EnrolmentRequest, key: str) -> None:
    """Leave the request to the colleagues who are in it, without this person."""
    changed = _unname_parts(request, key)
    if email_key(request.contact_email) == key:
        request.contact_name, request.contact_email = NOBODY, NOBODYS_ADDRESS
        request.contact_phone = request.message = ""
        changed += ["contact_name", "contact_email", "contact_phone", "message"]
    if changed:
        request.save(update_fields=changed)
    for agreement in Agreement.objects.filter(request=request, signatory_email__iexact=key):
        agreement.document.delete()  # the agreement goes with it
        if agreement.signed_copy:
            agreement.signed_copy.delete()


def _unname_parts(request: EnrolmentRequest, key: str) -> list[str]:
    changed = []
    for part in ("signatory", "billing"):
        if email_key(getattr(request, f"{part}_email")) == key:
            names = [f"{part}_name", f"{part}_email"]
            for name in names:
                setattr(request, name, "")
            changed += names
    return changed
