"""Months as the people of the site live them: from midnight to midnight, in Paris."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def bounds_of_month(day: date) -> tuple[datetime, datetime]:
    """The instant at which the month of that day begins, and the one at which the next begins."""
    first = day.replace(day=1)
    return _midnight(first), _midnight((first + timedelta(days=32)).replace(day=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
