"""Reference numbers that people can read out on the telephone."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from formation.models import RequestNumber


def next_reference(now: datetime) -> str:
    """Return « F-2026-0042 », the next one of the year.

    Must run in the transaction that uses it: rolled back with it, it leaves no gap.
    """
    year = timezone.localdate(now).year
    RequestNumber.objects.get_or_create(year=year)
    RequestNumber.objects.filter(year=year).update(last=F("last") + 1)
    number = RequestNumber.objects.get(year=year).last
    return f"F-{year}-{number:04d}"
