"""Signing up: the one door through which an enrolment comes into being.

A second request for a person who already has a live enrolment must not tell a stranger so.
`enrol` refuses it (staff may know); `enrol_visitor`, behind the public form, keeps it as a
« doublon » without a seat and gives the very answer that a first request would have had. Only
the owner of the address reads, by e-mail, that nothing was counted twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from formation import emails
from formation.enums import BuyerType, EnrolmentState
from formation.exceptions import (
    AlreadyEnrolled,
    EnrolmentRefused,
    GroupTooLarge,
    NotEnoughSeats,
    SessionFull,
)
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.models.enrolment import email_key, person_key
from site_enys.states import PERSON, Actor, Role

from . import seats
from .availability import (
    refuse_unless_bookable,
    refuse_unless_decided_to_hold,
    refuse_unless_sold_to,
)
from .lifecycle import ENROLMENT_LIFECYCLE
from .references import next_reference

#: As many as one form takes; the session's capacity usually stops a group before.
LARGEST_GROUP = 30


@dataclass(frozen=True)
class Trainee:
    """One person of a sign-up form."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""
    wants_accommodation_call: bool = False

    def key(self, buyer_type: str) -> str:
        return person_key(buyer_type, self.email, f"{self.first_name} {self.last_name}")


@dataclass(frozen=True)
class SignUp:
    """What a sign-up form holds once validated."""

    buyer_type: BuyerType
    trainees: tuple[Trainee, ...]
    notice_version: str
    notice_shown_at: datetime | None = None
    organisation: str = ""
    siret: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    signatory_name: str = ""
    signatory_email: str = ""
    billing_name: str = ""
    billing_email: str = ""
    order_reference: str = ""
    funder: str = ""
    funder_name: str = ""
    accept_partial: bool = False
    message: str = ""

    def of_the_request(self) -> dict[str, Any]:
        """What is kept of the buyer."""
        names = self.__dataclass_fields__.keys() - {"trainees"}
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Answer:
    """How many seats are counted, and from which rank the others wait."""

    seats: int
    rank: int | None = None

    @property
    def state(self) -> EnrolmentState:
        return EnrolmentState.REQUESTED if self.rank is None else EnrolmentState.WAITLISTED


def enrol(
    session: Session, data: SignUp, now: datetime, *, by: Actor = PERSON, reason: str = ""
) -> EnrolmentRequest:
    """Take the seats, or ranks when the session is full, and write the request with its e-mails.

    One transaction. Raises an EnrolmentRefused that says why nothing was changed, AlreadyEnrolled
    among them. Staff who gives a `reason` passes over closed enrolments and short delays, never
    over the number of seats; the events say so.
    """
    with transaction.atomic():
        locked = seats.lock(session.pk)
        forced = False
        try:
            refuse_unless_open_to(locked, data.buyer_type, now)
        except EnrolmentRefused:
            if by.role != Role.STAFF or not reason.strip():
                raise
            refuse_unless_decided_to_hold(locked)
            forced = True
        refuse_unless_room_for(locked, data)
        if _already_enrolled(locked, data):
            raise AlreadyEnrolled
        return _enrol(locked, data, data.trainees, now, by=by, reason=reason, forced=forced)


def enrol_visitor(
    session: Session, data: SignUp, now: datetime, *, suspect: bool = False, hurried: bool = False
) -> EnrolmentRequest:
    """`enrol` for the public form: a second request is answered like a first one.

    A `suspect` request takes no place and sends nothing until a person has looked at it. A
    `hurried` one, that a browser may have filled in, keeps its place and is only marked: the last
    seat must not be lost to a quick hand.
    """
    with transaction.atomic():
        locked = seats.lock(session.pk)
        refuse_unless_open_to(locked, data.buyer_type, now)
        refuse_unless_room_for(locked, data)
        if suspect:
            return _set_aside(locked, data, now)
        twice = _already_enrolled(locked, data)
        newcomers = [one for one in data.trainees if one not in twice]
        return _enrol(locked, data, newcomers, now, twice=twice, suspect=hurried)


def refuse_unless_open_to(session: Session, buyer: str, now: datetime) -> None:
    """Raise the EnrolmentRefused that says why the session takes nobody, or not this buyer."""
    refuse_unless_bookable(session, now)
    refuse_unless_sold_to(session, buyer, now)


