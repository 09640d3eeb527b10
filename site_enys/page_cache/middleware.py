"""The outermost middleware: gives a kept page, or keeps the one that has just been made."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import parse_http_date_safe

from site_enys.telemetry import counting

from .board import Turn, board
from .instants import good_until
from .kept import LARGEST_PAGE, Address, Kept, Shelf, memory
from .shared import MARK

MOST_DIGITS = 4
#: A browser asks again each time, and mostly hears 304; a proxy in front may keep it one second.
SHARED_SECONDS = 1
CONDITIONS = (
    *("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH"),
    *("HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE"),
)
NOT_SHARED = {"no-store", "private", "no-cache"}


class PageCache:
    """Pages that are everybody's, for one generation.

    Kept: an answer 200 to GET that its view marked as everybody's, without cookie nor form, asked
    without session. An address with a parameter other than a page number is made each time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.memory = memory()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = address_of(request)
        if address is None:
            return self.get_response(request)
        try:
            generation = board().generation()
        except OSError:
            # Who cannot know whether pages have changed makes them, and forgets those it has.
            self.memory.forget()
            return self.make(request)
        shelf = self.memory.shelf(generation, time.time())
        if kept := shelf.pages.get(address):
            counting.kept_page(hit=True)
            return answer(request, kept)
        with board().turn(address, generation) as turn:
            # The one who was waited for may be of this process.
            turn.found = turn.found or shelf.pages.get(address)
            if turn.found is None:
                response = self.make_for_all(request, turn, shelf)
        kept = turn.found or turn.made
        if kept is None:
            return response
        shelf.put(address, kept)
        return answer(request, kept) if turn.found or turn.awaited else response

    def make_for_all(self, request: HttpRequest, turn: Turn, shelf: Shelf) -> HttpResponse:
        with asking_for_the_whole(request) if turn.awaited else nullcontext():
            now = timezone.now()
            response = self.make(request)
            if request.method == "GET" and is_everybodys(response):
                with suppress(Error):
                    until = min(shelf.until, good_until(now).timestamp())
                    # Made from what was there before a change: the next one makes it again.
                    if time.time() < until:
                        turn.made = Kept(response.content, dict(response.items()), until)
        return response

    def make(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_everybodys(response):
            counting.kept_page(hit=False)
            patch_cache_control(
                response, public=True, max_age=0, s_maxage=SHARED_SECONDS, must_revalidate=True
            )
            patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
        return response


def address_of(request: HttpRequest) -> Address | None:
    """Under which name the answer is kept; None when the request is somebody's own."""
    query = query_kept(request.META)
    is_preview = getattr(request, "is_dummy", False)  # by Wagtail, under the address of the page
    if query is None or is_known(request.COOKIES) or is_preview:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return Address(request.scheme or "", host, request.path, query, takes_gzip(request.META))


def query_kept(asked: Mapping[str, str]) -> str | None:
    """What follows the question mark; None for what is made each time."""
    query = asked.get("QUERY_STRING", "")
    number = query.removeprefix("page=")
    if query and not (number != query and number.isdecimal() and len(number) <= MOST_DIGITS):
        return None
    return query if asked["REQUEST_METHOD"] in {"GET", "HEAD"} else None


def is_known(cookies: Mapping[str, str]) -> bool:
    """Whether somebody may be signed in, or awaits a message."""
    return settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies


def takes_gzip(asked: Mapping[str, str]) -> bool:
    return "gzip" in asked.get("HTTP_ACCEPT_ENCODING", "")


@contextmanager
def asking_for_the_whole(request: HttpRequest) -> Iterator[None]:
    """Whatever the visitor has already, or wants of it: the others need all of the page."""
    asked = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
    method, request.method = request.method, "GET"
    yield
    request.method = method
    request.META.update(asked)


def is_everybodys(response: HttpResponse) -> bool:
    return (
        getattr(response, MARK, False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and NOT_SHARED.isdisjoint(re.split(r"[\s,=]+", response.get("Cache-Control", "")))
        and len(response.content) <= LARGEST_PAGE
    )


def answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    """The kept page, or 304 to whoever has it already."""
    response = HttpResponse(kept.body, headers=kept.headers)
    changed = kept.headers.get("Last-Modified")
    shown = get_conditional_response(
        request,
        etag=kept.headers.get("ETag"),
        last_modified=parse_http_date_safe(changed) if changed else None,
        response=response,
    )
    return shown or response
