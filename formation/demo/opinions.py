"""What people say of a session that has lived, before and after, and what they complain of."""

from datetime import datetime, timedelta

from django.utils import timezone

from formation.enums import SurveyKind
from formation.models import Complaint, ImprovementAction, Session, Survey
from formation.notice import complaint_notice
from formation.services import complaints, surveys

from . import lives
from .lives import Life
from .sessions import STAFF

#: After the end of the session.
ASKED_HOT, SAID_HOT, ASKED_COMPANY, SAID_COMPANY, REMINDED = (
    timedelta(days=days, hours=hours) for days, hours in ((0, 1), (1, 3), (7, 1), (9, 2), (12, 1))
)


def ask(session: Session, now: datetime) -> None:
    """Send what the clock would have sent for this session."""
    for one in list(surveys.due(now)):
        if one.session_id == session.pk:
            surveys.send_one(one, now)


def tell_needs(session: Session, life: Life, now: datetime) -> None:
    for survey in _asked(session, SurveyKind.NEEDS):
        said = life.needs.get(survey.enrolment.email if survey.enrolment else "")
        if said:
            surveys.answer(survey, said, now=now)


def gather(session: Session, life: Life) -> None:
    """The opinions of trainees, trainer and employers; who says nothing is reminded."""
    ends_at = session.ends_at
    if ends_at is None:
        return
    ask(session, ends_at + ASKED_HOT)
    for survey, said in zip(_asked(session, SurveyKind.HOT), life.hot, strict=False):
        surveys.answer(survey, said, now=ends_at + SAID_HOT, may_publish="comment" in said)
    for survey in _asked(session, SurveyKind.TRAINER):
        surveys.answer(survey, life.trainer, now=ends_at + SAID_HOT)
    ask(session, ends_at + ASKED_COMPANY)
    for survey, said in zip(_asked(session, SurveyKind.COMPANY), life.companies, strict=False):
        surveys.answer(survey, said, now=ends_at + SAID_COMPANY)
    surveys.remind_due(ends_at + REMINDED)


def complain(now: datetime) -> None:
    """Once: a complaint that staff has handled does not come back."""
    if Complaint.objects.exists():
        return
    version = complaint_notice().version
    for told in lives.COMPLAINTS:
        received_at = now - timedelta(days=told.days)
        arrival = complaints.Arrival(notice_version=version)
        session = _last_session(told.course, now)
        complaint = complaints.receive(told.said, received_at, session=session, arrival=arrival)
        if told.answer:
            _answer(complaint, told, received_at)


def _answer(complaint: Complaint, told: lives.Told, received_at: datetime) -> None:
    complaints.COMPLAINT_LIFECYCLE.apply(
        complaint, "acknowledge", by=STAFF, now=received_at + timedelta(days=1)
    )
    complaints.answer(
        complaint,
        told.answer,
        root_cause=told.cause,
        by=STAFF,
        now=received_at + timedelta(days=5),
    )
    day = timezone.localdate(received_at)
    title, description, responsible, result = told.action
    ImprovementAction.objects.create(
        title=title,
        description=description,
        complaint=complaint,
        session=complaint.session,
        responsible=responsible,
        due_on=day + timedelta(days=20),
        done_on=day + timedelta(days=14),
        result=result,
    )


def _last_session(course: str, now: datetime) -> Session | None:
    held = Session.objects.filter(course__code=course, ends_at__lt=now)
    return held.order_by("ends_at").last() if course else None


def _asked(session: Session, kind: SurveyKind) -> list[Survey]:
    sent = Survey.objects.filter(session=session, kind=kind)
    return list(sent.select_related("enrolment").order_by("pk"))
