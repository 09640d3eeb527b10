"""How long what readers send is kept. The register's daily purge applies it (`blog/rgpd.py`).

An address and the hash of a connection go before the rest. A row that has outlived them is
returned too, with `over` false: it then loses them and stays.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from blog import emails
from blog.enums import CommentState
from blog.models import Comment, CommentReport
from courrier.models import OutgoingMessage
from rgpd.countdowns import Countdown
from site_enys.templatetags.typography import long_date

#: A comment that was refused, or that nobody read.
UNPUBLISHED = timedelta(days=180)
#: A report, after the decision.
REPORTS = timedelta(days=180)
#: A report that nobody has decided about.
FORGOTTEN_REPORTS = timedelta(days=365)
#: An e-mail address, even when nobody has read the comment, and the hash of a connection.
TRACES = timedelta(days=30)
#: What a published comment is kept for; who wrote it may have it erased sooner.
PUBLISHED_IN_WORDS = "tant que l’article est en ligne"


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


def countdown_of_comment(comment: Comment) -> Countdown:
    """What goes first: the traces of who wrote, or the comment itself."""
    over = None
    if comment.state != CommentState.APPROVED:
        over = comment.state_changed_at + UNPUBLISHED
    traces = comment.created_at + TRACES if comment.email or comment.sender else None
    rest = "le commentaire reste avec son article"
    return _countdown(traces, over, rest, PUBLISHED_IN_WORDS)


def countdown_of_report(report: CommentReport) -> Countdown:
    """What goes first: the hash of a connection, or the report itself."""
    over = report.created_at + FORGOTTEN_REPORTS
    if report.decided_at:
        over = min(over, report.decided_at + REPORTS)
    traces = report.created_at + TRACES if report.sender else None
    return _countdown(traces, over, "", "")


def _countdown(
    traces: datetime | None, over: datetime | None, rest: str, waits_for: str
) -> Countdown:
    """`rest` says what becomes of what the traces leave when nothing else ends."""
    if traces is None or (over and over <= traces):
        day = timezone.localdate(over) if over else None
        return Countdown(day, waits_for="" if over else waits_for)
    what = f"le reste le {long_date(over)}" if over else rest
    return Countdown(
        timezone.localdate(traces), because=f"l’adresse et la trace de connexion\u202f; {what}"
    )


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


def forget_reporter(report: CommentReport) -> None:
    """At the asking of who reported: the team still reads the comment, and knows not for whom.

    With what it was told of the report, and the answer that waited for its address.
    """
    with transaction.atomic():
        told = OutgoingMessage.objects.about(report.comment)
        told.filter(Q(kind=emails.REPORTED) | Q(to__iexact=report.email)).delete()
        CommentReport.objects.filter(pk=report.pk).update(email="", sender="", detail="")


def forget_address(report: CommentReport) -> None:
    """Who reported does not want to be told any more: the address served nothing else."""
    CommentReport.objects.filter(pk=report.pk).update(email="")


def _whether(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
