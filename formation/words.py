"""How the facts of a course are said: the same words on the page, in documents and in feeds."""

from decimal import Decimal

from django.utils import timezone

from formation.models import CoursePage, Session, TimeSlot
from site_enys.templatetags.typography import euros, hour_of, long_date, week_date


def price(course: CoursePage, amount: Decimal) -> str:
    """« 480 € HT (576 € TTC) par personne »; once when there is no tax to add."""
    with_tax = course.with_tax(amount)
    figures = euros(amount)
    if with_tax != amount:
        figures = f"{figures}\u00a0HT ({euros(with_tax)}\u00a0TTC)"
    return f"{figures} {course.get_price_unit_display()}"


def session_dates(session: Session) -> str:
    """« le 3 mars 2027 », « du 3 au 5 mars 2027 », « du 30 mars au 2 avril 2027 »."""
    first, last = session.first_day, session.last_day
    if first is None or last is None:
        return "dates à préciser"
    if first == last:
        return f"le {long_date(first)}"
    begin = long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        begin = begin.split("\u00a0")[0]
    elif first.year == last.year:
        begin = begin.rsplit(" ", 1)[0]
    return f"du {begin} au {long_date(last)}"


def slot_times(slot: TimeSlot) -> str:
    """« lundi 1er mars, 9 h – 12 h 30 »."""
    begin, end = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    day = week_date(begin).rsplit(" ", 1)[0]  # the year is said elsewhere
    return f"{day}, {hour_of(begin)} – {hour_of(end)}"


def hours(value: Decimal | None) -> str:
    """« 14 heures », « 10,5 heures »."""
    return _quantity(value, "heure")


def days(value: Decimal | None) -> str:
    """« 2 jours », « 0,5 jour »."""
    return _quantity(value, "jour")


def percentage(value: Decimal | None) -> str:
    """« 94,5 % »."""
    return "" if value is None else f"{_number(value)}\u00a0%"


def _quantity(value: Decimal | None, word: str) -> str:
    if value is None:
        return ""
    return f"{_number(value)}\u00a0{word if abs(value) < 2 else word + 's'}"


def _number(value: Decimal) -> str:
    return f"{Decimal(value).normalize():f}".replace(".", ",")
