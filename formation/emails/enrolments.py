"""The e-mails about an enrolment: one function each, with subject, text and HTML templates."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from django.conf import settings
from django.urls import reverse

from courrier.services.outbox import queue
from formation.documents.calendar import NumberedSlots
from formation.enums import WAITING, AgreementState, EnrolmentState
from formation.links import is_buyer
from formation.models import Agreement, Enrolment, EnrolmentRequest
from site_enys.states import Actor, Role

from .parts import (
    NEWS,
    calendar_entry,
    common,
    context,
    queue_about,
    to_company,
    to_staff,
    to_trainee,
)

#: What the team reads about somebody who acted by her own link, after « Aïcha Moreau ».
NEWS_FOR_STAFF = {
    "accept_offer": "accepte la place proposée",
    "decline_offer": "laisse la place proposée",
    "withdraw": "se désiste",
    "retract": "se rétracte",
    "take_over": "remplace un collègue",
    "arrive": "arrive d’une autre session",
    "correct": "corrige ses coordonnées",
}
#: The address among what is shown of the disability contact: « Inès Corbel, handicap@enys.fr ».
_ADDRESS = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\s@<>(),;:]+")


def received(enrolment: Enrolment) -> None:
    """A request has come in: with a seat, or on the waiting list with its rank."""
    waits = enrolment.state in WAITING
    to_trainee("formation_waitlisted" if waits else "formation_received", enrolment)
    _to_disability_contact(enrolment)


def request_received(request: EnrolmentRequest, people: Sequence[Enrolment]) -> None:
    """Tell the contact of the employer what was answered, whoever was enrolled already.

    The person who typed the addresses may be a stranger: only their owners learn that.
    """
    to_company("formation_company_received", request, people)


def already_enrolled(enrolment: Enrolment) -> None:
    """Only the owner of the address learns that it was enrolled already."""
    to_trainee("formation_already_enrolled", enrolment)


def request_for_staff(request: EnrolmentRequest, people: Sequence[Enrolment]) -> None:
    """Tell the team, whose answer goes to the buyer."""
    to_staff("formation_staff_request", request, people)


def tell_staff(enrolment: Enrolment, act: str, by: Actor) -> None:
    """Tell the team what a person did by herself; it knows what it did itself."""
    if by.role != Role.PERSON or act not in NEWS_FOR_STAFF:
        return
    news = NEWS_FOR_STAFF[act]
    to_staff("formation_staff_news", enrolment.request, [enrolment], news=news)


def tell_buyers(people: Iterable[Enrolment], news: str) -> None:
    """Tell each employer's contact, once, what has become of these people."""
    if news not in NEWS:
        return
    by_request = sorted(people, key=lambda one: (one.request_id, one.pk))
    for _, group in groupby(by_request, key=lambda one: one.request_id):
        of_request = list(group)
        request = of_request[0].request
        signed = _signed_online(of_request[0])
        if signed and signed.signatory_email.lower() == request.contact_email.lower():
            continue  # the signed copy, which leaves at the same time, says it
        to_company("formation_company_change", request, of_request, news=news)


def offered(enrolment: Enrolment) -> None:
    to_trainee("formation_offered", enrolment)


def offer_reminder(enrolment: Enrolment) -> None:
    """Half of the time is over: told to the buyer alone, who is the one to answer."""
    if is_buyer(enrolment):
        to_trainee("formation_offer_reminder", enrolment)
    else:
        to_company("formation_company_change", enrolment.request, [enrolment], news="offer")


def offer_accepted(enrolment: Enrolment) -> None:
    to_trainee("formation_offer_accepted", enrolment)


def offer_expired(enrolment: Enrolment) -> None:
    to_trainee("formation_offer_expired", enrolment)


def accepted(enrolment: Enrolment) -> None:
    to_trainee("formation_accepted", enrolment)


def contract_signed(enrolment: Enrolment) -> None:
    """Signed on paper: the message that carries a copy signed online says the same."""
    if not _signed_online(enrolment):
        to_trainee("formation_contract_signed", enrolment)


def confirmed(enrolment: Enrolment) -> None:
    to_trainee("formation_confirmed", enrolment, calendar="REQUEST")


def reopened(enrolment: Enrolment) -> None:
    to_trainee("formation_reopened", enrolment, calendar="CANCEL")


