"""What waits for the training team today."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from formation.enums import (
    ENROLLING,
    FIRM,
    AgreementState,
    ComplaintState,
    EnrolmentState,
    SessionState,
    TailoredState,
)
from formation.models import (
    Agreement,
    Complaint,
    Enrolment,
    ImprovementAction,
    Session,
    TailoredRequest,
)
from formation.services import after_session, agreements, board, complaints, upkeep
from formation.services.matrix import without_countersignature
from formation.services.timed import CONVOKED_BEFORE
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


@register_todo("formation.view_agreement")
def agreements_to_send(request: HttpRequest, now: datetime) -> Todo | None:
    demands = agreements.to_send()
    oldest = Enrolment.objects.filter(
        request__in=demands, state=EnrolmentState.PENDING_AGREEMENT
    ).order_by("state_changed_at")
    first = oldest.first()
    return Todo(
        count=demands.count(),
        singular="convention ou contrat à envoyer",
        plural="conventions ou contrats à envoyer",
        url=reverse("formation_agreements_to_send"),
        since=first.state_changed_at if first else None,
    )


@register_todo("formation.view_agreement")
def agreements_without_signature(request: HttpRequest, now: datetime) -> Todo | None:
    return Todo.of(
        agreements.unsigned_since(now - agreements.REMINDERS[-1]),
        "sent_at",
        singular="convention ou contrat sans signature depuis plus de sept jours",
        plural="conventions ou contrats sans signature depuis plus de sept jours",
        url=admin_url(Agreement, "list") + f"?state={AgreementState.SENT}",
    )


@register_todo("formation.view_enrolment")
def people_to_call(request: HttpRequest, now: datetime) -> Todo | None:
    people = upkeep.people_to_call(now)
    return Todo(
        count=people.count(),
        singular="personne à contacter pour un aménagement",
        plural="personnes à contacter pour un aménagement",
        url=reverse("formation_calls"),
    )


@register_todo("formation.view_session")
def sessions_not_kept_yet(request: HttpRequest, now: datetime) -> Todo | None:
    """No convocation leaves before the session is kept."""
    sessions = Session.objects.filter(
        state=SessionState.PUBLISHED,
        starts_at__gt=now,
        starts_at__lte=now + CONVOKED_BEFORE,
        seats_taken__gt=0,
    )
    return Todo(
        count=sessions.count(),
        singular="session à moins de dix jours, pas encore maintenue",
        plural="sessions à moins de dix jours, pas encore maintenues",
        url=admin_url(Session, "list") + f"?state={SessionState.PUBLISHED}",
        urgent=True,
    )


@register_todo("formation.view_enrolment")
def seats_for_the_waiting_list(request: HttpRequest, now: datetime) -> Todo | None:
    sessions = Session.objects.with_seats_for_the_waiting_list(now)
    return Todo(
        count=sessions.count(),
        singular="session où une place libre attend quelqu’un",
        plural="sessions où des places libres attendent quelqu’un",
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


@register_todo("formation.view_issueddocument")
def documents_that_lack_something(request: HttpRequest, now: datetime) -> Todo | None:
    """Convocations that left without their document, and people taught who still have none."""
    people = after_session.without_documents(now)
    first = people.first()
    if first is None:
        return None
    return Todo(
        count=people.count(),
        singular="personne attend un document auquel il manque quelque chose",
        plural="personnes attendent un document auquel il manque quelque chose",
        url=reverse("formation_session_documents", args=[first.session_id]),
    )


@register_todo("formation.view_attendancesheet")
def half_days_to_countersign(request: HttpRequest, now: datetime) -> Todo | None:
    slots = list(without_countersignature(now))
    return Todo(
        count=len(slots),
        singular="demi-journée passée sans contreseing",
        plural="demi-journées passées sans contreseing",
        url=reverse("formation_attendance_late"),
        since=slots[0].ends_at if slots else None,
    )


@register_todo("formation.view_session")
def sessions_to_close(request: HttpRequest, now: datetime) -> Todo | None:
    """Certificates and attestations only leave once the session is closed."""
    over = Session.objects.filter(
        state__in=ENROLLING, ends_at__lte=now, enrolments__state__in=FIRM
    ).distinct()
    first = over.order_by("ends_at", "pk").first()
    if first is None:
        return None
    return Todo(
        count=over.count(),
        singular="session finie à marquer terminée",
        plural="sessions finies à marquer terminées",
        url=admin_url(Session, "inspect", first.pk),
        since=first.ends_at,
    )


@register_todo("formation.view_attendancesheet")
def sheets_that_lack_something(request: HttpRequest, now: datetime) -> Todo | None:
    """Countersigned half-days whose sheet could not be delivered: no content, or no trainer."""
    sheets = after_session.sheets_without_document(now)
    first = sheets.first()
    if first is None:
        return None
    return Todo(
        count=sheets.count(),
        singular="feuille contresignée à laquelle il manque quelque chose",
        plural="feuilles contresignées auxquelles il manque quelque chose",
        url=reverse("formation_session_documents", args=[first.slot.session_id]),
        since=first.countersigned_at,
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


@register_todo("formation.view_complaint")
def complaints_to_answer(request: HttpRequest, now: datetime) -> Todo | None:
    return Todo.of(
        complaints.unanswered(),
        "received_at",
        singular="réclamation sans réponse",
        plural="réclamations sans réponse",
        url=admin_url(Complaint, "list"),
    )


@register_todo("formation.view_complaint")
def late_complaints(request: HttpRequest, now: datetime) -> Todo | None:
    return Todo(
        count=len(complaints.late(now)),
        singular=f"réclamation sans réponse depuis plus de {complaints.ANSWERED_WITHIN} jours",
        plural=f"réclamations sans réponse depuis plus de {complaints.ANSWERED_WITHIN} jours",
        url=admin_url(Complaint, "list"),
        urgent=True,
    )


@register_todo("formation.view_complaint")
def suspect_complaints(request: HttpRequest, now: datetime) -> Todo | None:
    return _waiting(
        Complaint.objects.filter(state=ComplaintState.SET_ASIDE).order_by("state_changed_at"),
        ComplaintState.SET_ASIDE,
        "réclamation mise de côté à vérifier (robot\u202f?)",
        "réclamations mises de côté à vérifier (robots\u202f?)",
    )


@register_todo("formation.view_improvementaction")
def late_improvement_actions(request: HttpRequest, now: datetime) -> Todo | None:
    return Todo(
        count=complaints.late_actions(now).count(),
        singular="action d’amélioration dont l’échéance est passée",
        plural="actions d’amélioration dont l’échéance est passée",
        url=admin_url(ImprovementAction, "list"),
    )


def _tailored(state: TailoredState, singular: str, plural: str) -> Todo | None:
    return _waiting(TailoredRequest.objects.in_state(state), state, singular, plural)


def _by_state(state: EnrolmentState, singular: str, plural: str) -> Todo | None:
    rows = Enrolment.objects.filter(state=state).order_by("state_changed_at")
    return _waiting(rows, state, singular, plural)


def _waiting(rows: QuerySet[Any], state: str, singular: str, plural: str) -> Todo | None:
    """The records in this state, the oldest first."""
    return Todo.of(
        rows,
        "state_changed_at",
        singular=singular,
        plural=plural,
        url=admin_url(rows.model, "list") + f"?state={state}",
    )
