from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wagtail.models import Site

from .forms import SearchForm
from .services.misses import asked_by_a_reader, note_miss
from .services.promotions import promoted
from .services.query import entries, extract, find, stems_of_query

RESULTS_PER_PAGE = 10


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Search over everything public."""
    form = SearchForm(request.GET)
    site = Site.find_for_request(request)
    form.is_valid()
    if site is None or "page" in form.errors:
        raise Http404
    query = form.cleaned_data.get("q", "")
    wanted = stems_of_query(query)
    now = timezone.now()
    number = form.cleaned_data["page"] or 1
    advised = promoted(wanted, site, now)
    found = find(wanted, site, now).exclude(entry__in=[line.entry.pk for line in advised])
    pages = Paginator(found, RESULTS_PER_PAGE)
    if number > pages.num_pages:
        raise Http404
    page_obj = pages.page(number)
    hits = [
        {"entry": entry, "url": entry.page.get_url(request), "extract": extract(entry.text, wanted)}
        for entry in entries(page_obj)
    ]
    if not (hits or advised) and asked_by_a_reader(request, number):
        note_miss(query, now)
    # Too long a query is refused, but its beginning stays in the field.
    typed = query or str(form["q"].value() or "")[: SearchForm.LONGEST]
    context = {
        "form": form,
        "query": query,
        "typed": typed,
        "page_obj": page_obj,
        "hits": hits,
        "promoted": advised if number == 1 else [],
    }
    response = render(request, "search/results.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
