"""The e-mails of the training desk: one function each, with subject, text and HTML templates.

Every function runs inside the transaction of the change that it announces. Trainees are written
to one by one; the contact of an employer gets one message for all the people of a request.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse

from courrier.models import OutgoingMessage
from courrier.services.outbox import queue
from formation.documents.calendar import Method, NumberedSlots, invitation
from formation.enums import SEATED, WAITING, BuyerType, EnrolmentState
from formation.links import enrolment_url, is_buyer, request_url
from formation.models import (
    CatalogueIndexPage,
    Enrolment,
    EnrolmentRequest,
    Session,
    TailoredRequest,
)
from site_enys.admin import admin_url
from site_enys.french import enumeration
from site_enys.states import Actor, Role

#: What the contact of an employer reads about people who have just gone through a transition.
#: Each sentence follows « Aïcha Moreau et Paul Roy : ».
NEWS = {
    "offer": "une place s’est libérée et vous est gardée",
    "accept_offer": "vous avez accepté la place proposée",
    "decline_offer": "la place proposée est rendue",
    "expire": "la place proposée est restée sans réponse et va à la demande suivante",
    "accept": "la demande est acceptée, nous préparons la convention",
    "confirm": "l’inscription est confirmée",
    "confirm_directly": "l’inscription est confirmée",
    "recover": "une place est comptée, et la demande est à l’étude",
    "recover_waiting": "la demande est sur la liste d’attente",
    "reopen": "l’inscription est remise à l’étude",
    "decline": "nous ne pouvons pas retenir la demande",
    "withdraw": "le désistement est enregistré",
    "cancel": "la session est annulée, et l’inscription avec elle",
    "postpone": "la session est reportée, la place ou le rang sont gardés",
    "reschedule": "la session a de nouvelles dates",
    "move": "le lieu ou les horaires de la session ont changé",
    "transferred": "l’inscription est reportée sur la session ci-dessous",
    "replaced": "le remplacement que vous avez demandé est enregistré",
}
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
#: Other dates are worth reading for those whom a session leaves without a seat.
_OTHER_DATES_SHOWN = 3


def received(enrolment: Enrolment) -> None:
    """A request has come in: with a seat, or on the waiting list with its rank."""
    waits = enrolment.state in WAITING
    _to_trainee("formation_waitlisted" if waits else "formation_received", enrolment)
    _to_disability_contact(enrolment)


def request_received(request: EnrolmentRequest, people: Sequence[Enrolment]) -> None:
    """Tell the contact of the employer what was answered, whoever was enrolled already.

    The person who typed the addresses may be a stranger: only their owners learn that.
    """
    _to_company("formation_company_received", request, people)


def already_enrolled(enrolment: Enrolment) -> None:
    """Only the owner of the address learns that it was enrolled already."""
    _to_trainee("formation_already_enrolled", enrolment)


def request_for_staff(request: EnrolmentRequest, people: Sequence[Enrolment]) -> None:
    """Tell the team, whose answer goes to the buyer."""
    _to_staff("formation_staff_request", request, people)


def tell_staff(enrolment: Enrolment, act: str, by: Actor) -> None:
    """Tell the team what a person did by herself; it knows what it did itself."""
    if by.role != Role.PERSON or act not in NEWS_FOR_STAFF:
        return
    news = NEWS_FOR_STAFF[act]
    _to_staff("formation_staff_news", enrolment.request, [enrolment], news=news)


def tell_buyers(people: Iterable[Enrolment], news: str) -> None:
    """Tell each employer's contact, once, what has become of these people."""
    if news not in NEWS:
        return
    by_request = sorted(people, key=lambda one: (one.request_id, one.pk))
    for _, group in groupby(by_request, key=lambda one: one.request_id):
        of_request = list(group)
        request = of_request[0].request
        _to_company("formation_company_change", request, of_request, news=news)


def offered(enrolment: Enrolment) -> None:
    _to_trainee("formation_offered", enrolment)


def offer_reminder(enrolment: Enrolment) -> None:
    """Half of the time is over: told to the buyer alone, who is the one to answer."""
    if is_buyer(enrolment):
        _to_trainee("formation_offer_reminder", enrolment)
    else:
        _to_company("formation_company_change", enrolment.request, [enrolment], news="offer")


