"""Feeds cost nothing to a reader who already has them."""

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

from .contents import Feed
from .formats import FORMATS

#: Seconds during which a relay may answer for us.
FRESH_FOR = 300


def feed_response(request: HttpRequest, feed: Feed, form: str) -> HttpResponseBase:
    """The feed in one of FORMATS; 304 to whoever has it already.

    The content is built each time, and its fingerprint taken: a text shows pages, documents and
    pictures that change without it, and no date or count tells of all of them.
    """
    written = FORMATS[form]
    response = conditional(request, written.write(feed), written.content_type, feed.updated)
    patch_cache_control(response, public=True, max_age=FRESH_FOR)
    # Public, the same for everybody: a reader that runs in a browser may fetch it too.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def conditional(
    request: HttpRequest, content: bytes, content_type: str, changed: datetime | None = None
) -> HttpResponseBase:
    """The content with its fingerprint; 304 to whoever has it already.

    Only the ETag decides: taking something away makes no date later.
    """
    response = HttpResponse(content, content_type=content_type)
    response.headers["ETag"] = etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return get_conditional_response(request, etag=etag, response=response) or response
