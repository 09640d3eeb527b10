"""One function for each e-mail of the blog; each runs in the transaction that it announces."""

from django.conf import settings

from blog.enums import CommentState
from blog.links import comment_url, moderation_url
from blog.models import Comment, CommentReport
from courrier.services.outbox import queue
from site_enys.admin import admin_url

RECEIVED = "blog_comment_received"
REPORTED = "blog_comment_reported"


def received(comment: Comment) -> None:
    """To the team: a comment waits, with the link that decides about it."""
    _to_team(RECEIVED, comment)


def reported(report: CommentReport, *, set_aside: bool) -> None:
    """To the team: a reader has reported a comment; `set_aside` when the site has hidden it."""
    _to_team(REPORTED, report.comment, report=report, set_aside=set_aside)


def several_wait(count: int) -> None:
    """To the team: one e-mail for all that came in a rush."""
    url = f"{settings.SITE_URL}{admin_url(Comment, 'list')}?state={CommentState.PENDING}"
    queue("blog_comments_waiting", settings.STAFF_EMAIL, {"count": count, "url": url})


def published(comment: Comment) -> None:
    """To the author who asked to be told."""
    queue(
        "blog_comment_published",
        comment.email,
        {"comment": comment, "url": comment_url(comment)},
        about=comment,
        reply_to=settings.STAFF_EMAIL,
    )


def report_decided(report: CommentReport, *, kept: bool) -> None:
    """To who reported it and left an address (règlement (UE) 2022/2065, article 16, § 5)."""
    queue(
        "blog_report_decided",
        report.email,
        {"report": report, "comment": report.comment, "kept": kept},
        about=report.comment,
        reply_to=settings.STAFF_EMAIL,
    )


def _to_team(kind: str, comment: Comment, **more: object) -> None:
    own = {
        "comment": comment,
        "url": moderation_url(comment),
        "admin_url": settings.SITE_URL + admin_url(Comment, "inspect", comment.pk),
    }
    queue(kind, settings.STAFF_EMAIL, own | more, about=comment)
