"""« Signaler » : a reader tells the team about a comment."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from blog import emails
from blog.enums import CommentState
from blog.exceptions import CommentGone
from blog.models import Comment, CommentReport
from site_enys.states import SYSTEM

from .moderation import LIFECYCLE

#: One person may be of bad faith, two may be the same one on a phone: with a third connection in
#: the same day, a comment had better wait for the team. It is online again in one click.
REPORTS_THAT_SET_ASIDE = 3
#: Once the team has chosen to keep a comment, how long the same complaint does not write again.
QUIET_AFTER_A_DECISION = timedelta(days=30)


def report_comment(
    comment: Comment,
    *,
    reason: str,
    detail: str,
    email: str,
    sender: str,
    suspect: bool,
    now: datetime,
    shown: Mapping[str, Any] | None = None,
) -> CommentReport:
    """Keep a report, and tell the team of the first one.

    `shown` are the columns of `InformedForm.shown`.

    A suspect one is kept, and neither told nor counted. Raises CommentGone when the comment is no
    longer online, or was never.
    """
    with transaction.atomic():
        rows = Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk)
        locked = rows.filter(state=CommentState.APPROVED, erased_at=None).first()
        if locked is None:
            raise CommentGone
        report = CommentReport.objects.create(
            comment=locked,
            reason=reason,
            detail=detail,
            email=email,
            sender=sender,
            **(shown or {}),
            suspect=suspect,
            created_at=now,
        )
        if not suspect:
            _follow(report, now)
    return report


def _follow(report: CommentReport, now: datetime) -> None:
    """Mark the comment, hide it when enough people complain, write to the team when it is news."""
    comment = report.comment
    first, quiet = comment.reported_at is None, _decided_lately(comment, now)
    if first:
        comment.reported_at = now
        comment.save(update_fields=["reported_at"])
    set_aside = not quiet and not comment.by_team and _enough_today(comment, now)
    if set_aside:
        LIFECYCLE.apply(comment, "set_aside", by=SYSTEM, now=now, reason="signalements répétés")
    if settings.STAFF_EMAIL and not quiet and (first or set_aside):
        emails.reported(report, set_aside=set_aside)


def _enough_today(comment: Comment, now: datetime) -> bool:
    """Whether enough connections have reported it since midnight, when their hashes change."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = comment.reports.filter(suspect=False, decided_at=None, created_at__gte=midnight)
    people = today.order_by().values("sender").distinct().count()
    return people >= REPORTS_THAT_SET_ASIDE


def _decided_lately(comment: Comment, now: datetime) -> bool:
    decided = comment.reports.filter(suspect=False, decided_at__gt=now - QUIET_AFTER_A_DECISION)
    return decided.exists()
