"""Answers: given once, and corrected by the same link until the questionnaire closes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from formation.exceptions import SurveyClosed
from formation.models import Survey
from formation.questionnaires import COMMENT, GENERAL, QUESTIONNAIRES

from .windows import is_open


@transaction.atomic
def answer(
    survey: Survey,
    answers: Mapping[str, int | str],
    *,
    now: datetime,
    may_publish: bool = False,
    shown: Mapping[str, Any] | None = None,
) -> Survey:
    """Keep the answers, or their correction; `answered_at` stays that of the first ones.

    `answers` are validated, by the keys of the questionnaire; `shown` are the columns of
    `InformedForm.shown`. Raises SurveyClosed.
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
    for name, value in (shown or {}).items():
        setattr(locked, name, value)
    locked.save()
    return locked
