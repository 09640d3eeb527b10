from django import forms


class SearchForm(forms.Form):
    """What may stand in the address of a search."""

    LONGEST = 200

    q = forms.CharField(
        label="Rechercher sur le site",
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": "Cette recherche est trop longue : quelques mots suffisent.",
            "null_characters_not_allowed": "Cette recherche contient des caractères invisibles.",
        },
    )
    page = forms.IntegerField(label="page", required=False, min_value=1, max_value=100_000)