def offer_accepted(enrolment: Enrolment) -> None:
    _to_trainee("formation_offer_accepted", enrolment)


def offer_expired(enrolment: Enrolment) -> None:
    _to_trainee("formation_offer_expired", enrolment)


def accepted(enrolment: Enrolment) -> None:
    _to_trainee("formation_accepted", enrolment)


def contract_signed(enrolment: Enrolment) -> None:
    _to_trainee("formation_contract_signed", enrolment)


def confirmed(enrolment: Enrolment) -> None:
    _to_trainee("formation_confirmed", enrolment, calendar="REQUEST")


def reopened(enrolment: Enrolment) -> None:
    _to_trainee("formation_reopened", enrolment, calendar="CANCEL")


def declined(enrolment: Enrolment) -> None:
    _to_trainee("formation_declined", enrolment)


def withdrawn(enrolment: Enrolment) -> None:
    _to_trainee("formation_withdrawn", enrolment, calendar="CANCEL")


def retracted(enrolment: Enrolment) -> None:
    _to_trainee("formation_retracted", enrolment)


def substituted(enrolment: Enrolment) -> None:
    """The person who does not come any more."""
    _to_trainee("formation_substituted", enrolment, calendar="CANCEL")


def takes_the_place(enrolment: Enrolment) -> None:
    """The colleague who comes instead."""
    _to_trainee("formation_takes_the_place", enrolment, calendar="REQUEST")
    _to_disability_contact(enrolment)


def transferred(old: Enrolment, new: Enrolment) -> None:
    """Told of the new session; the calendar lets the old one go."""
    attachments = _calendar(old, "CANCEL")
    if new.state == EnrolmentState.CONFIRMED:
        attachments += _calendar(new, "REQUEST")
    _to_trainee("formation_transferred", new, attachments=attachments, old_session=old.session)


def corrected(enrolment: Enrolment, former_email: str) -> None:
    """At the new address with its link, and at the former one, which may not have asked."""
    new_address = former_email.lower() != enrolment.email.lower()
    _to_trainee("formation_corrected", enrolment, new_address=new_address)
    if new_address:
        _queue("formation_address_changed", former_email, enrolment.request, context(enrolment))


def link_again(enrolment: Enrolment) -> None:
    _to_trainee("formation_link", enrolment)


def link_again_to_company(request: EnrolmentRequest) -> None:
    _to_company("formation_company_link", request, list(request.enrolments.order_by("pk")))


def contact_changed(request: EnrolmentRequest, former_email: str) -> None:
    """At the new address with its link, and at the former one, which may not have asked."""
    people = list(request.enrolments.order_by("pk"))
    _to_company("formation_company_link", request, people)
    if former_email.lower() != request.contact_email.lower():
        full = _common(request, people[0].session)
        _queue("formation_address_changed", former_email, request, full)


def session_cancelled(enrolment: Enrolment) -> None:
    _to_trainee("formation_cancelled", enrolment, calendar="CANCEL")


def session_postponed(enrolment: Enrolment) -> None:
    _to_trainee("formation_postponed", enrolment, calendar="CANCEL")


def session_rescheduled(enrolment: Enrolment, dropped: NumberedSlots = ()) -> None:
    """New dates; the half-days that were `dropped` leave the calendar."""
    attachments = _calendar(enrolment, "CANCEL", dropped) if dropped else []
    _to_trainee("formation_rescheduled", enrolment, calendar="REQUEST", attachments=attachments)


def session_moved(enrolment: Enrolment) -> None:
    """Another place, or another way of being present, at the same dates."""
    _to_trainee("formation_moved", enrolment, calendar="REQUEST")


def convocation(enrolment: Enrolment) -> None:
    _to_trainee("formation_convocation", enrolment, calendar="REQUEST")


def reminder(enrolment: Enrolment) -> None:
    _to_trainee("formation_reminder", enrolment)


def context(enrolment: Enrolment) -> dict[str, Any]:
    """What the templates of a trainee's e-mails may use."""
    return _common(enrolment.request, enrolment.session) | {
        "enrolment": enrolment,
        "manage_url": enrolment_url(enrolment),
        "decides": is_buyer(enrolment),
        "others": _other_dates(enrolment),
    }


