"""Before Django begins: a page that this process keeps, given as it is.

It answers what the middleware would, to the last header, and only in the plain cases; it leaves
the rest to Django. Reading a request, walking the middleware and writing an answer anew cost more
than looking a page up.
"""

import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest, get_path_info
from django.http import parse_cookie

from site_enys.telemetry import counting
from site_enys.telemetry.middleware import HEADER, given_at_once

from .board import board
from .kept import Address, Kept, memory
from .middleware import CONDITIONS, is_known, query_kept, takes_gzip

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
MOST_HOSTS = 64
#: All that says to which name of the site a request was sent, and how.
NAMED_BY = (
    *("wsgi.url_scheme", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO"),
    *("HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "SERVER_NAME", "SERVER_PORT"),
)
IF_NONE_MATCH, *OTHER_CONDITIONS = CONDITIONS


class Front:
    """A WSGI application before that of Django."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.memory = memory()
        self.site_named = lru_cache(MOST_HOSTS)(site_named)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        kept = self.find(environ)
        if kept is None:
            return self.application(environ, start_response)
        counting.kept_page(hit=True)
        if (tag := environ.get(IF_NONE_MATCH)) is not None:
            if tag != kept.headers.get("ETag"):
                return self.application(environ, start_response)
            start_response("304 Not Modified", named(environ, kept.not_modified, 304, began))
            return []
        start_response("200 OK", named(environ, kept.plain, 200, began))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]

    def find(self, environ: Environ) -> Kept | None:
        address = self.address_of(environ)
        if address is None:
            return None
        try:
            generation = board().generation()
        except OSError:
            return None
        return self.memory.shelf(generation, time.time()).pages.get(address)

    def address_of(self, environ: Environ) -> Address | None:
        """As `middleware.address_of`; None as well for what Django has to look at."""
        query = query_kept(environ)
        if query is None or environ.get("SCRIPT_NAME"):
            return None
        if any(name in environ for name in OTHER_CONDITIONS):
            return None
        cookies = environ.get("HTTP_COOKIE")
        if cookies and is_known(parse_cookie(cookies)):
            return None
        site = self.site_named(*map(environ.get, NAMED_BY))
        if site is None:
            return None
        return Address(*site, get_path_info(environ), query, takes_gzip(environ))


def named(environ: Environ, headers: Headers, status: int, began: float) -> Headers:
    """The headers with the name of the request, which is in its line of log too."""
    path = get_path_info(environ) or "/"
    return [*headers, (HEADER, given_at_once(environ, path, status, began))]


def site_named(*named: str | None) -> tuple[str, str] | None:
    """The scheme and the host of a request, as Django reads them; None when it refuses the host."""
    told = {name: value for name, value in zip(NAMED_BY, named, strict=True) if value is not None}
    request = WSGIRequest({**told, "REQUEST_METHOD": "GET", "wsgi.input": BytesIO()})
    try:
        return request.scheme or "", request.get_host()
    except DisallowedHost:
        return None
