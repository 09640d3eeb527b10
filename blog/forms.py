from django import forms

from site_enys.public_forms import PublicForm


class CommentForm(PublicForm):
    """« Laisser une réponse » : a name, a text, and an address only for who wants to be told."""

    purpose = "commentaire"

    name = forms.CharField(
        label="Votre nom",
        max_length=80,
        help_text="Il paraîtra avec votre commentaire ; un prénom ou un pseudonyme suffit.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        required=False,
        help_text=(
            "Pour être prévenu·e de la publication ; elle n’est jamais montrée, "
            "et nous l’effaçons aussitôt après."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(
        label="Votre commentaire",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
