"""Dates as the old site wrote them: of feeds, of French, of English, and in figures alone."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from django.utils import timezone

from site_enys.french import fold

OLDEST = 1990
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january jan janv",
            "fevrier february feb fev fevr",
            "mars march mar",
            "avril april apr avr",
            "mai may",
            "juin june jun",
            "juillet july jul juil",
            "aout august aug",
            "septembre september sep sept",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        1,
    )
    for name in names.split()
}
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:er|st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})")
_MONTH_DAY = re.compile(r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_YEAR = re.compile(r"^([a-z]{3,9})\.?\s+(\d{4})$")
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2})\s?[:h]\s?(\d{2})(?::(\d{2}))?\s*([ap]m)?", re.IGNORECASE)
NOON = time(12)


class DateReader:
    """Reads the dates of one batch. `4/5/2017` is read as the others of the batch: month first,
    as the old site wrote by default, unless one of them can only begin with the day.
    """

    def __init__(self, dates: Iterable[str], now: datetime) -> None:
        pairs = [match.groups() for text in dates if (match := _FIGURES.search(text))]
        days = [int(pair[0]) > 12 for pair in pairs]
        months = [int(pair[1]) > 12 for pair in pairs]
        self.day_first = any(days) and not any(months)
        self.mixed = any(days) and any(months)
        self.in_figures = bool(pairs)
        self.latest = now + timedelta(days=1)

    @property
    def sentence(self) -> str:
        """Which reading was taken, for the report; empty when there was nothing to choose."""
        if not self.in_figures:
            return ""
        if self.mixed:
            return "Dates en chiffres : deux ordres mêlés ; les douteuses sont lues mois/jour/année"
        order = "jour/mois/année" if self.day_first else "mois/jour/année"
        return f"Dates en chiffres : lues {order}"

    def read(self, text: str) -> datetime | None:
        """The instant, in Paris when no zone is given, at noon when there is no hour; else None."""
        text = " ".join(text.split())[:200]
        found = _with_zone(text) or self._local(text)
        if found is None or not found.year >= OLDEST or found > self.latest:
            return None
        return found

    def _local(self, text: str) -> datetime | None:
        day = self._day(text)
        if day is None:
            return None
        return timezone.make_aware(datetime.combine(day, _clock(text)))

    def _day(self, text: str) -> date | None:
        folded = fold(text)
        if match := _FIGURES.search(folded):
            first, second, year = (int(group) for group in match.groups())
            day_first = first > 12 or (self.day_first and second <= 12)
            day, month = (first, second) if day_first else (second, first)
            return _date(year, month, day)
        if match := _ISO.search(folded):
            return _date(*(int(group) for group in match.groups()))
        if match := _DAY_MONTH.search(folded):
            return _date(int(match[3]), MONTHS.get(match[2], 0), int(match[1]))
        if match := _MONTH_DAY.search(folded):
            return _date(int(match[3]), MONTHS.get(match[1], 0), int(match[2]))
        return None


def has_hour(text: str) -> bool:
    return bool(_CLOCK.search(text))


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    rest = fold(text).strip(" .,")
    for pattern in (_FIGURES, _ISO, _DAY_MONTH, _MONTH_DAY):
        if match := pattern.search(rest):
            left = _CLOCK.sub("", rest.replace(match[0], "", 1))
            return len(re.sub(r"\W|\b(?:a|at|le|utc|gmt|t)\b", "", left)) <= len("vendredi")
    return False


def month_year(text: str) -> tuple[int, int] | None:
    """(year, month) of « Février 2018 »."""
    match = _MONTH_YEAR.match(fold(" ".join(text.split())))
    month = MONTHS.get(match[1]) if match else None
    return (int(match[2]), month) if match and month else None


def _with_zone(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            found = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        if found.tzinfo is None:  # « -0000 »: in universal time, says RFC 5322
            found = found.replace(tzinfo=UTC)
    return _in_utc(found) if found.tzinfo else None


def _in_utc(found: datetime) -> datetime | None:
    try:
        return found.astimezone(UTC)
    except OverflowError:
        return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str) -> time:
    match = _CLOCK.search(text)
    if match is None:
        return NOON
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "pm" else 0)
    try:
        return time(hour, int(match[2]), int(match[3] or 0))
    except ValueError:
        return NOON
