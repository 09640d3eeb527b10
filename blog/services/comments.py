"""Leaving a comment, answering one, and telling the team that some wait."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from blog import emails
from blog.enums import CommentState
from blog.exceptions import CommentGone, CommentsClosed, ParentGone
from blog.models import Comment, CommentEvent, PostPage
from courrier.models import OutgoingMessage
from site_enys.states import PERSON, Actor

from . import quarantine
from .received import Received

#: More e-mails than this in one hour would bury the others: the rest waits for a summary.
MOST_MAILS_AN_HOUR = 10
HOUR = timedelta(hours=1)


def leave_comment(
    post: PostPage, received: Received, now: datetime, *, answering: Comment | None = None
) -> Comment:
    """Keep a comment until somebody of the team has read it.

    A suspect one is kept too, with the reasons, and announced to nobody. An answer to an answer
    is filed under the first comment. Raises CommentsClosed; ParentGone when `answering` is not, or
    no longer, a comment that shows under this article.
    """
    if not post.accepts_comments(now):
        raise CommentsClosed
    with transaction.atomic():
        parent = _first_of_thread(post, answering) if answering else None
        reasons = quarantine.suspicions(received, post.get_parent().specific, now)
        comment = Comment.objects.create(
            post=post,
            parent=parent,
            name=received.name,
            email=received.email,
            text=received.text,
            created_at=now,
            state_changed_at=now,
            suspect=bool(reasons),
            reasons=",".join(reasons),
            fingerprint=quarantine.fingerprint(received.text),
            sender=received.sender,
            notice_version=received.notice_version,
            notice_shown_at=received.notice_shown_at,
        )
        _record(comment, "leave", PERSON, now)
        if not comment.suspect:
            _announce(comment, now)
    return comment


def answer_as_team(comment: Comment, *, name: str, text: str, by: Actor, now: datetime) -> Comment:
    """Publish at once, under a comment that shows, an answer marked as the team's.

    Raises CommentGone. A thread that is closed to readers stays open to the team.
    """
    with transaction.atomic():
        try:
            parent = _first_of_thread(comment.post, comment)
        except ParentGone as gone:
            raise CommentGone from gone
        answer = Comment.objects.create(
            post=comment.post,
            parent=parent,
            by_team=True,
            name=name,
            text=text,
            created_at=now,
            state=CommentState.APPROVED,
            state_changed_at=now,
            announced=True,
        )
        _record(answer, "answer", by, now)
    return answer


def announce_the_rest(now: datetime) -> int:
    """One e-mail about the comments that a rush left unannounced; return how many they were."""
    if not settings.STAFF_EMAIL:
        return 0
    with transaction.atomic():
        waiting = Comment.objects.pending().filter(suspect=False)
        count = waiting.filter(announced=False).order_by().update(announced=True)
        if count:
            emails.several_wait(waiting.count())
    return count


def _announce(comment: Comment, now: datetime) -> None:
    if not settings.STAFF_EMAIL:
        return
    lately = OutgoingMessage.objects.filter(kind=emails.RECEIVED, created_at__gt=now - HOUR)
    if lately.count() >= MOST_MAILS_AN_HOUR:
        return
    emails.received(comment)
    Comment.objects.filter(pk=comment.pk).update(announced=True)


def _first_of_thread(post: PostPage, comment: Comment) -> Comment:
    """The comment at the head of the thread, locked so that nobody refuses it meanwhile."""
    shown = Comment.objects.approved().filter(post=post, pk=comment.pk).first()
    if shown is None:
        raise ParentGone
    head = shown.parent_id or shown.pk
    locked = Comment.objects.select_for_update().filter(pk=head, state=CommentState.APPROVED)
    first = locked.first()
    if first is None:
        raise ParentGone
    return first


def _record(comment: Comment, name: str, by: Actor, now: datetime) -> None:
    CommentEvent.objects.create(
        subject=comment,
        at=now,
        transition=name,
        to_state=comment.state,
        role=by.role.value,
        user=by.user,
    )
