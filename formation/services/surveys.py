"""Surveys: who is asked what and when, reminders, and answers.

Every rule of time is here. A survey is sent once per session, kind and respondent; whoever does
not answer is reminded twice, then left in peace. An answer may be corrected by the same link
until the questionnaire closes, and not after: the figures that are published stand.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from formation import emails
from formation.enums import ENROLLING, FIRM, HELD, BuyerType, EnrolmentState, SurveyKind
from formation.exceptions import AlreadyAnswered, NoMoreReminders, SurveyClosed
from formation.models import Attendance, Enrolment, EnrolmentRequest, Session, Survey, TimeSlot
from formation.models.survey import SurveyQuerySet
from formation.questionnaires import COMMENT, GENERAL, QUESTIONNAIRES
from site_enys.exceptions import Refused

from . import seats

State = EnrolmentState


@dataclass(frozen=True)
class Window:
    """When a questionnaire is open, counted from the end of the session."""

    opens: timedelta
    closes: timedelta


def _days(opens: int, closes: int) -> Window:
    return Window(timedelta(days=opens), timedelta(days=closes))


#: NEEDS is not here: it is open from the confirmation until the session begins. What is asked
#: « à froid » stays open for a month, so that it is answered two to three months afterwards.
WINDOWS: Mapping[str, Window] = {
    SurveyKind.HOT: _days(0, 30),
    SurveyKind.COLD: _days(60, 90),
    SurveyKind.COMPANY: _days(7, 60),
    SurveyKind.FUNDER: _days(0, 90),
    SurveyKind.TRAINER: _days(0, 30),
}
#: After the sending, whoever has not answered is reminded: twice, never more.
REMINDED_AFTER = (timedelta(days=4), timedelta(days=10))
#: A clock that was stopped for days does not send both reminders at once.
BETWEEN_REMINDERS = REMINDED_AFTER[1] - REMINDED_AFTER[0]
#: Who may still answer about a session: nobody who was absent, or left before.
MAY_ANSWER: Mapping[str, frozenset[str]] = {
    SurveyKind.NEEDS: frozenset({State.CONFIRMED}),
    SurveyKind.HOT: FIRM - {State.NO_SHOW},
    SurveyKind.COLD: FIRM - {State.NO_SHOW},
}


@dataclass(frozen=True)
class Due:
    """One questionnaire that is to be sent."""

    kind: SurveyKind
    session_id: int
    enrolment: Enrolment | None = None
    request: EnrolmentRequest | None = None
    trainer_id: int | None = None

    @property
    def respondent(self) -> str:
        """« enrolment:12 »: once per session and kind."""
        if self.enrolment:
            return f"enrolment:{self.enrolment.pk}"
        if self.request:
            return f"request:{self.request.pk}"
        return f"trainer:{self.trainer_id}"


# -- Who is due what ----------------------------------------------------------------------------


def due(now: datetime) -> Iterator[Due]:
    """What is to be sent at `now`; nothing is written."""
    for kind in (SurveyKind.NEEDS, SurveyKind.HOT, SurveyKind.COLD):
        for enrolment in _trainees(kind, now):
            yield Due(kind, enrolment.session_id, enrolment=enrolment)
    for request in _companies(now):
        yield Due(SurveyKind.COMPANY, request.session_id, request=request)
    for session_id, trainer_id in _trainers(now):
        yield Due(SurveyKind.TRAINER, session_id, trainer_id=trainer_id)


def came() -> QuerySet[Enrolment]:
    """The people who followed a session, wholly or in part.

    Before the session is closed, attendance tells; where none is written, everybody is supposed
    to have come.
    """
    taught = Attendance.objects.taught()
    there = Exists(taught.filter(enrolment=OuterRef("pk")))
    is_written = Exists(taught.filter(enrolment__session=OuterRef("session")))
    followed = Q(state__in=[State.ATTENDED, State.PARTLY_ATTENDED])
    expected = Q(state=State.CONFIRMED) & (there | ~is_written)
    return Enrolment.objects.filter(followed | expected)


def _trainees(kind: SurveyKind, now: datetime) -> QuerySet[Enrolment]:
    if kind == SurveyKind.NEEDS:
        people: QuerySet[Enrolment] = Enrolment.objects.filter(
            state=State.CONFIRMED, session__state__in=ENROLLING, session__starts_at__gt=now
        )
    else:
        people = came().filter(_open_now(kind, now))
    return people.exclude(Exists(_sent(kind).filter(enrolment=OuterRef("pk")))).order_by("pk")


def _companies(now: datetime) -> Iterator[EnrolmentRequest]:
    """The contacts of employers, each once for a session however many requests they sent.

    A contact who is the only trainee has the questionnaire of trainees already.
    """
    others = came().exclude(email_key=Lower(OuterRef("contact_email")))
    asked = _sent(SurveyKind.COMPANY).filter(
        session=OuterRef("session"), request__contact_email__iexact=OuterRef("contact_email")
    )
    requests = (
        EnrolmentRequest.objects.filter(
            _open_now(SurveyKind.COMPANY, now), buyer_type=BuyerType.COMPANY
        )
        .filter(Exists(others.filter(request=OuterRef("pk"))))
        .exclude(Exists(asked))
        .order_by("pk")
    )
    seen: set[tuple[int, str]] = set()
    for request in requests:
        contact = (request.session_id, request.contact_email.lower())
        if contact not in seen:
            seen.add(contact)
            yield request


def _trainers(now: datetime) -> QuerySet[TimeSlot, tuple[int, int]]:
    """The sessions and their trainers who can be written to."""
    asked = _sent(SurveyKind.TRAINER).filter(
        session=OuterRef("session"), trainer=OuterRef("trainer")
    )
    return (
        TimeSlot.objects.filter(_open_now(SurveyKind.TRAINER, now), trainer__isnull=False)
        .exclude(trainer__email="")
        .exclude(Exists(asked))
        .order_by("session_id", "trainer_id")
        .values_list("session_id", "trainer_id")
        .distinct()
    )


def _open_now(kind: str, now: datetime) -> Q:
    window = WINDOWS[kind]
    return Q(
        session__state__in=HELD,
        session__ends_at__lte=now - window.opens,
        session__ends_at__gt=now - window.closes,
    )


def _sent(kind: str) -> SurveyQuerySet:
    return Survey.objects.filter(kind=kind)


# -- Sending ------------------------------------------------------------------------------------


def send_due(now: datetime) -> int:
    """Send what is due, each in a transaction of its own; return how many left."""
    return sum(_send(one, now) for one in list(due(now)))


@transaction.atomic
def _send(one: Due, now: datetime) -> bool:
    seats.lock(one.session_id)
    if one.enrolment and not _trainees(one.kind, now).filter(pk=one.enrolment.pk).exists():
        return False  # left, or was served, in the meantime
    survey, created = Survey.objects.get_or_create(
        kind=one.kind,
        session_id=one.session_id,
        respondent=one.respondent,
        defaults={
            "enrolment": one.enrolment,
            "request": one.request,
            "trainer_id": one.trainer_id,
            "sent_at": now,
        },
    )
    if created:
        emails.survey(survey, closes_at(survey))
    return created


@transaction.atomic
def ask_funder(request: EnrolmentRequest, address: str, *, now: datetime) -> Survey:
    """Write to who paid for this request, at the address that staff gives.

    Another address, as long as nobody has answered, closes the first link. Raises SurveyClosed
    outside the weeks when the question makes sense, AlreadyAnswered afterwards.
    """
    seats.lock(request.session_id)
    if refusal := funder_refusal(request, now):
        raise refusal
    survey = _of_funder(request)
    if survey.pk:
        survey.link_nonce, survey.reminders, survey.reminded_at = uuid.uuid4(), 0, None
    survey.email, survey.sent_at = address, now
    survey.save()
    emails.survey(survey, closes_at(survey))
    return survey


def funder_refusal(request: EnrolmentRequest, now: datetime) -> Refused | None:
    """Why the funder of this request cannot be asked at `now`."""
    survey = _of_funder(request)
    if survey.answered_at:
        return AlreadyAnswered()
    if not _opened(survey, now):
        return SurveyClosed(
            "Le financeur est interrogé après la session, et dans les trois mois qui la suivent."
        )
    return None


def fundable(session: Session, now: datetime) -> QuerySet[EnrolmentRequest]:
    """The requests of employers whose funder may be written to at `now`."""
    answered = _sent(SurveyKind.FUNDER).answered().filter(request=OuterRef("pk"))
    requests = EnrolmentRequest.objects.filter(session=session, buyer_type=BuyerType.COMPANY)
    if not _opened(Survey(kind=SurveyKind.FUNDER, session=session), now):
        return requests.none()
    return requests.exclude(Exists(answered)).order_by("pk")


def _of_funder(request: EnrolmentRequest) -> Survey:
    """The funder's questionnaire, not saved yet when nobody was asked."""
    own = {"kind": SurveyKind.FUNDER, "respondent": f"request:{request.pk}"}
    found = Survey.objects.filter(session=request.session_id, **own).first()
    return found or Survey(session=request.session, request=request, **own)


