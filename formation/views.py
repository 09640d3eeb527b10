"""The sessions to come, signing up, and the page that says what became of it."""

from datetime import date
from functools import partial
from itertools import groupby
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from formation.documents import calendar_feed
from formation.enums import BuyerType
from formation.exceptions import EnrolmentRefused
from formation.forms import (
    CatalogueFilter,
    CompanyEnrolmentForm,
    EnrolmentForm,
    IndividualEnrolmentForm,
)
from formation.models import CoursePage, CourseTheme, EnrolmentRequest, Session
from formation.services.agenda import (
    coming,
    find_by_address,
    months_around,
    session_lines,
    to_follow,
    weeks_of,
)
from formation.services.availability import (
    availability,
    refuse_unless_bookable,
    refuse_unless_sold_to,
)
from formation.services.enrolment import enrol_visitor
from formation.services.notice import notice
from site_enys.public_forms import submit

SESSIONS_PER_PAGE = 30
#: The values of `?pour=`; an employer unless the visitor says otherwise.
BUYERS = {
    "entreprise": BuyerType.COMPANY,
    "particulier": BuyerType.INDIVIDUAL,
    "cpf": BuyerType.CPF,
}
FORMS: dict[BuyerType, type[EnrolmentForm]] = {
    BuyerType.COMPANY: CompanyEnrolmentForm,
    BuyerType.INDIVIDUAL: IndividualEnrolmentForm,
}


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Every session to come, month after month."""
    now = timezone.now()
    page = Paginator(coming(now), SESSIONS_PER_PAGE).get_page(request.GET.get("page"))
    lines = session_lines(page.object_list, now)
    months = [
        (month, list(of_month))
        for month, of_month in groupby(
            lines, key=lambda line: line.session.first_day.replace(day=1)
        )
    ]
    context = {"page_obj": page, "months": months, "this_month": timezone.localdate(now)}
    return render(request, "formation/sessions.html", context)


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
        sessions, name = sessions.filter(course__theme=theme), f"{name} : {theme}"
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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, key: str) -> HttpResponse:
    """The sign-up form of one session, for one kind of buyer."""
    session = find_by_address(key)
    if session is None:
        raise Http404
    buyer = BUYERS.get(request.GET.get("pour", ""), BuyerType.COMPANY)
    if buyer not in FORMS:
        return _show(request, session, buyer, None)
    if request.method != "POST":
        return _show(request, session, buyer, FORMS[buyer]())
    form = FORMS[buyer](request.POST)
    address = submit(request, form, partial(_save, session, form))
    if address:
        return HttpResponseRedirect(address, status=303)
    return _show(request, session, buyer, form)


def _save(session: Session, form: EnrolmentForm) -> str:
    sign_up = form.sign_up(notice().version)
    saved = enrol_visitor(session, sign_up, form.now, suspect=form.trapped, hurried=form.hurried)
    return reverse("formation_thanks", args=[saved.public_id])


def _show(
    request: HttpRequest, session: Session, buyer: BuyerType, form: EnrolmentForm | None
) -> HttpResponse:
    now = timezone.now()
    refusal = ""
    try:
        refuse_unless_bookable(session, now)
        refuse_unless_sold_to(session, buyer)
    except EnrolmentRefused as refused:
        refusal = str(refused)
    context = {
        "session": session,
        "availability": availability(session, now),
        "refusal": refusal,
        "form": form,
        "buyer": buyer,
        "buyers": [(word, kind.label, kind == buyer) for word, kind in BUYERS.items()],
        "notice": notice(),
    }
    # What was typed stays on the screen even when the session closes meanwhile.
    unavailable = refusal and not (form and form.is_bound)
    template = "formation/enrol_unavailable.html" if unavailable else "formation/enrol.html"
    return render(request, template, context)


@never_cache
@require_safe
def thanks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The confirmation, at an address that cannot be guessed and that survives a reload."""
    demand = get_object_or_404(
        EnrolmentRequest.objects.select_related("session__course", "session__venue"),
        public_id=public_id,
    )
    return render(request, "formation/thanks.html", {"demand": demand, "session": demand.session})
