"""How the facts of a course are said: the same words on the page, in documents and in feeds."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from formation.models import CoursePage, Session, TimeSlot
from formation.models.results import Results
from site_enys.french import plural
from site_enys.templatetags.typography import euros, hour_of, long_date, week_date

#: What the rate is made of, said beside it (indicator 2).
RESULTS_SOURCE = (
    "questionnaire envoyé à chaque participant à la fin de la session. Est satisfait qui répond "
    "3 ou 4 sur 4 à la question générale. Le taux se calcule de lui-même, sur trois ans."
)


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


def short_dates(session: Session) -> str:
    """« 3 – 5 mars », « 30 mars – 2 avril », where the year is said elsewhere."""
    first, last = session.first_day, session.last_day
    if first is None or last is None:
        return "à préciser"
    begin, end = _day_and_month(first), _day_and_month(last)
    if first == last:
        return begin
    same_month = (first.year, first.month) == (last.year, last.month)
    if same_month:
        begin = begin.split("\u00a0")[0]
    return f"{begin} – {end}"


def slot_times(slot: TimeSlot) -> str:
    """« lundi 1er mars, 9 h – 12 h 30 »."""
    begin, end = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    day = week_date(begin).rsplit(" ", 1)[0]  # the year is said elsewhere
    return f"{day}, {hour_of(begin)}\u00a0–\u00a0{hour_of(end)}"


def hours(value: Decimal | None) -> str:
    """« 14 heures », « 10,5 heures »."""
    return _quantity(value, "heure")


def days(value: Decimal | None) -> str:
    """« 2 jours », « 0,5 jour »."""
    return _quantity(value, "jour")


def percentage(value: Decimal | None) -> str:
    """« 94,5 % »."""
    return "" if value is None else f"{_number(value)}\u00a0%"


def results_words(course: CoursePage, results: Results) -> list[tuple[str, str]]:
    """The indicators of a course as (what, figures), in the same words everywhere.

    Under five answers there is no rate, and it says so.
    """
    if results.rate is not None:
        told = (
            f"{percentage(results.rate)} de participants satisfaits "
            f"({plural(results.answers, 'réponse')} sur {results.asked}\u00a0questionnaires "
            f"envoyés), {_held(results)}. Dernière réponse le {long_date(results.latest)}."
        )
        return [("Satisfaction", told), ("Source", RESULTS_SOURCE)]
    lines = []
    if course.first_session_on and not results.answers:
        told = f"première session le {long_date(course.first_session_on)}."
        lines.append(("Formation nouvelle", told))
    return [*lines, ("Satisfaction", "moins de cinq réponses, pas encore de taux.")]


def _day_and_month(day: date) -> str:
    return long_date(day).rsplit(" ", 1)[0]


def _held(results: Results) -> str:
    first, last = long_date(results.first_day), long_date(results.last_day)
    when = f"du {first} au {last}" if first != last else f"le {first}"
    return f"{plural(results.sessions, 'session')} {when}"


def _quantity(value: Decimal | None, word: str) -> str:
    if value is None:
        return ""
    return f"{_number(value)}\u00a0{word if abs(value) < 2 else word + 's'}"


def _number(value: Decimal) -> str:
    return f"{Decimal(value).normalize():f}".replace(".", ",")
