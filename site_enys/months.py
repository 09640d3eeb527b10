"""Days and months as the people of the site live them: from midnight to midnight in Paris."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.utils import timezone


def bounds_of_month(day: date) -> tuple[datetime, datetime]:
    """The instant at which the month of that day begins, and the one at which the next begins."""
    first = day.replace(day=1)
    return _midnight(first), _midnight((first + timedelta(days=32)).replace(day=1))


def bounds_of_year(year: int) -> tuple[datetime, datetime]:
    """The instant at which that year begins, and the one at which the next begins."""
    return _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))


def bounds_of_day(day: date) -> tuple[datetime, datetime]:
    """The instant at which that day begins, and the one at which the next day begins."""
    return _midnight(day), _midnight(day + timedelta(days=1))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_before(today: date, months: int) -> date:
    """The last day that is, on `today`, at least so many months old: `months_later` turned round.

    28 February is three months after 28, 29 and 30 November alike: the answer is 30 November.
    """
    day = months_later(today, -months)
    while months_later(day + timedelta(days=1), months) <= today:
        day += timedelta(days=1)
    return day


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class YearConverter:
    """In an address: a year that can be."""

    regex = r"(?:19|20)[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class MonthConverter:
    """In an address: a month, in two digits."""

    regex = r"0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02d}"
