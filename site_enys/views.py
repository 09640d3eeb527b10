"""Pages of the foundation: robots, icons, and errors in the site's clothes."""

import logging
import posixpath
from datetime import UTC, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from .page_cache import everybody
from .private_storage import FILE_POLICY
from .telemetry.context import request_id

logger = logging.getLogger(__name__)

A_DAY = 86_400  # seconds
SECURITY_TXT_DAYS = 180  # RFC 9116 advises less than a year


@everybody
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /recherche/",
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
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Content-Security-Policy"] = FILE_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # readers of our feeds show them
    return response


@everybody
@require_safe
@cache_control(public=True, max_age=A_DAY)
def favicon(_request: HttpRequest) -> HttpResponse:
    """What feed readers, search engines and old browsers ask for without reading the page."""
    icon = Path(settings.BASE_DIR, "static/icons/favicon.ico").read_bytes()
    return HttpResponse(icon, content_type="image/x-icon")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def web_manifest(_request: HttpRequest) -> JsonResponse:
    """The name, colours and icons of the site, for a phone that keeps it among its applications."""
    icons = [
        {"src": static(f"icons/{name}"), "sizes": sizes, "type": kind, "purpose": purpose}
        for name, sizes, kind, purpose in (
            ("favicon.svg", "any", "image/svg+xml", "any"),
            ("icon-192.png", "192x192", "image/png", "any"),
            ("icon-512.png", "512x512", "image/png", "any"),
            ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
        )
    ]
    manifest = {
        "name": settings.WAGTAIL_SITE_NAME,
        "short_name": "ENYS",
        "lang": "fr",
        "start_url": "/",
        "display": "browser",
        "background_color": "#f7f2e8",
        "theme_color": "#f7f2e8",
        "icons": icons,
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


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
    """Something broke: the page shows the name under which the log tells it, and asks nothing."""
    page = get_template("500.html").render({"reference": request_id()})
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's security token is missing or too old: say so, and how to go on."""
    return render(request, "403_csrf.html", status=403)
