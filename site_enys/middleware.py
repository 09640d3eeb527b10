"""What every answer carries, and the one thing no request may carry."""

import logging
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found

from .views import bad_request

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]

ADMIN_PREFIX = "/admin/"
_COMMON = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "img-src 'self' data:; "
)
PUBLIC_POLICY = _COMMON + "script-src 'self'; style-src 'self'; frame-ancestors 'self'"
# Wagtail's choosers and date pickers are inline scripts, and its editor sets inline styles.
ADMIN_POLICY = (
    _COMMON.replace("data:", "data: blob:")
    + "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'"
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def security_headers(get_response: Handler) -> Handler:
    """Content-Security-Policy and Permissions-Policy; a view may set a stricter policy itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = ADMIN_POLICY if request.path.startswith(ADMIN_PREFIX) else PUBLIC_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
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


class OutOfRange:
    """An altered address may ask for a day of the year 1, or a key of twenty figures.

    No calendar and no database holds them, and Wagtail's lists do not expect them.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OverflowError):
            return None
        logger.warning("Valeur hors de toute limite dans %s", request.path, exc_info=error)
        return bad_request(request, error)