def _common(request: EnrolmentRequest, session: Session) -> dict[str, Any]:
    course = session.course
    catalogue = course.catalogue
    return {
        "request": request,
        "session": session,
        "course": course,
        "course_url": course.full_url or "",
        "programme_url": settings.SITE_URL + reverse("formation_programme", args=[course.slug]),
        "terms_url": _url_of(catalogue, "terms_page"),
        "rules_url": _url_of(catalogue, "internal_rules_page"),
        "individual": request.buyer_type == BuyerType.INDIVIDUAL,
    }


def _other_dates(enrolment: Enrolment) -> list[Session]:
    """The next sessions of the same course where a seat is free."""
    if enrolment.state in SEATED:
        return []
    course_id = enrolment.session.course_id
    upcoming = Session.objects.upcoming(enrolment.state_changed_at).with_free_seats()
    others = upcoming.filter(course=course_id).exclude(pk=enrolment.session_id)
    return list(others.select_related("course", "venue")[:_OTHER_DATES_SHOWN])


def _to_trainee(
    kind: str,
    enrolment: Enrolment,
    *,
    calendar: Method | None = None,
    attachments: Sequence[tuple[str, str, bytes]] = (),
    **more: Any,
) -> OutgoingMessage:
    if calendar:
        attachments = [*attachments, *_calendar(enrolment, calendar)]
    full = context(enrolment) | more
    return _queue(kind, enrolment.email, enrolment.request, full, attachments)


def _calendar(
    enrolment: Enrolment, method: Method, slots: NumberedSlots = ()
) -> list[tuple[str, str, bytes]]:
    """The entry of a person who is, or was, expected; nobody else has it in a calendar."""
    if not enrolment.was_confirmed:
        return []
    content = invitation(enrolment, method, slots)
    return [("formation.ics", f"text/calendar; charset=utf-8; method={method}", content)]


def _to_company(
    kind: str, request: EnrolmentRequest, people: Sequence[Enrolment], *, news: str = ""
) -> None:
    """The contact has an e-mail too, unless it is the trainee."""
    if not request.contact_email or all(is_buyer(enrolment) for enrolment in people):
        return
    deadlines = [one.offer_expires_at for one in people if one.offer_expires_at]
    own = {
        "names": enumeration([enrolment.full_name for enrolment in people]),
        "news": NEWS.get(news, ""),
        "offered": news == "offer",
        "deadline": min(deadlines, default=None),
        "manage_url": request_url(request),
    }
    full = _common(request, people[0].session) | own
    _queue(kind, request.contact_email, request, full)


def _to_staff(
    kind: str, request: EnrolmentRequest, people: Sequence[Enrolment], **more: Any
) -> None:
    url = settings.SITE_URL + admin_url(Enrolment, "inspect", people[0].pk)
    own = {"people": people, "admin_url": url, "enrolment": people[0]}
    queue(
        kind,
        settings.STAFF_EMAIL,
        _common(request, people[0].session) | own | more,
        about=request,
        reply_to=request.contact_email or people[0].email,
    )


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


def _queue(
    kind: str,
    to: str,
    request: EnrolmentRequest,
    full: dict[str, Any],
    attachments: Sequence[tuple[str, str, bytes]] = (),
) -> OutgoingMessage:
    return queue(
        kind,
        to,
        full,
        about=request,
        reply_to=full["course"].shown_contact_email,
        attachments=attachments,
    )


def _url_of(catalogue: Any, name: str) -> str:
    page = getattr(catalogue, name, None)
    return (page.full_url or "") if page and page.live else ""


# -- Courses made for one organisation ------------------------------------------------------------


def tailored_received(demand: TailoredRequest) -> None:
    """Tell the organisation that its request has arrived, and its reference."""
    if demand.course:
        team = demand.course.shown_contact_email
    else:
        catalogue = CatalogueIndexPage.objects.first()
        team = catalogue.contact_email if catalogue else ""
    queue(
        "formation_tailored_received",
        demand.contact_email,
        {"demand": demand},
        about=demand,
        reply_to=team,
    )


def tailored_for_staff(demand: TailoredRequest) -> None:
    """Tell the team, whose answer goes to the person who asks."""
    queue(
        "formation_tailored_staff",
        settings.STAFF_EMAIL,
        {
            "demand": demand,
            "admin_url": settings.SITE_URL + admin_url(TailoredRequest, "inspect", demand.pk),
        },
        about=demand,
        reply_to=demand.contact_email,
    )
