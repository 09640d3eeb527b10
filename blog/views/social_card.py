"""The picture of an article, for whoever shares it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from blog.documents.social_card import card_of, digest
from blog.models import PostPage
from blog.services.social_card import picture_of

A_YEAR, A_MOMENT = 31_536_000, 300  # seconds


@require_safe
def social_card(request: HttpRequest, slug: str, drawn: str) -> HttpResponseBase:
    """The card, for ever at the same address; a former address leads to the present card."""
    shown = PostPage.objects.published(timezone.now()).select_related("author")
    post = get_object_or_404(shown, slug=slug)
    present = digest(post)
    if drawn != present:
        moved = HttpResponseRedirect(card_of(post).url)
        patch_cache_control(moved, public=True, max_age=A_MOMENT)
        return moved
    etag = quote_etag(present)
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        picture_of(post), content_type="image/png"
    )
    response.headers["ETag"] = etag
    # Made to be shown elsewhere.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