def refuse_unless_room_for(session: Session, data: SignUp) -> None:
    """Raise GroupTooLarge or NotEnoughSeats when neither the seats nor the list can take them."""
    wanted = len(data.trainees)
    if wanted > session.capacity:
        raise GroupTooLarge(session.capacity)
    if foresee(session, data).rank and not session.accepts_waiting_list:
        raise NotEnoughSeats(session.seats_left)


def foresee(session: Session, data: SignUp, *, people: int | None = None) -> Answer:
    """What a newcomer, or a group, would be answered by the session as it stands."""
    wanted = len(data.trainees) if people is None else people
    # A freed seat belongs to the list: newcomers wait while somebody waits.
    free = 0 if session.waiting_count else session.seats_left
    if wanted <= free:
        return Answer(wanted)
    return Answer(free if data.accept_partial else 0, session.waiting_count + 1)


def _enrol(
    session: Session,
    data: SignUp,
    newcomers: Sequence[Trainee],
    now: datetime,
    *,
    twice: Sequence[Trainee] = (),
    by: Actor = PERSON,
    reason: str = "",
    forced: bool = False,
    suspect: bool = False,
) -> EnrolmentRequest:
    """Write the request under the lock of the session's row, with what it was answered."""
    given = foresee(session, data, people=len(newcomers) or None)
    counted = given.seats if newcomers else 0
    if counted and not seats.take(session.pk, counted):
        raise SessionFull  # the lock makes it impossible; the counter has the last word
    seats.join_waiting_list(session.pk, len(newcomers) - counted)
    answer = given if given.rank else Answer(len(data.trainees))
    request = _write_request(session, data, answer, now, suspect=suspect)
    people = []
    for number, trainee in enumerate(newcomers):
        state = EnrolmentState.REQUESTED if number < counted else EnrolmentState.WAITLISTED
        people.append(
            write_enrolment(request, trainee, state, now, by=by, reason=reason, forced=forced)
        )
    doubles = [
        write_enrolment(request, trainee, EnrolmentState.DUPLICATE, now, by=by) for trainee in twice
    ]
    for enrolment in people:
        emails.received(enrolment)
    for enrolment in doubles:
        emails.already_enrolled(enrolment)
    emails.request_received(request, [*people, *doubles])
    if by.role == Role.PERSON:  # the team knows what it did itself
        emails.request_for_staff(request, [*people, *doubles])
    # A group at the head of the list may want more seats than are free: the next one may not.
    ENROLMENT_LIFECYCLE.serve(session.pk, now)
    return request


def _set_aside(session: Session, data: SignUp, now: datetime) -> EnrolmentRequest:
    request = _write_request(session, data, foresee(session, data), now, suspect=True)
    for trainee in data.trainees:
        write_enrolment(request, trainee, EnrolmentState.SET_ASIDE, now)
    return request


def _already_enrolled(session: Session, data: SignUp) -> list[Trainee]:
    live = Enrolment.objects.live().filter(session=session)
    return [
        trainee
        for trainee in data.trainees
        if live.of_the_person(email_key(trainee.email), trainee.key(data.buyer_type)).exists()
    ]


def _write_request(
    session: Session, data: SignUp, answer: Answer, now: datetime, *, suspect: bool
) -> EnrolmentRequest:
    return EnrolmentRequest.objects.create(
        reference=next_reference(now),
        session=session,
        suspect=suspect,
        answered_state=answer.state,
        answered_seats=answer.seats,
        answered_rank=answer.rank,
        created_at=now,
        **data.of_the_request(),
    )


def write_enrolment(
    request: EnrolmentRequest,
    trainee: Trainee,
    state: EnrolmentState,
    now: datetime,
    *,
    by: Actor = PERSON,
    name: str = "request",
    reason: str = "",
    forced: bool = False,
    **fields: Any,
) -> Enrolment:
    """Write one person of a request with the first event; the counters are the caller's."""
    enrolment = Enrolment.objects.create(
        request=request,
        session=request.session,
        first_name=trainee.first_name,
        last_name=trainee.last_name,
        email=trainee.email,
        email_key=email_key(trainee.email),
        person_key=trainee.key(request.buyer_type),
        phone=trainee.phone,
        wants_accommodation_call=trainee.wants_accommodation_call,
        state=state,
        state_changed_at=now,
        **fields,
    )
    ENROLMENT_LIFECYCLE.record(
        enrolment, state, name=name, by=by, now=now, reason=reason, forced=forced
    )
    return enrolment
