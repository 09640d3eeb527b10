"""The first and last to see a request: its name, its line of log, its place in the figures."""

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

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

    `page_cache.front` writes that of a kept page which it gives before Django begins.
    """
    counting.start()

    def middleware(request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        name = id_for(request.META)
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


def given_at_once(environ: Mapping[str, Any], path: str, status: int, began: float) -> str:
    """The line of what is answered before Django begins; returns the name of the request."""
    name = id_for(environ)
    token = current.set({"request_id": name, "method": environ["REQUEST_METHOD"], "path": path})
    try:
        measured = {"status": status, "ms": round((perf_counter() - began) * 1000, 1)}
        logger.info("réponse", extra={"measured": measured})
    finally:
        current.reset(token)
    return name


def id_for(environ: Mapping[str, Any]) -> str:
    """The name that a trusted proxy has given to the request, or else a new one.

    Short enough to be told by telephone.
    """
    given: str = environ.get("HTTP_X_REQUEST_ID", "")
    if given and settings.PROXY_COUNT and WELL_FORMED.fullmatch(given):
        return given
    return secrets.token_hex(8)
