"""Reference numbers that people can read out on the telephone."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from formation.models import Numbering

#: Sign-ups and tailored requests; documents and complaints have prefixes of their own.
REQUESTS = "F"


def next_reference(now: datetime, prefix: str = REQUESTS) -> str:
    """Return « F-2026-0042 », the next one of the year under this prefix.

    Must run in the transaction that uses it: rolled back with it, it leaves no gap.
    """
    year = timezone.localdate(now).year
    Numbering.objects.get_or_create(prefix=prefix, year=year)
    own = Numbering.objects.filter(prefix=prefix, year=year)
    own.update(last=F("last") + 1)
    return f"{prefix}-{year}-{own.get().last:04d}"
