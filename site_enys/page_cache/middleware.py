"""The outermost middleware: gives a kept page, or keeps the one that has just been made."""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import parse_http_date_safe

from . import generation
from .generation import Generation
from .instants import good_until
from .shared import MARK

MOST_PAGES = 1_000
MOST_BYTES = 512 * 1024  # of one page
MOST_DIGITS = 4
#: A browser asks again each time, and mostly hears 304; a proxy in front may keep it one second.
SHARED_SECONDS = 1
WAIT_SECONDS = 5
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
NOT_SHARED = {"no-store", "private", "no-cache"}

Key = tuple[str, str, str, str, bool]


@dataclass(frozen=True)
class Kept:
    body: bytes
    headers: dict[str, str]


class PageCache:
    """Pages that are everybody's, in the memory of this process, for one generation.

    Kept: an answer 200 to GET that its view marked as everybody's, without cookie nor form, asked
    without session. An address with a parameter other than a page number is made each time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.strangers_only = {settings.SESSION_COOKIE_NAME, "messages"}
        self.pages: OrderedDict[Key, Kept] = OrderedDict()
        self.generation: Generation | None = None
        self.until: datetime | None = None
        self.lock = threading.Lock()
        self.makers: dict[Key, threading.Lock] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = self.key_of(request)
        now = timezone.now()
        seen = self.look(now) if key else None
        if key is None or seen is None:
            return self.get_response(request)
        if kept := self.pages.get(key):
            return answer(request, kept)
        maker = self.makers.get(key)
        if maker is None:
            return self.make(request, key, seen, now)
        # A page that was kept before is made again once, whole, whoever asks meanwhile.
        alone = maker.acquire(timeout=WAIT_SECONDS)
        try:
            kept = self.pages.get(key)
            if kept is None:
                with asking_for_the_whole(request):
                    response = self.make(request, key, seen, now)
                kept = self.pages.get(key)
            return answer(request, kept) if kept else response
        finally:
            if alone:
                maker.release()

    def key_of(self, request: HttpRequest) -> Key | None:
        """Under which name the answer is kept; None when the request is somebody's own."""
        if request.method not in {"GET", "HEAD"} or not self.strangers_only.isdisjoint(
            request.COOKIES
        ):
            return None
        query = request.META.get("QUERY_STRING", "")
        number = query.removeprefix("page=")
        if query and not (number != query and number.isdecimal() and len(number) <= MOST_DIGITS):
            return None
        try:
            host = request.get_host()
        except DisallowedHost:
            return None
        zipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        return request.scheme or "", host, request.path, query, zipped

    def look(self, now: datetime) -> Generation | None:
        """Drop what is outdated; None when the folder cannot be read: nothing is kept then."""
        try:
            current = generation.current()
        except OSError:
            current = None
        if current != self.generation or (self.until and now >= self.until):
            with self.lock:
                self.pages = OrderedDict()
                self.generation, self.until = current, None
        return current

    def make(self, request: HttpRequest, key: Key, seen: Generation, now: datetime) -> HttpResponse:
        response = self.get_response(request)
        if is_everybodys(response):
            patch_cache_control(
                response, public=True, max_age=0, s_maxage=SHARED_SECONDS, must_revalidate=True
            )
            patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
            if request.method == "GET":
                self.keep(key, Kept(response.content, dict(response.items())), seen, now)
        return response

    def keep(self, key: Key, kept: Kept, seen: Generation, now: datetime) -> None:
        with self.lock, suppress(Error):
            self.until = self.until or good_until(now)
            # Made from what was there before a change: the next one makes it again.
            if seen != self.generation or timezone.now() >= self.until:
                return
            self.pages[key] = kept
            self.makers.setdefault(key, threading.Lock())
            while len(self.pages) > MOST_PAGES:
                gone, _ = self.pages.popitem(last=False)
                self.makers.pop(gone, None)


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
        and len(response.content) <= MOST_BYTES
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
