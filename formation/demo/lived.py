"""Two sessions that have lived: one is over and closed, the other is going on.

Each step is the service that the team, the people or the clock would have called that day.
"""

from datetime import datetime, timedelta

from formation.enums import BuyerType, DocumentKind, EnrolmentState
from formation.models import EnrolmentRequest, Session
from formation.notice import notice
from formation.services import agreements, paperwork, signatures, timed, upkeep
from formation.services.enrolment import SignUp, Trainee, enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE
from home.models import OrganisationSettings

from . import opinions, room
from .lives import LIVES, Buyer, Life
from .sessions import STAFF

#: Days before the first half-day; whole weeks for what people of the office do.
PUBLISHED, ENROLLED, ACCEPTED, AGREED, CALLED, KEPT, CONVOKED, ANSWERED, REMINDED = (
    timedelta(days=days) for days in (42, 41, 35, 35, 21, 14, 10, 6, 2)
)


def live(session: Session, now: datetime) -> None:
    """From the draft to today."""
    life, starts_at = LIVES[session.course.code], session.starts_at
    if starts_at is None:
        return
    SESSION_LIFECYCLE.apply(session, "publish", by=STAFF, now=starts_at - PUBLISHED)
    for rank, buyer in enumerate(life.buyers):
        _agree(session, buyer, starts_at + timedelta(minutes=40 * rank))
    _call(session, starts_at - CALLED)
    SESSION_LIFECYCLE.apply(session, "confirm", by=STAFF, now=starts_at - KEPT)
    _prepare(session, life, starts_at)
    room.hold(session, life, now)
    if session.ends_at and session.ends_at < now:
        room.close(session, life)
        opinions.gather(session, life)


def organisation() -> OrganisationSettings:
    return OrganisationSettings.current()


def accepted(request: EnrolmentRequest, now: datetime) -> None:
    """The request is accepted for all its people."""
    people = request.enrolments.filter(state=EnrolmentState.REQUESTED)
    ENROLMENT_LIFECYCLE.apply_all(list(people.order_by("pk")), "accept", by=STAFF, now=now)


def _agree(session: Session, buyer: Buyer, reckoned_from: datetime) -> None:
    """A request, accepted, then its agreement or its contract, signed by the link."""
    request = enrol(session, _sign_up(buyer), reckoned_from - ENROLLED)
    accepted(request, reckoned_from - ACCEPTED)
    sent_at = reckoned_from - AGREED + timedelta(minutes=15)
    agreement = agreements.send(request, organisation(), by=STAFF, now=sent_at)
    opened_at = sent_at + timedelta(hours=2)
    signatures.accept(
        agreement, agreement.signatory_name, opened_at, now=opened_at + timedelta(minutes=6)
    )
    # Nobody types the code of a demonstration: it is taken as verified, as the page does next.
    signatures.sign(agreement, now=opened_at + timedelta(minutes=8))


def _sign_up(buyer: Buyer) -> SignUp:
    return SignUp(
        buyer_type=BuyerType.COMPANY if buyer.organisation else BuyerType.INDIVIDUAL,
        trainees=tuple(
            Trainee(one.first_name, one.last_name, one.email, wants_accommodation_call=one.to_call)
            for one in buyer.people
        ),
        notice_version=notice().version,
        organisation=buyer.organisation,
        contact_name=buyer.contact,
        contact_email=buyer.address,
        funder=buyer.funder,
        funder_name=buyer.funder_name,
    )


def _call(session: Session, now: datetime) -> None:
    for enrolment in session.enrolments.filter(wants_accommodation_call=True):
        upkeep.note_call(enrolment, by=STAFF, now=now)


def _prepare(session: Session, life: Life, starts_at: datetime) -> None:
    """The end of the withdrawal periods, the programme, the convocations and the needs."""
    convoked_at = starts_at - CONVOKED
    timed.end_withdrawal_periods(convoked_at)
    paperwork.deliver(DocumentKind.PROGRAMME, session, by=STAFF, now=convoked_at)
    timed.convoke(convoked_at)
    opinions.ask(session, convoked_at)
    opinions.tell_needs(session, life, starts_at - ANSWERED)
    timed.remind(starts_at - REMINDED)
