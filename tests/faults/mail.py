"""What the worker has still to send."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from courrier.models import OutgoingMessage


def waiting() -> QuerySet[OutgoingMessage]:
    return OutgoingMessage.objects.filter(state=OutgoingMessage.State.QUEUED)


def five_minutes_pass() -> None:
    """What a dead worker held is free again."""
    waiting().update(leased_until=timezone.now() - timedelta(seconds=1))
