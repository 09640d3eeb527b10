"""What a trainer may read of the questionnaires of a session."""

from dataclasses import dataclass
from datetime import datetime
from statistics import mean

from django.db import transaction

from formation.enums import FIRM, Assessment, SurveyKind
from formation.exceptions import HalfDayToCome
from formation.models import Enrolment, Session, Survey
from site_enys.states import Actor

from . import seats
from .attendance import OPENS_BEFORE, expected
from .lifecycle import ENROLMENT_LIFECYCLE


@dataclass(frozen=True)
class Answers:
    """What one person has answered, question by question, and what she added."""

    name: str
    lines: list[tuple[str, str]]
    comment: str


@dataclass(frozen=True)
class Marks:
    """What the answers to the hot questionnaire say together; nobody is named."""

    number: int
    average: str
    comments: list[str]


def needs_of(session: Session) -> list[Answers]:
    """The needs that people have written before the session, to prepare it."""
    answered = Survey.objects.answered().filter(
        session=session, kind=SurveyKind.NEEDS, enrolment__state__in=FIRM
    )
    return [
        Answers(
            survey.enrolment.full_name if survey.enrolment else "",
            [
                (question.replace("_", " ").capitalize(), _said(answer))
                for question, answer in survey.answers.items()
                if answer not in ("", None, [])
            ],
            survey.comment,
        )
        for survey in answered.select_related("enrolment").order_by("enrolment__last_name", "pk")
    ]


def marks_of(session: Session) -> Marks:
    """Marks and comments of the hot questionnaire, in an order that says nothing of who wrote."""
    rows = Survey.objects.answered().filter(session=session, kind=SurveyKind.HOT)
    rated = list(rows.order_by("public_id").values_list("rating", "comment"))
    ratings = [rating for rating, _ in rated if rating]
    average = f"{mean(ratings):.1f}".replace(".", ",") if ratings else ""
    return Marks(len(rated), average, [comment for _, comment in rated if comment.strip()])


def may_assess_from(session: Session) -> datetime | None:
    """The last quarter of an hour: what was learnt is judged at the end."""
    return session.ends_at - OPENS_BEFORE if session.ends_at else None


@transaction.atomic
def assess(session: Session, found: dict[int, str], *, by: Actor, now: datetime) -> int:
    """Write what the trainer has found of the objectives, by the key of the enrolment.

    Returns how many have changed; each change is an event of the enrolment (indicator 11). Raises
    HalfDayToCome before the last quarter of an hour of the session.
    """
    seats.lock(session.pk)
    begins = may_assess_from(session)
    if begins is None or now < begins:
        raise HalfDayToCome
    done = 0
    for enrolment in expected(session):
        assessment = found.get(enrolment.pk)
        if assessment is None or assessment == enrolment.assessment:
            continue
        Enrolment.objects.filter(pk=enrolment.pk).update(assessment=assessment)
        label = Assessment(assessment).label if assessment else "non évalué"
        ENROLMENT_LIFECYCLE.record(
            enrolment, enrolment.state, name="assess", by=by, now=now, reason=f"Acquis : {label}."
        )
        done += 1
    return done


def _said(answer: object) -> str:
    return ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer)
