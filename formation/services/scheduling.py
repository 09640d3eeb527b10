"""On which half-days a session may be held, and what stands in the way.

Pure functions: dates and other sessions are given to them. Days are those of Paris, and hours are
those of the clock, so that a session moved over a change of hour still begins at nine. Public
holidays are those of mainland France (code du travail, article L3133-1), without the two more of
Alsace and Moselle.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone
from django.utils.formats import date_format

from formation.enums import Rhythm, SessionState
from formation.exceptions import YearImplausible
from formation.models import TimeSlot, Trainer
from formation.models.session import PLAUSIBLE_YEARS

#: A day of seven hours, with the hour and a half that people need to have lunch outside.
FULL_DAY = ((time(9), time(12, 30)), (time(14), time(17, 30)))
SATURDAY = 5
#: Nothing is held on the dates of these: the first is called off, the second awaits new ones.
NOT_HELD = frozenset({SessionState.CANCELLED, SessionState.POSTPONED})


def holiday(day: date) -> str:
    """The name of the public holiday in French, or nothing."""
    return _holidays_of(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """Monday to Friday, outside public holidays."""
    return day.weekday() < SATURDAY and not holiday(day)


def working_days(first: date, count: int, *, step: int = 1) -> list[date]:
    """The first `count` working days from `first` on, in steps of so many days.

    With a step of seven, a week whose day is a holiday is left out: the day of the week is kept.
    """
    day = first
    while not is_working_day(day):
        day += timedelta(days=1)
    days = [day]
    while len(days) < count:
        day += timedelta(days=step)
        if is_working_day(day):
            days.append(day)
    return days


def full_days(count: int, trainer: Trainer | None = None) -> list[TimeSlot]:
    """The half-days of `count` whole days in a row, on dates that only serve as a model."""
    monday = date(2001, 1, 1)
    return [
        TimeSlot(starts_at=_at(day, begin), ends_at=_at(day, end), trainer=trainer)
        for day in (monday + timedelta(days=rank) for rank in range(count))
        for begin, end in FULL_DAY
    ]


def pattern(model: Sequence[TimeSlot], first: date, rhythm: str) -> list[TimeSlot]:
    """New half-days like those of `model`, from `first` on: same hours, subjects and trainers.

    The days of a rhythm of working days skip week-ends and holidays; « same gaps » keeps the
    number of days between them, whatever they fall on. Raises YearImplausible.
    """
    if first.year not in PLAUSIBLE_YEARS:
        raise YearImplausible
    before = sorted({timezone.localdate(slot.starts_at) for slot in model})
    if rhythm == Rhythm.SAME_GAPS:
        after = [first + (day - before[0]) for day in before]
    else:
        step = 7 if rhythm == Rhythm.WEEKLY else 1
        after = working_days(first, len(before), step=step)
    moved = dict(zip(before, after, strict=True))
    return [
        TimeSlot(
            starts_at=_moved(slot.starts_at, moved),
            ends_at=_moved(slot.ends_at, moved),
            subject=slot.subject,
            trainer=slot.trainer,
        )
        for slot in sorted(model, key=lambda slot: slot.starts_at)
    ]


def unusual_day(day: date) -> str:
    """Why people may not expect to work on that day, or nothing."""
    if name := holiday(day):
        return f"Jour férié\u00a0: {name}."
    return f"C’est un {date_format(day, 'l')}." if day.weekday() >= SATURDAY else ""


def conflicts(slot: TimeSlot, venue_id: int | None, others: Iterable[TimeSlot]) -> list[str]:
    """What the trainer and the place already do at that time, in sentences.

    `others` are half-days of other sessions. A draft counts: its dates may well be announced.
    """
    sentences = []
    for other in others:
        session = other.session
        apart = other.ends_at <= slot.starts_at or other.starts_at >= slot.ends_at
        if apart or session.state in NOT_HELD:
            continue
        named = f"la session {session.code} ({session.get_state_display().lower()})"
        if slot.trainer_id and slot.trainer_id == other.trainer_id:
            sentences.append(f"{slot.trainer} anime déjà {named}.")
        if venue_id and venue_id == session.venue_id:
            sentences.append(f"{session.venue} accueille déjà {named}.")
    return sentences


@cache
def _holidays_of(year: int) -> dict[date, str]:
    import holidays  # noqa: PLC0415 - the calendars of the world, for those who set dates

    days = holidays.country_holidays("FR", years=year, language="fr")
    return {day: name.replace("'", "’") for day, name in days.items()}


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _moved(instant: datetime, days: dict[date, date]) -> datetime:
    local = timezone.localtime(instant)
    return _at(days[local.date()], local.time())
