"""What the e-mails of the training desk share: their context, and whom they go to.

Trainees are written to one by one; the contact of an employer gets one message for all the people
of a request. Every function runs inside the transaction of the change that it announces.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from courrier.models import OutgoingMessage
from courrier.services.outbox import queue
from formation.documents.calendar import Method, NumberedSlots, invitation
from formation.enums import SEATED, BuyerType
from formation.links import enrolment_url, is_buyer, request_url
from formation.models import Enrolment, EnrolmentRequest, Session
from site_enys.admin import admin_url
from site_enys.french import enumeration

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
#: Other dates are worth reading for those whom a session leaves without a seat.
_OTHER_DATES_SHOWN = 3


def context(enrolment: Enrolment) -> dict[str, Any]:
    """What the templates of a trainee's e-mails may use."""
    return common(enrolment.request, enrolment.session) | {
        "enrolment": enrolment,
        "manage_url": enrolment_url(enrolment),
        "decides": is_buyer(enrolment),
        "others": _other_dates(enrolment),
    }


def common(request: EnrolmentRequest, session: Session) -> dict[str, Any]:
    course = session.course
    catalogue = course.catalogue
    return {
        "request": request,
        "session": session,
        "course": course,
        "course_url": course.full_url or "",
        "programme_url": settings.SITE_URL + reverse("formation_programme", args=[course.slug]),
        "terms_url": url_of(catalogue, "terms_page"),
        "rules_url": url_of(catalogue, "internal_rules_page"),
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


def to_trainee(
    kind: str,
    enrolment: Enrolment,
    *,
    calendar: Method | None = None,
    attachments: Sequence[tuple[str, str, bytes]] = (),
    **more: Any,
) -> OutgoingMessage:
    if calendar:
        attachments = [*attachments, *calendar_entry(enrolment, calendar)]
    full = context(enrolment) | more
    return queue_about(kind, enrolment.email, enrolment.request, full, attachments)


def calendar_entry(
    enrolment: Enrolment, method: Method, slots: NumberedSlots = ()
) -> list[tuple[str, str, bytes]]:
    """The entry of a person who is, or was, expected; nobody else has it in a calendar."""
    if not enrolment.was_confirmed:
        return []
    content = invitation(enrolment, method, slots)
    return [("formation.ics", f"text/calendar; charset=utf-8; method={method}", content)]


def to_company(
    kind: str,
    request: EnrolmentRequest,
    people: Sequence[Enrolment],
    *,
    news: str = "",
    **more: Any,
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
    full = common(request, people[0].session) | own | more
    queue_about(kind, request.contact_email, request, full)


def to_staff(
    kind: str, request: EnrolmentRequest, people: Sequence[Enrolment], **more: Any
) -> None:
    url = settings.SITE_URL + admin_url(Enrolment, "inspect", people[0].pk)
    own = {"people": people, "admin_url": url, "enrolment": people[0]}
    queue(
        kind,
        settings.STAFF_EMAIL,
        common(request, people[0].session) | own | more,
        about=request,
        reply_to=request.contact_email or people[0].email,
    )


def queue_about(
    kind: str,
    to: str,
    request: EnrolmentRequest,
    full: dict[str, Any],
    attachments: Sequence[tuple[str, str, bytes]] = (),
    *,
    secret: bool = False,
) -> OutgoingMessage:
    return queue(
        kind,
        to,
        full,
        about=request,
        reply_to=full["course"].shown_contact_email,
        attachments=attachments,
        secret=secret,
    )


def url_of(catalogue: Any, name: str) -> str:
    page = getattr(catalogue, name, None)
    return (page.full_url or "") if page and page.live else ""
