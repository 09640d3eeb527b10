"""What the templates of every app may show of the training module."""

from typing import Any

from django import template
from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from formation.documents.structured_data import course_data
from formation.enums import Availability, BuyerType, Visibility
from formation.forms.catalogue import CatalogueFilter
from formation.models import CatalogueIndexPage, CoursePage, Session
from formation.services import agenda, catalogue
from formation.services.indicators import Results, results_of
from formation.services.terms import certified_today, terms
from formation.words import (
    days,
    hours,
    percentage,
    price,
    results_words,
    session_dates,
    short_dates,
    slot_times,
)
from site_enys.memory import kept_for_now

register = template.Library()
register.simple_tag(price)
register.simple_tag(agenda.foremost)
for said in (days, hours, percentage, session_dates, short_dates, slot_times):
    register.filter(said)

COURSES_PER_PAGE = 12
_BADGES = {
    Availability.NOT_OPEN: "info",
    Availability.OPEN: "open",
    Availability.ALMOST_FULL: "few",
    Availability.FULL_WAITLIST: "full",
    Availability.FULL: "full",
}
_STEPS = {
    BuyerType.COMPANY: ("Votre demande", "La convention à signer", "L’inscription confirmée"),
    BuyerType.INDIVIDUAL: (
        "Votre demande",
        "Le contrat à signer",
        "Le délai de rétractation",
        "L’inscription confirmée",
    ),
    BuyerType.CPF: (),
}


@register.simple_tag
def next_sessions(count: int) -> SafeString:
    """A section with the next sessions; nothing when there are none."""
    return kept_for_now("next sessions", lambda: _draw_next_sessions(count), count)


def _draw_next_sessions(count: int) -> SafeString:
    lines = agenda.upcoming(timezone.now(), count)
    return render_to_string("formation/tags/next_sessions.html", {"lines": lines})


@register.simple_tag
def course_themes(count: int) -> SafeString:
    """A section with the themes of the courses; nothing without a catalogue online."""
    return kept_for_now("course themes", lambda: _draw_course_themes(count), count)


def _draw_course_themes(count: int) -> SafeString:
    index = CatalogueIndexPage.objects.live().first()
    themes = catalogue.themes(count) if index else []
    context = {"catalogue": index, "themes": themes}
    return render_to_string("formation/tags/course_themes.html", context)


@register.simple_tag
def upcoming_sessions(count: int) -> list[agenda.SessionLine]:
    return agenda.upcoming(timezone.now(), count)


@register.simple_tag
def sessions_of(course: CoursePage) -> list[agenda.SessionLine]:
    # The preview of a page that has never been saved has no session yet.
    return agenda.sessions_of(course, timezone.now()) if course.pk else []


@register.simple_tag
def results_lines(course: CoursePage) -> list[tuple[str, str]]:
    """The result indicators, counted as the page is drawn."""
    results = results_of(course, timezone.now()) if course.pk else Results()
    return results_words(course, results)


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


@register.filter
def badge(availability: str) -> str:
    """The badge class of a situation."""
    return f"badge--{_BADGES.get(Availability(availability), 'closed')}"


@register.simple_tag
def session_summary(session: Session) -> str:
    """« Session du 3 au 5 mars 2027, Lyon »."""
    return f"Session {session_dates(session)}, {session.place}"


@register.inclusion_tag("formation/tags/progress.html")
def sign_up_progress(buyer: str, done: int) -> dict[str, Any]:
    """The steps of a sign-up for this kind of buyer, the first `done` of which are behind."""
    return {"steps": list(enumerate(_STEPS[BuyerType(buyer)])), "done": done}


@register.filter
def sign_up_key(session: Session) -> str:
    """The address of the form: by code when public, else by the link that is not guessed."""
    return session.code if session.visibility == Visibility.PUBLIC else str(session.public_id)


@register.inclusion_tag("formation/tags/terms_of_sale.html", takes_context=True)
def terms_of_sale(context: dict[str, Any]) -> dict[str, Any]:
    """The clauses that come from the settings and the rules; staff writes the others."""
    return {
        "terms": terms(),
        "organisation": context["settings"]["home"]["OrganisationSettings"],
        "catalogue": CatalogueIndexPage.objects.select_related("internal_rules_page").first(),
    }


@register.simple_tag
def is_certified() -> bool:
    """Whether the firm is certified today for what it teaches (Qualiopi)."""
    return certified_today()
