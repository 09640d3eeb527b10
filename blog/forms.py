from django import forms

from blog.enums import ReportReason
from blog.notice import comment_notice, report_notice
from blog.services.moderation import LIFECYCLE
from rgpd.informed_form import InformedForm
from site_enys.public_forms import PublicForm


class CommentForm(InformedForm):
    """« Laisser une réponse » : a name, a text, and an address only for who wants to be told."""

    purpose = "commentaire"
    make_notice = staticmethod(comment_notice)

    name = forms.CharField(
        label="Votre nom",
        max_length=80,
        help_text="Il paraîtra avec votre commentaire\u202f; un prénom ou un pseudonyme suffit.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        required=False,
        help_text=(
            "Pour être prévenu·e de la publication\u202f; elle n’est jamais montrée, "
            "et le blog l’oublie aussitôt après, au plus tard au bout de trente jours."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(
        label="Votre commentaire",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ReportForm(InformedForm):
    """« Signaler » a published comment."""

    purpose = "signalement"
    make_notice = staticmethod(report_notice)

    reason = forms.ChoiceField(
        label="Ce qui ne va pas",
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites-nous ce qui ne va pas dans ce commentaire."},
    )
    detail = forms.CharField(
        label="Précisions",
        max_length=500,
        required=False,
        help_text="Si le motif ne suffit pas à comprendre\u202f; 500 signes au plus.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        required=False,
        help_text=(
            "Pour savoir ce que nous aurons décidé\u202f; elle ne sert qu’à cela, "
            "et nous l’effaçons du blog aussitôt après."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class DecisionForm(PublicForm):
    """What a button of a moderation page sends; `LIFECYCLE` says whether it is possible."""

    purpose = "moderation"
    #: A team decides as often as it must.
    counted = False

    decision = forms.ChoiceField(
        choices=[(row.name, row.label) for row in LIFECYCLE.transitions],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choisissez l’un des boutons ci-dessous."
        ),
    )
