"""The sessions to come: by month, on a calendar, and to follow."""

from datetime import date
from itertools import groupby

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from formation.documents.calendar import calendar_feed
from formation.forms.catalogue import (
    CatalogueFilter,
)
from formation.models import CoursePage, CourseTheme
from formation.services.agenda import (
    coming,
    count_of_coming,
    months_around,
    session_lines,
    to_follow,
    weeks_of,
)
from site_enys.page_cache import everybody

SESSIONS_PER_PAGE = 30


@everybody
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Every session to come, month after month."""
    now = timezone.now()
    paginator = Paginator(coming(now), SESSIONS_PER_PAGE)
    paginator.count = count_of_coming(now)
    page = paginator.get_page(request.GET.get("page"))
    lines = session_lines(page.object_list, now)
    months = [
        (month, list(of_month))
        for month, of_month in groupby(
            lines, key=lambda line: line.session.first_day.replace(day=1)
        )
    ]
    context = {"page_obj": page, "months": months, "this_month": timezone.localdate(now)}
    return render(request, "formation/sessions.html", context)


@everybody
@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The calendar of a month: which sessions are held, and on which days."""
    first = date(year, month, 1)
    before, after = months_around(first)
    context = {"month": first, "weeks": weeks_of(first), "before": before, "after": after}
    return render(request, "formation/month.html", context)


@require_safe
def calendar(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """The sessions for a calendar to follow: all, those of a theme, or those of a course."""
    now = timezone.now()
    sessions, name = to_follow(now), "Formations ENYS Conseil"
    if slug:
        course = get_object_or_404(CoursePage.objects.live(), slug=slug)
        sessions, name = sessions.filter(course=course), course.title
    elif theme := _theme_in(request):
        sessions, name = sessions.filter(course__theme=theme), f"{name}\u00a0: {theme}"
    content = calendar_feed(sessions, name, now)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="sessions.ics"'},
    )


def _theme_in(request: HttpRequest) -> CourseTheme | None:
    try:
        return CatalogueFilter.base_fields["theme"].clean(request.GET.get("theme"))
    except ValidationError as unknown:
        raise Http404 from unknown
