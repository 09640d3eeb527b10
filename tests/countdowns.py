"""Whether the purge takes a row on the day that its countdown tells, and not before."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from rgpd.register import REGISTER

ONE_DAY = timedelta(days=1)


def taken_by_the_purge(row: Any, now: datetime) -> bool:
    """Whether a purge at `now` would return the row."""
    entry = REGISTER[type(row)]
    return entry.ended(now - entry.delay).filter(pk=row.pk).exists()


def goes_on_its_day(row: Any, *, in_days: bool = False) -> bool:
    """The purge takes the row in the night that ends its day, and not the day before.

    A delay counted `in_days` is over as its day begins; one in hours may end in the afternoon.
    """
    day = REGISTER[type(row)].countdown_of(row).day
    assert day, "cette ligne n’a pas d’échéance"
    # In UTC, as the purge counts: the clocks of Paris change during a delay.
    begins = timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)
    before = begins - timedelta(microseconds=1)
    after = begins if in_days else begins + ONE_DAY
    return not taken_by_the_purge(row, before) and taken_by_the_purge(row, after)
