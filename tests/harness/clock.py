"""Instants that read well in a test."""

from datetime import datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def paris(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An aware instant, given as a clock in Paris shows it."""
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)
