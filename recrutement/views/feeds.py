"""The open offers for other machines: whoever relays them, follows them, or prints them."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from home.services.visibility import behind_a_door
from recrutement.documents.closing_dates import closing_dates
from recrutement.documents.feed import offers_feed
from recrutement.documents.offers_data import offers_as_data
from recrutement.documents.poster import POSTER, poster
from recrutement.models import JobOfferPage, RecruitmentIndexPage
from site_enys.feeds import RSS, conditional, rss
from site_enys.page_cache import everybody
from site_enys.pdf import fingerprint, render_pdf


@everybody
@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """RSS with the whole offers; unchanged content costs the reader nothing (304)."""
    now = timezone.now()
    index = get_object_or_404(RecruitmentIndexPage.objects.live().filter(~behind_a_door()))
    shown = JobOfferPage.objects.to_show(now).order_by("-last_published_at")
    changed = shown.values_list("last_published_at", flat=True).first()
    return conditional(request, rss(offers_feed(index, now)), RSS, changed)


@everybody
@require_safe
def offers_json(request: HttpRequest) -> HttpResponseBase:
    """The open offers, for whoever wants to relay them."""
    data = {"offres": offers_as_data(timezone.now())}
    content = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
    return conditional(request, content, "application/json")


@everybody
@require_safe
def calendar(request: HttpRequest) -> HttpResponseBase:
    """The closing days, for a calendar to follow."""
    content = closing_dates(timezone.now())
    return conditional(request, content, "text/calendar; charset=utf-8")


@require_safe
def poster_pdf(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The poster of an open offer; 304 to who already has it as it stands."""
    shown = JobOfferPage.objects.to_show(timezone.now())
    offer = get_object_or_404(shown, reference=reference)
    data = poster(offer)
    etag = quote_etag(fingerprint(POSTER, data))
    unchanged = get_conditional_response(request, etag=etag)
    return unchanged or HttpResponse(
        render_pdf(POSTER, data),
        content_type="application/pdf",
        headers={"ETag": etag, "Content-Disposition": f'inline; filename="{offer.reference}.pdf"'},
    )
