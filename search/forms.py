from django import forms

from .models import Kind


class SuggestionForm(forms.Form):
    """The beginning of a search, while it is typed."""

    LONGEST = 200

    q = forms.CharField(
        label="Rechercher sur le site",
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": "Cette recherche est trop longue\u00a0: quelques mots suffisent.",
            "null_characters_not_allowed": "Cette recherche contient des caractères invisibles.",
        },
    )


class SearchForm(SuggestionForm):
    """What may stand in the address of a search."""

    nature = forms.TypedChoiceField(
        label="Nature",
        required=False,
        choices=Kind,
        coerce=Kind,
        empty_value=None,
        error_messages={
            "invalid_choice": (
                "Cette nature de résultats n’existe pas\u00a0: tous les résultats sont montrés."
            )
        },
    )
    exact = forms.BooleanField(label="Sans autre mot que les miens", required=False)
    page = forms.IntegerField(label="page", required=False, min_value=1, max_value=100_000)
