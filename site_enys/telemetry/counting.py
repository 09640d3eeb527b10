"""What each process counts while it works, for `/metrics`; nothing at all without METRICS_TOKEN.

Few series: names of routes and kinds of pages, never an address. The library is loaded only when
somebody reads the figures. Under gunicorn, the counters of its processes are files of a common
folder (`deploy/gunicorn_conf.py`), so that any of them can answer for all.
"""

import sys
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from site_enys.database import is_outage

if TYPE_CHECKING:
    from .figures import Figures

_figures: "Figures | None" = None


def start() -> None:
    """Begin to count, once in each process."""
    global _figures  # noqa: PLW0603 - one for the process, as its counters are
    if _figures is None and settings.METRICS_TOKEN:
        from .figures import Figures  # noqa: PLC0415 - heavy, and rarely asked for

        _figures = Figures()
        got_request_exception.connect(_failed, dispatch_uid="telemetry.counting")


def counters() -> "Figures | None":
    """Those of this process; None when nobody reads them."""
    return _figures


def answered(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """Count an answer and the time that it took."""
    if _figures:
        _figures.answered(route_of(request, response), response.status_code, seconds)


def kept_page(*, hit: bool) -> None:
    """Count a page that was given from memory (`hit`), or had to be made although it is kept."""
    if _figures:
        _figures.kept[hit].inc()


def database_failed() -> None:
    """Count a database that did not answer."""
    if _figures:
        _figures.database_errors.inc()


def _failed(**_kwargs: Any) -> None:
    if is_outage(sys.exc_info()[1]):
        database_failed()


def route_of(request: HttpRequest, response: HttpResponse) -> str:
    """The kind of page: the class of a page of the tree, the name of a route, or what answered."""
    match = request.resolver_match
    if match is None:
        if request.path.startswith(settings.STATIC_URL):
            return "statique"
        return "gardée" if response.status_code in {200, 304} else "aucune"
    page = (getattr(response, "context_data", None) or {}).get("page")
    return type(page).__name__ if page else match.view_name or "sans nom"
