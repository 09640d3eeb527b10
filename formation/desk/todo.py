"""What waits for the training team today."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from formation.enums import EnrolmentState, TailoredState
from formation.models import Enrolment, Session, TailoredRequest
from formation.services import board
from site_enys.admin import Todo, admin_url, register_todo


@register_todo("formation.view_enrolment")
def requests_to_accept(request: HttpRequest, now: datetime) -> Todo | None:
    return _by_state(
        EnrolmentState.REQUESTED,
        "demande d’inscription à étudier",
        "demandes d’inscription à étudier",
    )


@register_todo("formation.view_enrolment")
def suspect_requests(request: HttpRequest, now: datetime) -> Todo | None:
    return _by_state(
        EnrolmentState.SET_ASIDE,
        "demande mise de côté à vérifier (robot\u202f?)",
        "demandes mises de côté à vérifier (robots\u202f?)",
    )


@register_todo("formation.view_enrolment")
def seats_for_the_waiting_list(request: HttpRequest, now: datetime) -> Todo | None:
    sessions = Session.objects.with_seats_for_the_waiting_list(now)
    return Todo(
        count=sessions.count(),
        singular="session où une place libre attend la liste d’attente",
        plural="sessions où des places libres attendent la liste d’attente",
        url=admin_url(Enrolment, "list") + f"?state={EnrolmentState.WAITLISTED}",
        urgent=True,
    )


@register_todo("formation.view_session")
def sessions_under_their_minimum(request: HttpRequest, now: datetime) -> Todo | None:
    sessions = board.under_their_minimum(now)
    return Todo(
        count=len(sessions),
        singular="session sous son effectif minimal, à maintenir ou non",
        plural="sessions sous leur effectif minimal, à maintenir ou non",
        url=reverse("formation_board"),
        urgent=any(board.decision_day(session) <= timezone.localdate(now) for session in sessions),
    )


@register_todo("formation.view_tailoredrequest")
def tailored_requests_to_answer(request: HttpRequest, now: datetime) -> Todo | None:
    return _tailored(
        TailoredState.RECEIVED,
        "demande de formation sur mesure à prendre en charge",
        "demandes de formation sur mesure à prendre en charge",
    )


@register_todo("formation.view_tailoredrequest")
def suspect_tailored_requests(request: HttpRequest, now: datetime) -> Todo | None:
    return _tailored(
        TailoredState.SET_ASIDE,
        "demande sur mesure mise de côté à vérifier (robot\u202f?)",
        "demandes sur mesure mises de côté à vérifier (robots\u202f?)",
    )


def _tailored(state: TailoredState, singular: str, plural: str) -> Todo | None:
    rows = TailoredRequest.objects.in_state(state)
    first = rows.first()
    if first is None:
        return None
    return Todo(
        count=rows.count(),
        singular=singular,
        plural=plural,
        url=admin_url(TailoredRequest, "list") + f"?state={state}",
        since=first.state_changed_at,
    )


def _by_state(state: EnrolmentState, singular: str, plural: str) -> Todo | None:
    rows = Enrolment.objects.filter(state=state).order_by("state_changed_at")
    first = rows.first()
    if first is None:
        return None
    return Todo(
        count=rows.count(),
        singular=singular,
        plural=plural,
        url=admin_url(Enrolment, "list") + f"?state={state}",
        since=first.state_changed_at,
    )
