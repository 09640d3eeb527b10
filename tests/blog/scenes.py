"""What the tests of comments have in common: a form filled in, and who acts."""

from datetime import timedelta

from django.utils import timezone

from blog.forms import CommentForm, DecisionForm, ReportForm
from blog.models import Comment, PostPage
from blog.services.comments import leave_comment
from blog.services.received import Received
from site_enys.states import Actor, staff
from tests.factories.people import UserFactory

FORMS = {"comment": CommentForm, "report": ReportForm, "decision": DecisionForm}


def token(form: str = "comment", *, seconds: int = 30) -> str:
    """That of a form opened a moment ago, as a person takes to type."""
    return FORMS[form](now=timezone.now() - timedelta(seconds=seconds)).new_token()


def typed(**changes: str) -> dict[str, str]:
    """« Laisser une réponse », filled in."""
    return {"name": "Aïcha", "email": "", "text": "Merci.", "form_token": token()} | changes


def complaint(**changes: str) -> dict[str, str]:
    """« Signaler », filled in."""
    filled = {"reason": "insult", "detail": "", "email": "", "form_token": token("report")}
    return filled | changes


def decision(name: str) -> dict[str, str]:
    """A button of a moderation page."""
    return {"decision": name, "form_token": token("decision")}


def an_editor() -> Actor:
    return staff(UserFactory(role="redaction"))


def leaves(post: PostPage, text: str = "Merci.", **received: object) -> Comment:
    """A comment that came by its form, a moment after the article."""
    answering = received.pop("answering", None)
    now = post.date + timedelta(hours=1)
    post = PostPage.objects.get(pk=post.pk)  # with the settings of the blog as they are now
    return leave_comment(post, Received("Aïcha", text, **received), now, answering=answering)
