"""« Répondre » : the team answers a reader, under a name that she chooses, with a visible mark."""

from typing import Any

from django import forms
from django.http import HttpRequest

from blog.models import Author, Comment
from blog.services.comments import answer_as_team
from site_enys.admin import DeskForm, Screen
from site_enys.exceptions import Refused

TEAM = "L’équipe"


class AnswerForm(DeskForm):
    name = forms.ChoiceField(label="Signer")
    text = forms.CharField(
        label="Votre réponse",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=(
            "Elle paraît aussitôt sous le commentaire, avec la mention «\u00a0l’équipe\u202f»."
        ),
    )

    def __init__(self, *args: Any, own_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authors = Author.objects.values_list("name", flat=True)
        names = dict.fromkeys(name[:80] for name in (own_name, *authors, TEAM) if name)
        self.fields["name"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]


class AnswerScreen(Screen):
    model = Comment
    permission = "blog.change_comment"
    template_name = "blog/admin/answer.html"
    title = "Répondre"
    button = "Publier la réponse"
    header_icon = "comment"
    takes_reason = False

    def make_form(self, data: Any = None, files: Any = None) -> AnswerForm:
        user: Any = self.request.user  # who has the permission has an account
        return AnswerForm(data, own_name=user.get_full_name())

    def obstacle(self) -> Refused | None:
        return refusal_to_answer(self.record)

    def run(self, form: AnswerForm, reason: str) -> str:
        del reason
        answer_as_team(self.record, **form.cleaned_data, by=self.by, now=self.now)
        return "Votre réponse est en ligne."


def refusal_to_answer(comment: Comment) -> Refused | None:
    """Why the team cannot answer a comment now."""
    if Comment.objects.approved().filter(pk=comment.pk).exists():
        return None
    return Refused("Publiez d’abord ce commentaire\u00a0: une réponse ne paraît que sous lui.")


def may_answer(request: HttpRequest, comment: Comment) -> bool:
    return request.user.has_perm(AnswerScreen.permission) and not refusal_to_answer(comment)
