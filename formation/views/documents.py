"""Documents that anybody may keep: the leaflet of a course, the offer for other catalogues."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from formation.documents.leaflet import programme
from formation.models import CoursePage
from formation.services.agenda import upcoming_of
from formation.services.indicators import results_of
from formation.services.offer import offer
from home.models import OrganisationSettings
from site_enys.pdf import fingerprint, render_pdf

PROGRAMME = "documents/programme.typ"


@require_safe
def course_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme of a published course; 304 to who already has it as it stands."""
    published = CoursePage.objects.live().public().select_related("theme")
    course = get_object_or_404(published, slug=slug)
    organisation = OrganisationSettings.for_request(request)
    now = timezone.now()
    data = programme(course, upcoming_of(course, now), organisation, results_of(course, now))
    etag = quote_etag(fingerprint(PROGRAMME, data))
    unchanged = get_conditional_response(request, etag=etag)
    return unchanged or HttpResponse(
        render_pdf(PROGRAMME, data),
        content_type="application/pdf",
        headers={"ETag": etag, "Content-Disposition": f'inline; filename="{course.slug}.pdf"'},
    )


@require_safe
def lheo_offer(request: HttpRequest) -> HttpResponse:
    """The offer in LHEO 2.3; 404 as long as the firm or the courses lack what LHEO wants.

    The screen « Export LHEO » of the catalogue says what is missing.
    """
    document = offer(OrganisationSettings.for_request(request), timezone.now()).document
    if document is None:
        raise Http404
    return HttpResponse(document, content_type="application/xml; charset=utf-8")
