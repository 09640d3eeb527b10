"""What surveys say: the published indicators, and the results that the team and trainers read.

The answers of trainees are shown as those of a group: marks, and texts in an order that tells
nothing of who wrote them or when.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet

from formation.enums import SurveyKind
from formation.models import CoursePage, Session, Survey
from formation.models.results import COUNTED_OVER, Results, results_by_course, results_of, share
from formation.questionnaires import COMMENT, QUESTIONNAIRES, Question, QuestionKind
from site_enys.french import fold

__all__ = [
    "KindResults",
    "Results",
    "course_results",
    "results_by_course",
    "results_of",
    "session_needs",
    "session_results",
]


@dataclass(frozen=True)
class ScaleResult:
    """How a question from 1 to 4 was answered: how many of each mark."""

    label: str
    words: tuple[str, ...]
    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def average(self) -> Decimal | None:
        """From 1 to 4, to one decimal."""
        total = sum(mark * number for mark, number in enumerate(self.counts, start=1))
        if not self.answers:
            return None
        return (Decimal(total) / self.answers).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class ChoiceResult:
    """How many chose each answer."""

    label: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class TextResult:
    """What was written under a question, by nobody in particular."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class KindResults:
    """The results of one questionnaire."""

    kind: SurveyKind
    sent: int
    answered: int
    scales: tuple[ScaleResult, ...]
    choices: tuple[ChoiceResult, ...]
    texts: tuple[TextResult, ...]

    @property
    def response_rate(self) -> Decimal | None:
        """In percent, to one decimal."""
        return share(self.answered, self.sent)


@dataclass(frozen=True)
class Needs:
    """What one person expects of the course, question by question."""

    survey: Survey
    lines: tuple[tuple[str, str], ...]


def session_results(session: Session) -> list[KindResults]:
    """The results of each questionnaire that was sent for the session, without any name."""
    return _results(Survey.objects.filter(session=session))


def course_results(course: CoursePage, now: datetime) -> list[KindResults]:
    """The same over the sessions whose answers are counted in the published rate."""
    return _results(
        Survey.objects.filter(
            session__course=course.pk, session__ends_at__gt=now - COUNTED_OVER, sent_at__lte=now
        )
    )


def session_needs(session: Session) -> list[Needs]:
    """What each trainee has said before the session: the trainer prepares with it (ind. 4, 8)."""
    rows = Survey.objects.answered().filter(session=session, kind=SurveyKind.NEEDS)
    rows = rows.filter(anonymised_at=None).select_related("enrolment", "request", "trainer")
    needs = [Needs(survey, survey.told) for survey in rows]
    return sorted(needs, key=lambda one: fold(one.survey.respondent_name))


def _results(surveys: QuerySet[Survey]) -> list[KindResults]:
    rows = list(surveys.order_by("pk"))
    kinds = [kind for kind in SurveyKind if any(row.kind == kind for row in rows)]
    return [_of_kind(kind, [row for row in rows if row.kind == kind]) for kind in kinds]


def _of_kind(kind: SurveyKind, rows: Sequence[Survey]) -> KindResults:
    answered = [row for row in rows if row.answered_at]
    questions = QUESTIONNAIRES[kind].questions
    of_type = {
        wanted: [question for question in questions if question.kind in wanted]
        for wanted in (_SCALES, _CHOICES, _TEXTS)
    }
    return KindResults(
        kind=kind,
        sent=len(rows),
        answered=len(answered),
        scales=tuple(_scale(question, answered) for question in of_type[_SCALES]),
        choices=tuple(_choice(question, answered) for question in of_type[_CHOICES]),
        texts=tuple(_text(question, answered) for question in of_type[_TEXTS]),
    )


_SCALES = frozenset({QuestionKind.SCALE})
_CHOICES = frozenset({QuestionKind.CHOICE})
_TEXTS = frozenset({QuestionKind.SHORT, QuestionKind.LONG})


def _scale(question: Question, rows: Iterable[Survey]) -> ScaleResult:
    found = Counter(row.answers.get(question.key) for row in rows)
    counts = tuple(found[mark] for mark in range(1, len(question.words) + 1))
    return ScaleResult(question.label, question.words, counts)


def _choice(question: Question, rows: Iterable[Survey]) -> ChoiceResult:
    found = Counter(row.answers.get(question.key) for row in rows)
    return ChoiceResult(
        question.label, tuple((label, found[value]) for value, label in question.choices)
    )


def _text(question: Question, rows: Iterable[Survey]) -> TextResult:
    comment = question.key == COMMENT
    said = (row.comment if comment else row.answers.get(question.key, "") for row in rows)
    return TextResult(question.label, tuple(sorted(filter(None, said), key=fold)))
