"""Pages of the foundation: robots, icons, and errors in the site's clothes."""

import logging
import posixpath
import sys
from datetime import UTC, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from .database import is_outage
from .page_cache import everybody
from .private_storage import FILE_POLICY
from .telemetry.context import request_id

logger = logging.getLogger(__name__)

A_DAY = 86_400  # seconds
RETRY_SECONDS = 30
SECURITY_TXT_DAYS = 180  # RFC 9116 advises less than a year


@everybody
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /recherche/?",
        "Disallow: /recherche/suggestions/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """What the reverse proxy does in production: pictures as they are shown, never more.

    Documents have their own address, which asks who may read them; originals have none.
    """
    path = posixpath.normpath(path).lstrip("/")
    if path.startswith(("documents/", "original_images/", "wagtail_uploads/")):
        raise Http404
    if hasattr(default_storage, "bucket_name"):
        response = _from_bucket(path)
    else:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Content-Security-Policy"] = FILE_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # readers of our feeds show them
    return response


def _from_bucket(path: str) -> HttpResponseBase:
    """A picture of the public bucket. Raises Http404, StoreUnavailable."""
    try:
        response = FileResponse(default_storage.open(path), filename=posixpath.basename(path))
    except (FileNotFoundError, SuspiciousOperation) as error:
        raise Http404 from error
    # A picture that changes has another name.
    patch_cache_control(response, public=True, max_age=30 * A_DAY, immutable=True)
    return response


def store_away(request: HttpRequest) -> HttpResponse:
    """The store of files does not answer: momentary, and said so."""
    response = render(request, "503_store.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


@everybody
@require_safe
@cache_control(public=True, max_age=A_DAY)
def favicon(_request: HttpRequest) -> HttpResponse:
    """What feed readers, search engines and old browsers ask for without reading the page."""
    icon = Path(settings.BASE_DIR, "static/icons/favicon.ico").read_bytes()
    return HttpResponse(icon, content_type="image/x-icon")


@require_safe
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Where to report a flaw (RFC 9116). Raises Http404 when nobody would read it."""
    if not settings.STAFF_EMAIL:
        raise Http404
    # Computed: a date that nobody moves would make the file worthless after a year.
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    expires += timedelta(days=SECURITY_TXT_DAYS)
    lines = [
        f"Contact: mailto:{settings.STAFF_EMAIL}",
        f"Expires: {expires.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
        "Preferred-Languages: fr, en",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be understood; without a name of ours, no page of ours either."""
    if isinstance(exception, DisallowedHost):
        return HttpResponse(
            "Ce site ne répond pas à ce nom.\n",
            status=400,
            content_type="text/plain; charset=utf-8",
        )
    return render(request, "400.html", status=400)


def server_error(_request: HttpRequest) -> HttpResponse:
    """The answer to what nothing foresaw: 503 when the database is away or busy, else 500.

    Called while the error is being handled. A browser may send its form again after a 503: the
    token of the form makes one record of it (`public_forms.submit`).
    """
    # Without the request: nothing that its context asks of the database.
    if is_outage(sys.exc_info()[1]):
        content = render_to_string("503.html")
        return HttpResponse(content, status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    # The page shows the name under which the log tells it.
    return HttpResponse(render_to_string("500.html", {"reference": request_id()}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's security token is missing or too old: say so, and how to go on."""
    return render(request, "403_csrf.html", status=403)