# -- Reminders ----------------------------------------------------------------------------------


def remind_due(now: datetime) -> int:
    """Remind those who have not answered, when the day has come; return how many."""
    silent = Survey.objects.filter(
        answered_at=None,
        anonymised_at=None,
        reminders__lt=len(REMINDED_AFTER),
        sent_at__lte=now - REMINDED_AFTER[0],
    ).select_related("session", "enrolment", "request", "trainer")
    ready = [survey for survey in silent if reminder_is_due(survey, now) and is_open(survey, now)]
    return sum(_remind(survey, now) for survey in ready)


def reminder_is_due(survey: Survey, now: datetime) -> bool:
    """Whether the next reminder of an unanswered survey may leave at `now`."""
    if survey.answered_at or survey.reminders >= len(REMINDED_AFTER):
        return False
    rested = survey.reminded_at is None or now >= survey.reminded_at + BETWEEN_REMINDERS
    return rested and now >= survey.sent_at + REMINDED_AFTER[survey.reminders]


def remind(survey: Survey, *, now: datetime) -> None:
    """Remind at once, because staff asks; it counts among the two.

    Raises AlreadyAnswered, SurveyClosed or NoMoreReminders.
    """
    if refusal := reminder_refusal(survey, now):
        raise refusal
    if not _remind(survey, now):
        raise AlreadyAnswered


