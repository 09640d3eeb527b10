"""When pages change without anybody writing: an offer closes, a session opens, a day ends."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.utils import timezone

NextInstant = Callable[[datetime], datetime | None]
REGISTRY: list[NextInstant] = []


def changes_by_itself(next_instant: NextInstant) -> NextInstant:
    """Register a function that gives the first instant after `now` when a page of its app is not
    the same any more; None when there is none."""
    REGISTRY.append(next_instant)
    return next_instant


def good_until(now: datetime) -> datetime:
    """The first instant after `now` when some public page changes by itself: midnight at most."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(tomorrow, time.min))
    instants = (next_instant(now) for next_instant in REGISTRY)
    return min([midnight, *filter(None, instants)])
