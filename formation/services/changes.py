"""What changes in an enrolment: who comes, to which session, and where to write."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from formation import emails
from formation.enums import SEATED, WAITING, EnrolmentState
from formation.exceptions import AlreadyEnrolled, SessionFull
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.models.enrolment import email_key, person_key
from site_enys.links import revoke
from site_enys.states import Actor, Role, TransitionRefused

from . import outdated, seats
from .availability import availability, refuse_unless_bookable, refuse_unless_sold_to
from .enrolment import Trainee, write_enrolment
from .lifecycle import ENROLMENT_LIFECYCLE
from .references import next_reference
from .upkeep import close_links, refuse_unless_live

#: Nearer to the session, a change of date leaves an empty chair: it is spoken about.
MOVES_UNTIL = timedelta(days=7)
#: What the journal says was corrected, and never the values.
_LABELS = {
    "first_name": "prénom",
    "last_name": "nom",
    "email": "adresse électronique",
    "phone": "téléphone",
    "contact_name": "nom du contact",
    "contact_email": "adresse du contact",
    "contact_phone": "téléphone du contact",
}


@transaction.atomic
def substitute(
    enrolment: Enrolment, trainee: Trainee, *, by: Actor, now: datetime, reason: str = ""
) -> Enrolment:
    """Let a colleague take over the place as it is: state, seat or rank, agreement.

    Raises TransitionRefused when the enrolment cannot be taken over, AlreadyEnrolled when the
    colleague is in the session.
    """
    seats.lock(enrolment.session_id)
    state, request = EnrolmentState(Enrolment.objects.get(pk=enrolment.pk).state), enrolment.request
    _refuse_if_enrolled(enrolment, trainee.email, trainee.key(request.buyer_type))
    ENROLMENT_LIFECYCLE.replace(enrolment, "substitute", by=by, now=now, reason=reason)
    heir = write_enrolment(
        request,
        trainee,
        state,
        now,
        by=by,
        name="take_over",
        reason=reason,
        follows=enrolment,
        inherited_rank=enrolment.own_rank_key if state in WAITING else None,
    )
    emails.substituted(enrolment)
    emails.takes_the_place(heir)
    emails.tell_buyers([heir], "replaced")
    emails.tell_staff(heir, "take_over", by)
    return heir


def other_sessions(enrolment: Enrolment, now: datetime) -> list[Session]:
    """The sessions of the same course where the person could go instead."""
    upcoming = Session.objects.upcoming(now).filter(course=enrolment.session.course_id)
    with_seats = upcoming.with_free_seats().exclude(pk=enrolment.session_id)
    free = {"open", "almost_full"}
    return [
        session
        for session in with_seats.select_related("course", "venue")
        if availability(session, now) in free
    ]


@transaction.atomic
def transfer(
    enrolment: Enrolment, target: Session, *, by: Actor, now: datetime, reason: str = ""
) -> Enrolment:
    """Move a person to another session where a seat is free; the place left goes to the list.

    An enrolment keeps its point: a confirmed one stays confirmed, one that waited is now studied.
    Raises TransitionRefused or an EnrolmentRefused; then nothing has changed.
    """
    # Always in the same order: two opposite moves never wait for each other.
    locked = {pk: seats.lock(pk) for pk in sorted({enrolment.session_id, target.pk})}
    refuse_move(enrolment, by, now)
    if target.pk == enrolment.session_id:
        raise TransitionRefused("C’est déjà sa session\u00a0: choisissez-en une autre.")
    target = locked[target.pk]
    refuse_unless_bookable(target, now)
    old = Enrolment.objects.get(pk=enrolment.pk)
    if old.state != EnrolmentState.CONFIRMED:
        refuse_unless_sold_to(target, old.request.buyer_type, now)
    _refuse_if_enrolled(old, old.email, old.person_key, session=target)
    if not seats.take(target.pk, 1):
        raise SessionFull
    state = EnrolmentState(old.state) if old.state in SEATED else EnrolmentState.REQUESTED
    new = write_enrolment(
        _same_request(old.request, target, now),
        _as_trainee(old),
        state,
        now,
        by=by,
        name="arrive",
        reason=reason,
        follows=old,
        contract_signed_on=old.contract_signed_on,
        withdrawal_ends_on=old.withdrawal_ends_on,
    )
    ENROLMENT_LIFECYCLE.apply(enrolment, "transfer", by=by, now=now, reason=reason)
    emails.transferred(enrolment, new)
    emails.tell_buyers([new], "transferred")
    emails.tell_staff(new, "arrive", by)
    return new


def refuse_move(enrolment: Enrolment, by: Actor, now: datetime) -> None:
    """Raise the refusal that stands in the way of leaving this session for another."""
    refusal = ENROLMENT_LIFECYCLE.refusal(enrolment, "transfer", by, now)
    if refusal:
        raise refusal
    starts_at = enrolment.session.starts_at
    if by.role == Role.PERSON and starts_at and starts_at - now < MOVES_UNTIL:
        raise TransitionRefused(
            "À moins de sept jours du début, un changement de date se décide avec nous\u00a0: "
            "écrivez-nous ou téléphonez."
        )


@transaction.atomic
def correct(enrolment: Enrolment, values: dict[str, str], *, by: Actor, now: datetime) -> None:
    """Write the name, address and telephone that a person gives for herself.

    A new address closes the links that the former one received. Raises TransitionRefused when the
    enrolment is closed, AlreadyEnrolled when the corrected person is in the session already.
    """
    seats.lock(enrolment.session_id)
    refuse_unless_live(enrolment)
    changed = {name for name, value in values.items() if getattr(enrolment, name) != value}
    if not changed:
        return
    former = enrolment.email
    for name in changed:
        setattr(enrolment, name, values[name])
    enrolment.email_key = email_key(enrolment.email)
    enrolment.person_key = person_key(
        enrolment.request.buyer_type, enrolment.email, enrolment.full_name
    )
    _refuse_if_enrolled(enrolment, enrolment.email, enrolment.person_key)
    enrolment.save(update_fields=[*changed, "email_key", "person_key"])
    _note_correction(enrolment, changed, by, now)
    if changed & {"first_name", "last_name"}:
        outdated.name_corrected(enrolment, now)
    if "email" in changed:
        close_links(enrolment)
    emails.corrected(enrolment, former)
    emails.tell_staff(enrolment, "correct", by)


@transaction.atomic
def correct_contact(
    request: EnrolmentRequest, values: dict[str, str], *, by: Actor, now: datetime
) -> None:
    """Write who follows the request in the company; a new address closes the former links."""
    changed = {name for name, value in values.items() if getattr(request, name) != value}
    if not changed:
        return
    former = request.contact_email
    for name in changed:
        setattr(request, name, values[name])
    request.save(update_fields=list(changed))
    for enrolment in request.enrolments.order_by("pk"):
        _note_correction(enrolment, changed, by, now)
    if "contact_email" in changed:
        revoke(request)
        emails.contact_changed(request, former)


@transaction.atomic
def send_links(reference: str, address: str) -> int:
    """Send again the links of a request to the one who owns the address; return how many left.

    The page that asks answers the same whatever was found.
    """
    request = EnrolmentRequest.objects.filter(reference=reference.strip().upper()).first()
    if request is None:
        return 0
    key = email_key(address)
    if email_key(request.contact_email) == key:
        emails.link_again_to_company(request)
        return 1
    people = request.enrolments.filter(email_key=key)
    for enrolment in people:
        emails.link_again(enrolment)
    return len(people)


def _refuse_if_enrolled(
    enrolment: Enrolment, email: str, key: str, *, session: Session | None = None
) -> None:
    live = Enrolment.objects.live().filter(session=session or enrolment.session_id)
    if live.of_the_person(email_key(email), key).exclude(pk=enrolment.pk).exists():
        raise AlreadyEnrolled


def _same_request(request: EnrolmentRequest, session: Session, now: datetime) -> EnrolmentRequest:
    """The same buyer, asking for the other session."""
    again: dict[str, Any] = {
        field.name: getattr(request, field.name)
        for field in EnrolmentRequest._meta.concrete_fields
        if field.name not in {"id", "public_id", "link_nonce", "accept_partial"}
    }
    again |= {
        "reference": next_reference(now),
        "session": session,
        "created_at": now,
        "answered_state": EnrolmentState.REQUESTED,
        "answered_seats": 1,
        "answered_rank": None,
    }
    return EnrolmentRequest.objects.create(**again)


def _as_trainee(enrolment: Enrolment) -> Trainee:
    names = Trainee.__dataclass_fields__
    return Trainee(**{name: getattr(enrolment, name) for name in names})


def _note_correction(enrolment: Enrolment, changed: set[str], by: Actor, now: datetime) -> None:
    labels = sorted(_LABELS[name] for name in changed)
    ENROLMENT_LIFECYCLE.record(
        enrolment, enrolment.state, name="correct", by=by, now=now, reason=", ".join(labels)
    )
