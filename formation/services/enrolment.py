"""Signing up: the one door through which an enrolment comes into being.

A second request from an address that already has a live enrolment must not tell a stranger so.
`enrol` refuses it (staff may know); `enrol_visitor`, behind the public form, keeps it as a
« doublon » without a seat and gives the very answer that a first request would have had. Only
the owner of the address reads, by e-mail, that nothing was counted twice.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from formation import emails
from formation.enums import Availability, BuyerType, EnrolmentState
from formation.exceptions import AlreadyEnrolled, EnrolmentRefused
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.models.enrolment import email_key, person_key
from site_enys.states import PERSON

from . import seats
from .availability import availability, refuse_unless_bookable, refuse_unless_sold_to
from .lifecycle import ENROLMENT_LIFECYCLE
from .references import next_reference

#: A seat freed between two of our statements sends us back to the first; it cannot go on.
ATTEMPTS = 5


@dataclass(frozen=True)
class SignUp:
    """What a sign-up form holds once validated."""

    buyer_type: BuyerType
    first_name: str
    last_name: str
    email: str
    notice_version: str
    phone: str = ""
    organisation: str = ""
    siret: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    message: str = ""
    wants_accommodation_call: bool = False

    @property
    def person_key(self) -> str:
        return person_key(self.buyer_type, self.email, f"{self.first_name} {self.last_name}")


@dataclass(frozen=True)
class Answer:
    """What the confirmation page says: a seat, or a rank on the waiting list."""

    state: EnrolmentState
    rank: int | None = None


def enrol(
    session: Session, data: SignUp, now: datetime, *, suspect: bool = False, hurried: bool = False
) -> EnrolmentRequest:
    """Take a seat, or a rank when the session is full, and write the request with its e-mails.

    One transaction. A `suspect` request takes neither and sends nothing until a person has
    looked at it. A `hurried` one, that a browser may have filled in, keeps its place and is only
    marked: the last seat must not be lost to a quick hand. Raises an EnrolmentRefused that says
    why nothing was changed.
    """
    refuse_unless_sold_to(session, data.buyer_type)
    with transaction.atomic():
        if suspect:
            answer = _answer_now(session, now)
            state = EnrolmentState.SET_ASIDE
            return _write(session, data, now, state, answer, suspect=True).request
        answer = _take_place(session, now)
        # Read under the lock of the session's row: two copies cannot both find nothing.
        if _is_enrolled(session, data):
            raise AlreadyEnrolled
        enrolment = _write(session, data, now, answer.state, answer, suspect=hurried)
        emails.received(enrolment)
        emails.request_for_staff(enrolment)
    return enrolment.request


def enrol_visitor(
    session: Session, data: SignUp, now: datetime, *, suspect: bool = False, hurried: bool = False
) -> EnrolmentRequest:
    """`enrol` for the public form: a second request is answered like a first one."""
    try:
        return enrol(session, data, now, suspect=suspect, hurried=hurried)
    except AlreadyEnrolled:
        return _keep_duplicate(session, data, now)


@transaction.atomic
def _keep_duplicate(session: Session, data: SignUp, now: datetime) -> EnrolmentRequest:
    seats.lock(session.pk)
    answer = _answer_now(session, now)
    enrolment = _write(session, data, now, EnrolmentState.DUPLICATE, answer)
    emails.already_enrolled(enrolment)
    emails.request_for_staff(enrolment)
    return enrolment.request


def _take_place(session: Session, now: datetime) -> Answer:
    for _attempt in range(ATTEMPTS):
        refuse_unless_bookable(Session.objects.get(pk=session.pk), now)
        if seats.take(session.pk):
            return Answer(EnrolmentState.REQUESTED)
        if seats.join_waiting_list(session.pk):
            rank = Session.objects.values_list("waiting_count", flat=True).get(pk=session.pk)
            return Answer(EnrolmentState.WAITLISTED, rank)
    raise EnrolmentRefused("Beaucoup de demandes arrivent en ce moment : veuillez réessayer.")


def _answer_now(session: Session, now: datetime) -> Answer:
    """What a newcomer would be told now; raises the refusal that a newcomer would get."""
    fresh = Session.objects.get(pk=session.pk)
    refuse_unless_bookable(fresh, now)
    if availability(fresh, now) == Availability.FULL_WAITLIST:
        return Answer(EnrolmentState.WAITLISTED, fresh.waiting_count + 1)
    return Answer(EnrolmentState.REQUESTED)


def _is_enrolled(session: Session, data: SignUp) -> bool:
    live = Enrolment.objects.live().filter(session=session)
    return live.of_the_person(email_key(data.email), data.person_key).exists()


def _write(
    session: Session,
    data: SignUp,
    now: datetime,
    state: EnrolmentState,
    answer: Answer,
    *,
    suspect: bool = False,
) -> Enrolment:
    request = EnrolmentRequest.objects.create(
        reference=next_reference(now),
        session=session,
        buyer_type=data.buyer_type,
        organisation=data.organisation,
        siret=data.siret,
        contact_name=data.contact_name,
        contact_email=data.contact_email,
        contact_phone=data.contact_phone,
        message=data.message,
        notice_version=data.notice_version,
        suspect=suspect,
        answered_state=answer.state,
        answered_rank=answer.rank,
        created_at=now,
    )
    enrolment = Enrolment.objects.create(
        request=request,
        session=session,
        first_name=data.first_name,
        last_name=data.last_name,
        email=data.email,
        email_key=email_key(data.email),
        person_key=data.person_key,
        phone=data.phone,
        wants_accommodation_call=data.wants_accommodation_call,
        state=state,
        state_changed_at=now,
    )
    ENROLMENT_LIFECYCLE.record(enrolment, state, name="request", by=PERSON, now=now)
    return enrolment
