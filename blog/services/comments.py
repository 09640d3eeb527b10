"""Leaving a comment, and reading it before it shows."""

import re
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from blog.enums import CommentState
from blog.exceptions import CommentsClosed
from blog.models import Comment, CommentEvent, PostPage
from courrier.services import outbox
from site_enys.states import PERSON, Lifecycle, Transition, states

MOST_LINKS = 2
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def leave_comment(
    post: PostPage, *, name: str, email: str, text: str, quarantined: bool, now: datetime
) -> Comment:
    """Keep a comment until somebody of the team has read it.

    A suspect one (see PublicForm, or full of links) is kept too, but announced to nobody.
    Raises CommentsClosed.
    """
    if not post.accepts_comments(now):
        raise CommentsClosed
    with transaction.atomic():
        comment = Comment.objects.create(
            post=post,
            name=name,
            email=email,
            text=text,
            created_at=now,
            state_changed_at=now,
            suspect=quarantined or len(_LINK.findall(text)) > MOST_LINKS,
        )
        CommentEvent.objects.create(
            subject=comment,
            at=now,
            transition="leave",
            to_state=comment.state,
            role=PERSON.role.value,
        )
        if settings.STAFF_EMAIL and not comment.suspect:
            _tell_staff(comment)
    return comment


def _tell_staff(comment: Comment) -> None:
    screen = reverse(Comment.snippet_viewset.get_url_name("inspect"), args=[comment.pk])
    outbox.queue(
        "blog_comment_received",
        settings.STAFF_EMAIL,
        {"comment": comment, "url": settings.SITE_URL + screen},
        about=comment,
    )


def _tell_author(comment: Comment, now: datetime) -> None:
    if comment.email:
        outbox.queue(
            "blog_comment_published",
            comment.email,
            {
                "comment": comment,
                "url": f"{settings.SITE_URL}{comment.post.url}#commentaire-{comment.pk}",
            },
            about=comment,
        )
    _forget_address(comment, now)


def _forget_address(comment: Comment, now: datetime) -> None:
    del now
    Comment.objects.filter(pk=comment.pk).update(email="")


LIFECYCLE = Lifecycle(
    event_model=CommentEvent,
    transitions=(
        Transition(
            "approve",
            "Publier",
            states(CommentState.PENDING, CommentState.REJECTED, CommentState.SPAM),
            CommentState.APPROVED,
            effect=_tell_author,
        ),
        Transition(
            "reject",
            "Refuser",
            states(CommentState.PENDING, CommentState.APPROVED, CommentState.SPAM),
            CommentState.REJECTED,
            effect=_forget_address,
        ),
        Transition(
            "spam",
            "Indésirable",
            states(CommentState.PENDING, CommentState.APPROVED, CommentState.REJECTED),
            CommentState.SPAM,
            effect=_forget_address,
        ),
    ),
)
