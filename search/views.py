from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wagtail.models import Site

from .forms import SearchForm, SuggestionForm
from .services.extract import to_mark
from .services.misses import asked_by_a_reader, note_miss
from .services.promotions import promoted
from .services.query import as_rows, search
from .services.results import facets, hits
from .services.suggest import suggest

RESULTS_PER_PAGE = 10
#: How long a list of suggestions may be shown again, in seconds.
SUGGESTIONS_KEPT = 60


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Search over everything public."""
    form, site, now = SearchForm(request.GET), Site.find_for_request(request), timezone.now()
    form.is_valid()
    if site is None or "page" in form.errors:
        raise Http404
    asked = form.cleaned_data
    query, kind = asked.get("q", ""), asked.get("nature")
    advised = promoted(query, site, now)
    answer = search(query, site, now, exactly=asked.get("exact", False))
    answer = answer.without({line.entry.pk for line in advised})
    pages = Paginator(answer.of_kind(kind), RESULTS_PER_PAGE)
    number = asked["page"] or 1
    if number > pages.num_pages:
        raise Http404
    page_obj = pages.page(number)
    if answer.asks and not (answer.found or advised) and asked_by_a_reader(request, number):
        note_miss(query, now)
    context = {
        "form": form,
        "query": query,
        # Too long a query is refused, but its beginning stays in the field.
        "typed": query or str(form["q"].value() or "")[: SearchForm.LONGEST],
        "kind": kind,
        "answer": answer,
        "near_query": urlencode({"q": answer.near}),
        "facets": facets(answer, kind),
        "page_obj": page_obj,
        "promoted": advised if number == 1 else [],
        "hits": hits(as_rows(page_obj), to_mark(query, answer.stems), request, now),
    }
    response = render(request, "search/results.html", context)
    if request.GET:
        # Lists of answers are for people; the field to ask in is a page like another.
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@cache_control(public=True, max_age=SUGGESTIONS_KEPT)
def suggestions(request: HttpRequest) -> JsonResponse:
    """What a search may become while it is typed; nothing rather than a refusal."""
    form, site = SuggestionForm(request.GET), Site.find_for_request(request)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    found = suggest(query, site, request, timezone.now()) if site and query else []
    response = JsonResponse({"suggestions": found})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
