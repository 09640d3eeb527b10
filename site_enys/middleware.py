"""What every answer carries, and the one thing no request may carry."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from django.views.defaults import page_not_found
from django.views.generic import View
from django.views.generic.edit import DeletionMixin

from .exceptions import StoreUnavailable
from .private_storage import FILE_POLICY
from .views import bad_request, store_away

logger = logging.getLogger(__name__)

#: What Django says of a key that is no number.
NOT_A_KEY = "expected a number but got"

Handler = Callable[[HttpRequest], HttpResponse]

ADMIN_PREFIX = "/admin/"
DOWNLOADS_PREFIX = "/documents/"
# Nothing is allowed that is not named. A worker is a script of ours too.
PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; media-src 'self'; connect-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAMED_POLICY = PUBLIC_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
# Wagtail's choosers and date pickers are inline scripts, its editor sets inline styles, and it
# shows the preview of a page in a frame.
ADMIN_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; "
    "media-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
PERMISSIONS_POLICY = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
    "encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), "
    "identity-credentials-get=(), idle-detection=(), local-fonts=(), magnetometer=(), "
    "microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), "
    "publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), "
    "serial=(), storage-access=(), usb=(), xr-spatial-tracking=()"
)
# Members of the team sign in with a passkey, and copy with a button.
ADMIN_PERMISSIONS_POLICY = PERMISSIONS_POLICY.replace(
    "publickey-credentials-create=()", "publickey-credentials-create=(self)"
).replace("publickey-credentials-get=()", "publickey-credentials-get=(self)")


def security_headers(get_response: Handler) -> Handler:
    """What every answer carries, static files included; a view may be stricter by itself."""
    upgrade = "; upgrade-insecure-requests" if settings.SECURE_SSL_REDIRECT else ""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        headers = response.headers
        is_admin = request.path.startswith(ADMIN_PREFIX)
        if request.path.startswith(DOWNLOADS_PREFIX) and "Content-Disposition" in headers:
            headers["Content-Security-Policy"] = FILE_POLICY
        policy = ADMIN_POLICY if is_admin else PUBLIC_POLICY
        headers.setdefault("Content-Security-Policy", policy + upgrade)
        if headers.get("Content-Type", "").startswith("text/html"):
            # It governs documents: on a picture it would only weigh, half a kilobyte each time.
            allowed = ADMIN_PERMISSIONS_POLICY if is_admin else PERMISSIONS_POLICY
            headers.setdefault("Permissions-Policy", allowed)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if is_admin and headers["Content-Security-Policy"] == PUBLIC_POLICY + upgrade:
            # A preview has been answered as the page is, and the editor shows it in a frame.
            headers["Content-Security-Policy"] = FRAMED_POLICY + upgrade
            headers["X-Frame-Options"] = "SAMEORIGIN"
        if is_admin:
            # Shared machines: what was read is not there any more after signing out.
            patch_cache_control(response, private=True, no_store=True)
        else:
            # No Cross-Origin-Embedder-Policy: the worker of `proof_of_work.py` would be refused
            # wherever another server gives the static files.
            headers["X-Frame-Options"] = "DENY"
        return response

    return middleware


def refuse_nul(get_response: Handler) -> Handler:
    """Keep the NUL character out of lookups: PostgreSQL raises on it.

    An address with one leads nowhere; in a query it becomes a space, and a cookie that decodes to
    one is forgotten. Forms refuse it by themselves.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            return page_not_found(request, ValueError("NUL"))
        query = request.META.get("QUERY_STRING", "")
        if b"\x00" in unquote_to_bytes(query):
            request.META["QUERY_STRING"] = query.replace("%00", "%20").replace("\x00", "%20")
        for name in [name for name, value in request.COOKIES.items() if "\x00" in value]:
            del request.COOKIES[name]
        return get_response(request)

    return middleware


class OutOfRange(MiddlewareMixin):
    """An altered address may ask for a day of the year 1, or a key of twenty figures.

    No calendar and no database holds them, and Wagtail's lists do not expect them; nor do its
    choosers expect a key that is no number.
    """

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OverflowError) and not _is_no_key(request, error):
            return None
        logger.warning("Valeur hors de toute limite dans %s", request.path, exc_info=error)
        return bad_request(request, error)


def _is_no_key(request: HttpRequest, error: Exception) -> bool:
    """Whether a page of the admin was read with a key that no row can have."""
    reads = request.method in {"GET", "HEAD"} and request.path.startswith(ADMIN_PREFIX)
    return reads and isinstance(error, ValueError) and NOT_A_KEY in str(error)


class NoBareDeletion(MiddlewareMixin):
    """Wagtail asks before it deletes, in `post`; Django's view under it also answers DELETE.

    That way goes past what protects a row, past the hooks and the journal. No browser takes it.
    """

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        deletes = issubclass(getattr(view, "view_class", View), DeletionMixin)
        if request.method != "DELETE" or not deletes:
            return None
        return HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS", "POST"])


class StoreAway(MiddlewareMixin):
    """The store of files does not answer, and there was no form to say it in: a page says it."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return store_away(request) if isinstance(error, StoreUnavailable) else None
