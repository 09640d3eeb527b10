"""The e-mails of the training desk: one function each, with subject, text and HTML templates.

Every function runs inside the transaction of the change that it announces.
"""

from typing import Any

from django.conf import settings

from courrier.models import OutgoingMessage
from courrier.services.outbox import queue
from formation.enums import BuyerType, EnrolmentState
from formation.models import CatalogueIndexPage, Enrolment, TailoredRequest
from site_enys.admin import admin_url


def received(enrolment: Enrolment) -> None:
    """A request has come in: with a seat, or on the waiting list with its rank."""
    waits = enrolment.state == EnrolmentState.WAITLISTED
    _to_trainee("formation_waitlisted" if waits else "formation_received", enrolment)
    _to_company(enrolment, "formation_company_received")


def already_enrolled(enrolment: Enrolment) -> None:
    """Only the owner of the address learns that it was enrolled already.

    The company contact reads what a first request would have brought: the person who typed the
    address may be a stranger.
    """
    _to_trainee("formation_already_enrolled", enrolment)
    _to_company(enrolment, "formation_company_received")


def request_for_staff(enrolment: Enrolment) -> None:
    """Tell the team, whose answer goes to the buyer."""
    queue(
        "formation_staff_request",
        settings.STAFF_EMAIL,
        context(enrolment) | {"admin_url": _admin_url(enrolment)},
        about=enrolment.request,
        reply_to=enrolment.request.contact_email or enrolment.email,
    )


def promoted(enrolment: Enrolment) -> None:
    _announce(enrolment, "formation_promoted", "A obtenu la place qui s’est libérée.")


def confirmed(enrolment: Enrolment) -> None:
    _announce(enrolment, "formation_confirmed", "Son inscription est confirmée.")


def declined(enrolment: Enrolment) -> None:
    _announce(enrolment, "formation_declined", "Nous ne pouvons pas retenir sa demande.")


def withdrawn(enrolment: Enrolment) -> None:
    _announce(enrolment, "formation_withdrawn", "Son désistement est enregistré.")


def session_cancelled(enrolment: Enrolment) -> None:
    _announce(enrolment, "formation_cancelled", "La session est annulée.")


def session_postponed(enrolment: Enrolment) -> None:
    _announce(enrolment, "formation_postponed", "La session est reportée.")


def session_rescheduled(enrolment: Enrolment) -> None:
    _announce(enrolment, "formation_rescheduled", "La session a de nouvelles dates.")


def context(enrolment: Enrolment) -> dict[str, Any]:
    """What the templates of these e-mails may use."""
    session, course = enrolment.session, enrolment.session.course
    catalogue = course.catalogue
    return {
        "enrolment": enrolment,
        "request": enrolment.request,
        "session": session,
        "course": course,
        "course_url": course.full_url or "",
        "terms_url": _url_of(catalogue, "terms_page"),
        "rules_url": _url_of(catalogue, "internal_rules_page"),
        "individual": enrolment.request.buyer_type == BuyerType.INDIVIDUAL,
        "waiting": enrolment.request.answered_state == EnrolmentState.WAITLISTED,
    }


def _announce(enrolment: Enrolment, kind: str, sentence: str) -> None:
    _to_trainee(kind, enrolment)
    _to_company(enrolment, "formation_company_change", sentence=sentence)


def _to_trainee(kind: str, enrolment: Enrolment) -> OutgoingMessage:
    return queue(
        kind,
        enrolment.email,
        context(enrolment),
        about=enrolment.request,
        reply_to=enrolment.session.course.shown_contact_email,
    )


def _to_company(enrolment: Enrolment, kind: str, **more: str) -> None:
    """The contact has an e-mail too, unless it is the trainee."""
    address = enrolment.request.contact_email
    if address and address.lower() != enrolment.email_key:
        queue(
            kind,
            address,
            context(enrolment) | more,
            about=enrolment.request,
            reply_to=enrolment.session.course.shown_contact_email,
        )


def _url_of(catalogue: Any, name: str) -> str:
    page = getattr(catalogue, name, None)
    return (page.full_url or "") if page and page.live else ""


def _admin_url(enrolment: Enrolment) -> str:
    return settings.SITE_URL + admin_url(Enrolment, "inspect", enrolment.pk)


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
