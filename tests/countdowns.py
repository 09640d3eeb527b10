"""Whether the purge takes a row on the day that its countdown tells, and not before."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from rgpd.register import REGISTER

ONE_DAY = timedelta(days=1)


def taken_by_the_purge(row: Any, now: datetime) -> bool:
    """Whether a purge at `now` would return the row."""
    entry = REGISTER[type(row)]
    return entry.ended(now - entry.delay).filter(pk=row.pk).exists()


def goes_on_its_day(row: Any) -> bool:
    """A delay counted in hours may end in the afternoon: the purge of the next night takes it."""
    day = REGISTER[type(row)].countdown_of(row).day
    assert day, "cette ligne n’a pas d’échéance"
    begins = timezone.make_aware(datetime.combine(day, time.min))
    before, after = begins - timedelta(microseconds=1), begins + ONE_DAY
    return not taken_by_the_purge(row, before) and taken_by_the_purge(row, after)
