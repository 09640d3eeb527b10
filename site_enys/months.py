"""Days and months as the people of the site live them: from midnight to midnight in Paris."""

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
