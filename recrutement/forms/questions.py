"""The questions of an offer's own, as fields of its form."""

from collections.abc import Iterable

from django import forms

from recrutement.enums import QuestionKind
from recrutement.models import OfferQuestion

YES_NO = [("Oui", "Oui"), ("Non", "Non")]
NO_ANSWER = ("", "Je préfère ne pas répondre")
CHOOSE = ("", "Choisissez une réponse")
LONGEST_SHORT = 200
LONGEST_LONG = 3000
NOT_OFFERED = {"invalid_choice": "Choisissez l’une des réponses proposées."}


def field_name(question: OfferQuestion) -> str:
    return f"question_{question.pk}"


def question_field(question: OfferQuestion) -> forms.Field:
    """The field that asks it; a choice among nothing is asked as a short answer."""
    if question.kind == QuestionKind.YES_NO:
        return _choice(question, YES_NO, forms.RadioSelect())
    if question.kind == QuestionKind.CHOICE and question.listed_choices:
        choices = [(choice, choice) for choice in question.listed_choices]
        return _choice(question, choices, forms.Select())
    is_long = question.kind == QuestionKind.LONG
    return forms.CharField(
        label=question.label,
        required=question.required,
        max_length=LONGEST_LONG if is_long else LONGEST_SHORT,
        widget=forms.Textarea({"rows": 5}) if is_long else forms.TextInput(),
    )


def question_fields(questions: Iterable[OfferQuestion]) -> dict[str, forms.Field]:
    return {field_name(question): question_field(question) for question in questions}


def _choice(
    question: OfferQuestion, choices: list[tuple[str, str]], widget: forms.Widget
) -> forms.ChoiceField:
    if not question.required:
        choices = [NO_ANSWER, *choices]
    elif isinstance(widget, forms.Select):
        choices = [CHOOSE, *choices]
    return forms.ChoiceField(
        label=question.label,
        required=question.required,
        choices=choices,
        widget=widget,
        error_messages=NOT_OFFERED,
    )