def declined(enrolment: Enrolment) -> None:
    to_trainee("formation_declined", enrolment)


def withdrawn(enrolment: Enrolment) -> None:
    to_trainee("formation_withdrawn", enrolment, calendar="CANCEL")


def retracted(enrolment: Enrolment) -> None:
    to_trainee("formation_retracted", enrolment)


def substituted(enrolment: Enrolment) -> None:
    """The person who does not come any more."""
    to_trainee("formation_substituted", enrolment, calendar="CANCEL")


def takes_the_place(enrolment: Enrolment) -> None:
    """The colleague who comes instead."""
    to_trainee("formation_takes_the_place", enrolment, calendar="REQUEST")
    _to_disability_contact(enrolment)


def transferred(old: Enrolment, new: Enrolment) -> None:
    """Told of the new session; the calendar lets the old one go."""
    attachments = calendar_entry(old, "CANCEL")
    if new.state == EnrolmentState.CONFIRMED:
        attachments += calendar_entry(new, "REQUEST")
    to_trainee("formation_transferred", new, attachments=attachments, old_session=old.session)


def corrected(enrolment: Enrolment, former_email: str) -> None:
    """At the new address with its link, and at the former one, which may not have asked."""
    new_address = former_email.lower() != enrolment.email.lower()
    to_trainee("formation_corrected", enrolment, new_address=new_address)
    if new_address:
        queue_about(
            "formation_address_changed", former_email, enrolment.request, context(enrolment)
        )


def link_again(enrolment: Enrolment) -> None:
    to_trainee("formation_link", enrolment)


def link_again_to_company(request: EnrolmentRequest) -> None:
    to_company("formation_company_link", request, list(request.enrolments.order_by("pk")))


def contact_changed(request: EnrolmentRequest, former_email: str) -> None:
    """At the new address with its link, and at the former one, which may not have asked."""
    people = list(request.enrolments.order_by("pk"))
    to_company("formation_company_link", request, people)
    if former_email.lower() != request.contact_email.lower():
        full = common(request, people[0].session)
        queue_about("formation_address_changed", former_email, request, full)


def session_cancelled(enrolment: Enrolment) -> None:
    to_trainee("formation_cancelled", enrolment, calendar="CANCEL")


def session_postponed(enrolment: Enrolment) -> None:
    to_trainee("formation_postponed", enrolment, calendar="CANCEL")


def session_rescheduled(enrolment: Enrolment, dropped: NumberedSlots = ()) -> None:
    """New dates; the half-days that were `dropped` leave the calendar."""
    attachments = calendar_entry(enrolment, "CANCEL", dropped) if dropped else []
    to_trainee("formation_rescheduled", enrolment, calendar="REQUEST", attachments=attachments)


def session_moved(enrolment: Enrolment) -> None:
    """Another place, or another way of being present, at the same dates."""
    to_trainee("formation_moved", enrolment, calendar="REQUEST")


def convocation(enrolment: Enrolment, attachments: Sequence[tuple[str, str, bytes]] = ()) -> None:
    """With the document in PDF when it could be delivered."""
    to_trainee(
        "formation_convocation",
        enrolment,
        calendar="REQUEST",
        attachments=attachments,
        attached=bool(attachments),
    )


def reminder(enrolment: Enrolment) -> None:
    to_trainee("formation_reminder", enrolment)


def _signed_online(enrolment: Enrolment) -> Agreement | None:
    """The agreement whose signature by its link has just moved the enrolment."""
    signed = enrolment.request.agreements.filter(
        state=AgreementState.SIGNED, signed_at=enrolment.state_changed_at
    )
    return signed.exclude(evidence__has_key="signed_on").first()


def _to_disability_contact(enrolment: Enrolment) -> None:
    """Ask whom the course names, or else the team, to call the person: her name and no reason.

    The message lies in mailboxes for longer than the wish is kept.
    """
    if not enrolment.wants_accommodation_call:
        return
    named = _ADDRESS.search(enrolment.session.course.shown_disability_contact)
    queue(
        "formation_call",
        named.group().rstrip(".") if named else settings.STAFF_EMAIL,
        {
            "request": enrolment.request,
            "enrolment": enrolment,
            "admin_url": settings.SITE_URL + reverse("formation_calls"),
        },
        about=enrolment.request,
    )
