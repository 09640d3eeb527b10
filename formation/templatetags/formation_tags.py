"""What the templates of every app may show of the training module."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.formats import date_format

from formation.documents.structured_data import course_data
from formation.enums import Availability, Visibility
from formation.forms.catalogue import CatalogueFilter
from formation.models import CatalogueIndexPage, CoursePage, Session, TimeSlot
from formation.services import agenda, catalogue
from site_enys.templatetags.typography import euros, long_date

register = template.Library()

COURSES_PER_PAGE = 12
_BADGES = {
    Availability.NOT_OPEN: "info",
    Availability.OPEN: "open",
    Availability.ALMOST_FULL: "few",
    Availability.FULL_WAITLIST: "full",
    Availability.FULL: "full",
}


@register.inclusion_tag("formation/tags/next_sessions.html")
def next_sessions(count: int) -> dict[str, Any]:
    """A section with the next sessions; nothing when there are none."""
    return {"lines": agenda.upcoming(timezone.now(), count)}


@register.simple_tag
def upcoming_sessions(count: int) -> list[agenda.SessionLine]:
    return agenda.upcoming(timezone.now(), count)


@register.simple_tag
def sessions_of(course: CoursePage) -> list[agenda.SessionLine]:
    # The preview of a page that has never been saved has no session yet.
    return agenda.sessions_of(course, timezone.now()) if course.pk else []


@register.simple_tag(takes_context=True)
def catalogue_listing(context: dict[str, Any], index: CatalogueIndexPage) -> dict[str, Any]:
    """The filter, the page of results, and one line per course."""
    request, now = context["request"], timezone.now()
    form = CatalogueFilter(request.GET, now)
    wanted = form.wanted()
    paginator = Paginator(catalogue.courses(index, wanted, now), COURSES_PER_PAGE)
    page_obj: Page[CoursePage] = paginator.get_page(request.GET.get("page"))
    return {
        "form": form,
        "filtered": wanted != catalogue.Wanted(),
        "count": paginator.count,
        "page_obj": page_obj,
        "lines": catalogue.course_lines(page_obj.object_list, now),
    }


@register.simple_tag
def data_of(course: CoursePage, lines: list[agenda.SessionLine]) -> dict[str, Any]:
    return course_data(course, [line.session for line in lines]) if course.pk else {}


@register.simple_tag
def price(course: CoursePage, amount: Decimal) -> str:
    """« 480 € HT (576 € TTC) par personne »; once when there is no tax to add."""
    with_tax = course.with_tax(amount)
    figures = euros(amount)
    if with_tax != amount:
        figures = f"{figures}\u00a0HT ({euros(with_tax)}\u00a0TTC)"
    return f"{figures} {course.get_price_unit_display()}"


@register.filter
def badge(availability: str) -> str:
    """The badge class of a situation."""
    return f"badge--{_BADGES.get(Availability(availability), 'closed')}"


@register.filter
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


@register.simple_tag
def session_summary(session: Session) -> str:
    """« Session du 3 au 5 mars 2027, Lyon »."""
    return f"Session {session_dates(session)}, {session.place}"


@register.filter
def sign_up_key(session: Session) -> str:
    """The address of the form: by code when public, else by the link that is not guessed."""
    return session.code if session.visibility == Visibility.PUBLIC else str(session.public_id)


@register.filter
def slot_times(slot: TimeSlot) -> str:
    """« lundi 3 mars, 9 h – 12 h 30 »."""
    begin, end = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    return f"{date_format(begin, 'l j F')}, {_hour(begin)} – {_hour(end)}"


@register.filter
def hours(value: Decimal | None) -> str:
    """« 14 heures », « 10,5 heures »."""
    return _quantity(value, "heure")


@register.filter
def days(value: Decimal | None) -> str:
    """« 2 jours », « 0,5 jour »."""
    return _quantity(value, "jour")


@register.filter
def percentage(value: Decimal | None) -> str:
    """« 94,5 % »."""
    return "" if value is None else f"{_number(value)}\u00a0%"


def _quantity(value: Decimal | None, word: str) -> str:
    if value is None:
        return ""
    return f"{_number(value)}\u00a0{word if abs(value) < 2 else word + 's'}"


def _number(value: Decimal) -> str:
    return f"{Decimal(value).normalize():f}".replace(".", ",")


def _hour(instant: datetime) -> str:
    return f"{instant.hour}\u00a0h" + (f"\u00a0{instant.minute:02}" if instant.minute else "")
