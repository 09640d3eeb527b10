"""A questionnaire as a form: groups of radio buttons with words, and fields to write in."""

from collections.abc import Callable
from typing import Any

from django import forms

from formation.notice import survey_notice
from formation.questionnaires import (
    LONGEST_LONG,
    LONGEST_SHORT,
    Question,
    QuestionKind,
    Questionnaire,
)
from rgpd.informed_form import InformedForm
from rgpd.notices import Notice

QUOTE = "may_publish"


class SurveyForm(InformedForm):
    """The questions of one questionnaire, with what was answered before."""

    purpose = "evaluation"

    def __init__(self, *args: Any, asked: Questionnaire, **kwargs: Any) -> None:
        self.asked = asked
        super().__init__(*args, **kwargs)

    def make_notice(self) -> Notice:
        return survey_notice(self.asked.privacy)

    def add_fields(self) -> None:
        for question in self.asked.questions:
            self.fields[question.key] = field_of(question)
        if self.asked.asks_to_quote:
            self.fields[QUOTE] = forms.BooleanField(
                label="Vous pouvez citer mon commentaire, sans mon nom", required=False
            )

    def answers(self) -> dict[str, int | str]:
        return {question.key: self.cleaned_data[question.key] for question in self.asked.questions}

    @property
    def may_publish(self) -> bool:
        return bool(self.cleaned_data.get(QUOTE))


def field_of(question: Question) -> forms.Field:
    """The field of one question."""
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": question.required,
    }
    if question.kind is QuestionKind.SCALE:
        return _radio(common, list(enumerate(question.words, start=1)), int)
    if question.kind is QuestionKind.CHOICE:
        return _radio(common, list(question.choices), str)
    is_long = question.kind is QuestionKind.LONG
    return forms.CharField(
        **common,
        max_length=LONGEST_LONG if is_long else LONGEST_SHORT,
        widget=forms.Textarea(attrs={"rows": 4}) if is_long else forms.TextInput(),
        error_messages={"required": "Écrivez quelques mots."},
    )


def _radio(
    common: dict[str, Any], choices: list[Any], coerce: Callable[[Any], Any]
) -> forms.TypedChoiceField:
    said = "Choisissez une des réponses."
    return forms.TypedChoiceField(
        **common,
        choices=choices,
        coerce=coerce,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": said, "invalid_choice": said},
    )
