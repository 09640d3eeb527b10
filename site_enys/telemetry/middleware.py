"""The first and last to see a request: its name, its line of log, its place in the figures."""

import logging
import re
import secrets
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import counting
from .context import current

logger = logging.getLogger("site_enys.access")

HEADER = "X-Request-ID"
#: What proxies write: nginx gives 32 figures, others a UUID.
WELL_FORMED = re.compile(r"[0-9A-Za-z-]{8,64}", re.ASCII)


def watched(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """One line of log for each answer that Django gives, static files included.

    A kept page that `page_cache.front` gives before Django begins is only counted.
    """
    counting.start()

    def middleware(request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        name = id_for(request)
        token = current.set(
            {"request_id": name, "method": request.method or "", "path": request.path}
        )
        try:
            response = get_response(request)
            took = perf_counter() - began
            measured = {"status": response.status_code, "ms": round(took * 1000, 1)}
            logger.info("réponse", extra={"measured": measured})
        finally:
            current.reset(token)
        counting.answered(request, response, took)
        response.headers[HEADER] = name
        return response

    return middleware


def id_for(request: HttpRequest) -> str:
    """The name that a trusted proxy has given to the request, or else a new one.

    Short enough to be told by telephone.
    """
    given: str = request.META.get("HTTP_X_REQUEST_ID", "")
    if given and settings.PROXY_COUNT and WELL_FORMED.fullmatch(given):
        return given
    return secrets.token_hex(8)
