"""How long what readers send is kept. The register's daily purge applies it (`blog/rgpd.py`).

An address and the hash of a connection go before the rest. A row that has outlived them is
returned too, with `over` false: it then loses them and stays.
"""

from datetime import datetime, timedelta

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from blog.enums import CommentState
from blog.models import Comment, CommentReport

#: A comment that was refused, or that nobody read.
UNPUBLISHED = timedelta(days=180)
#: A report, after the decision.
REPORTS = timedelta(days=180)
#: A report that nobody has decided about.
FORGOTTEN_REPORTS = timedelta(days=365)
#: An e-mail address, even when nobody has read the comment, and the hash of a connection.
TRACES = timedelta(days=30)


def ended_comments(now: datetime) -> QuerySet[Comment]:
    """Comments to erase at this instant, and those that only lose their traces."""
    over = ~Q(state=CommentState.APPROVED) & Q(state_changed_at__lt=now - UNPUBLISHED)
    traces = Q(created_at__lt=now - TRACES) & (~Q(email="") | ~Q(sender=""))
    return Comment.objects.filter(over | traces).annotate(over=_whether(over))


def ended_reports(now: datetime) -> QuerySet[CommentReport]:
    """Reports to erase at this instant, and those that only lose the hash of a connection."""
    over = Q(decided_at__isnull=False, decided_at__lt=now - REPORTS) | Q(
        created_at__lt=now - FORGOTTEN_REPORTS
    )
    traces = Q(created_at__lt=now - TRACES) & ~Q(sender="")
    return CommentReport.objects.filter(over | traces).annotate(over=_whether(over))


def erase_comment(comment: Comment) -> None:
    """Erase a row of `ended_comments`, or only its traces."""
    if comment.over:  # type: ignore[attr-defined]  # annotated
        comment.delete()
    else:
        Comment.objects.filter(pk=comment.pk).update(email="", sender="")


def erase_report(report: CommentReport) -> None:
    """Erase a row of `ended_reports`, or only its hash."""
    if report.over:  # type: ignore[attr-defined]  # annotated
        report.delete()
    else:
        CommentReport.objects.filter(pk=report.pk).update(sender="")


def _whether(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