def reminder_refusal(survey: Survey, now: datetime) -> Refused | None:
    """Why staff cannot remind this respondent."""
    if survey.answered_at:
        return AlreadyAnswered()
    if not is_open(survey, now):
        return SurveyClosed("Ce questionnaire est clos, ou la personne n’a plus à y répondre.")
    return NoMoreReminders() if survey.reminders >= len(REMINDED_AFTER) else None


@transaction.atomic
def _remind(survey: Survey, now: datetime) -> bool:
    """Once, whoever else is doing the same."""
    unmoved = Survey.objects.filter(pk=survey.pk, reminders=survey.reminders, answered_at=None)
    if not unmoved.update(reminders=F("reminders") + 1, reminded_at=now):
        return False
    survey.refresh_from_db()
    emails.survey_reminder(survey, closes_at(survey))
    return True


# -- Answers ------------------------------------------------------------------------------------


def closes_at(survey: Survey) -> datetime:
    """The instant from which the questionnaire takes no answer."""
    session = survey.session
    if survey.kind == SurveyKind.NEEDS:
        return session.starts_at or survey.sent_at
    return (session.ends_at or survey.sent_at) + WINDOWS[survey.kind].closes


def is_open(survey: Survey, now: datetime) -> bool:
    """Whether the respondent may answer, or correct what was answered, at `now`."""
    enrolment = survey.enrolment
    allowed = MAY_ANSWER.get(survey.kind)
    if survey.anonymised_at or (enrolment and allowed and enrolment.state not in allowed):
        return False
    return _opened(survey, now)


def _opened(survey: Survey, now: datetime) -> bool:
    session = survey.session
    if session.state not in HELD or session.ends_at is None or now >= closes_at(survey):
        return False
    window = WINDOWS.get(survey.kind)
    return window is None or now >= session.ends_at + window.opens


@transaction.atomic
def answer(
    survey: Survey, answers: Mapping[str, int | str], *, now: datetime, may_publish: bool = False
) -> Survey:
    """Keep the answers, or their correction; `answered_at` stays that of the first ones.

    `answers` are validated, by the keys of the questionnaire. Raises SurveyClosed.
    """
    locked: Any = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if not is_open(locked, now):
        raise SurveyClosed
    asked = QUESTIONNAIRES[locked.kind]
    locked.answers = {
        question.key: answers[question.key]
        for question in asked.questions
        if question.key != COMMENT and answers.get(question.key) not in (None, "")
    }
    locked.rating = answers.get(GENERAL)
    locked.comment = str(answers.get(COMMENT) or "")
    locked.may_publish = bool(may_publish and asked.asks_to_quote and locked.comment)
    locked.answered_at = locked.answered_at or now
    locked.save()
    return locked
