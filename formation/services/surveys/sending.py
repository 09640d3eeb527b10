"""Who is asked what, and the sending: once per session, questionnaire and respondent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from formation import emails
from formation.enums import ENROLLING, BuyerType, EnrolmentState, SurveyKind
from formation.models import Attendance, Enrolment, EnrolmentRequest, Survey, TimeSlot
from formation.models.survey import SurveyQuerySet
from formation.services import seats

from .windows import closes_at, open_now

State = EnrolmentState


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
        people = came().filter(open_now(kind, now))
    return people.exclude(Exists(sent_of(kind).filter(enrolment=OuterRef("pk")))).order_by("pk")


def _companies(now: datetime) -> Iterator[EnrolmentRequest]:
    """The contacts of employers, each once for a session however many requests they sent.

    A contact who is the only trainee has the questionnaire of trainees already.
    """
    others = came().exclude(email_key=Lower(OuterRef("contact_email")))
    asked = sent_of(SurveyKind.COMPANY).filter(
        session=OuterRef("session"), request__contact_email__iexact=OuterRef("contact_email")
    )
    requests = (
        EnrolmentRequest.objects.filter(
            open_now(SurveyKind.COMPANY, now), buyer_type=BuyerType.COMPANY
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
    asked = sent_of(SurveyKind.TRAINER).filter(
        session=OuterRef("session"), trainer=OuterRef("trainer")
    )
    return (
        TimeSlot.objects.filter(open_now(SurveyKind.TRAINER, now), trainer__isnull=False)
        .exclude(trainer__email="")
        .exclude(Exists(asked))
        .order_by("session_id", "trainer_id")
        .values_list("session_id", "trainer_id")
        .distinct()
    )


def sent_of(kind: str) -> SurveyQuerySet:
    return Survey.objects.filter(kind=kind)


def send_due(now: datetime) -> int:
    """Send what is due, each in a transaction of its own; return how many left."""
    return sum(send_one(one, now) for one in list(due(now)))


@transaction.atomic
def send_one(one: Due, now: datetime) -> bool:
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
