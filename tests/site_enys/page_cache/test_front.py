"""Before Django begins, a kept page is given as Django would, and nothing else is."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from django.conf import LazySettings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from django.urls import clear_script_prefix

import pytest

from blog.models import BlogIndexPage
from site_enys.logs import JsonFormatter
from site_enys.page_cache import kept
from site_enys.page_cache.board import board
from site_enys.page_cache.front import Front
from site_enys.telemetry.context import request_id
from site_enys.telemetry.middleware import logger as access
from tests.factories.home import ServicePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("either_board")]
Answer = tuple[str, dict[str, str], bytes]


class Server:
    """The site behind its front, and how often Django was asked."""

    def __init__(self) -> None:
        kept.memory.cache_clear()
        self.handler = WSGIHandler()
        self.front = Front(self.django)
        self.asked = 0

    def django(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked += 1
        return self.handler(environ, start_response)

    def get(self, path: str, through: Any = None, **headers: str) -> Answer:
        request = RequestFactory().get(path, headers=headers)
        return answer_of(through or self.front, request.environ | {"wsgi.input": BytesIO()})

    def is_given(self, path: str, **headers: str) -> bool:
        """Whether the front answers by itself."""
        before = self.asked
        self.get(path, **headers)
        return self.asked == before


def answer_of(application: Any, environ: dict[str, Any]) -> Answer:
    told: list[Any] = []
    body = application(environ, lambda *line: told.extend(line))
    content = b"".join(body)
    getattr(body, "close", lambda: None)()
    # Django names each request that it answers.
    return told[0], {name: it for name, it in told[1] if name != "X-Request-ID"}, content


@pytest.fixture
def server() -> Iterator[Server]:
    """As Django's test client does: the connection of the test stays open between two requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Server()
    clear_script_prefix()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def page() -> str:
    return ServicePageFactory(title="Conseil").url


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept-Encoding": "gzip, br"},
        {"Cookie": "csrftoken=x; autre=y"},
        {"If-None-Match": "{tag}"},
    ],
    ids=["nue", "compressée", "avec un jeton", "déjà lue"],
)
def test_a_kept_page_is_given_as_django_gives_it(
    headers: dict[str, str], server: Server, page: str
) -> None:
    zipped = {name: value for name, value in headers.items() if name == "Accept-Encoding"}
    _, made, _ = server.get(page, **zipped)
    headers = {name: value.format(tag=made["ETag"]) for name, value in headers.items()}

    assert server.is_given(page, **headers)
    assert server.get(page, **headers) == server.get(page, server.django, **headers)


def test_head_is_given_without_its_body(server: Server, page: str) -> None:
    status, headers, _ = server.get(page)
    environ = RequestFactory().head(page).environ | {"wsgi.input": BytesIO()}

    assert answer_of(server.front, environ) == (status, headers, b"")


def test_what_django_adds_to_a_page_is_on_the_kept_one(server: Server, page: str) -> None:
    server.get(page)

    _, headers, body = server.get(page)

    assert server.asked == 1
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Content-Length"] == str(len(body))
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sessionid=x"},
        {"Cookie": "a=b; sessionid=x"},
        {"Cookie": "messages=x"},
        {"Host": "pirate.test"},
        {"Host": "autre..test"},
        {"If-None-Match": '"autre"'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Tue, 10 Mar 2026 10:00:00 GMT"},
        {"If-Match": '"autre"'},
        {"Range": "bytes=0-9"},
    ],
    ids=str,
)
def test_the_rest_is_left_to_django(headers: dict[str, str], server: Server, page: str) -> None:
    server.get(page)

    assert not server.is_given(page, **headers)


@pytest.mark.parametrize("query", ["?q=1", "?page=x", "?page=1&q=1", "?page=12345"])
def test_an_unknown_parameter_is_left_to_django(query: str, server: Server) -> None:
    blog = BlogIndexPage.objects.first().url
    server.get(blog + query)

    assert not server.is_given(blog + query)


def test_what_is_sent_goes_to_django(server: Server, page: str) -> None:
    server.get(page)
    environ = RequestFactory().post(page).environ
    before = server.asked

    answer_of(server.front, environ)

    assert server.asked == before + 1


def test_a_site_in_a_folder_is_left_to_django(server: Server, page: str) -> None:
    server.get(page)
    environ = RequestFactory().get(page).environ | {"SCRIPT_NAME": "/site"}
    before = server.asked

    answer_of(server.front, environ)

    assert server.asked == before + 1


def test_with_and_without_tls_are_two_pages(
    server: Server, page: str, settings: LazySettings
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    server.get(page)

    assert not server.is_given(page, **{"X-Forwarded-Proto": "https"})
    assert server.is_given(page, **{"X-Forwarded-Proto": "https"})
    assert server.is_given(page)


def test_each_name_of_the_site_has_its_pages(
    server: Server, page: str, settings: LazySettings
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "autre.test"]
    server.get(page)

    assert not server.is_given(page, Host="autre.test")
    assert server.is_given(page)


def test_an_address_with_an_accent_is_the_same_for_both(server: Server) -> None:
    environ = RequestFactory().get("/").environ | {"PATH_INFO": "/é/".encode().decode("latin-1")}

    assert server.front.address_of(environ).path == "/é/"


def test_what_changes_is_made_again(server: Server, page: str) -> None:
    server.get(page)
    assert server.is_given(page)

    board().renew()

    assert not server.is_given(page)


def test_without_a_board_django_is_asked(server: Server, page: str, settings: LazySettings) -> None:
    server.get(page)
    settings.DATA_DIR = settings.DATA_DIR / "absent"
    settings.REDIS_URL = settings.REDIS_URL and "unix:///nulle/part"

    assert not server.is_given(page)
    assert server.get(page)[0] == "200 OK"


def test_each_hit_asks_nothing_of_the_database(
    server: Server, page: str, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    server.get(page)

    assert count_queries(lambda: server.get(page)) == 0


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_given_at_once_has_its_line_of_log_and_its_name(
    method: str, server: Server, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.get(page)
    lines: list[str] = []
    monkeypatch.setattr(
        access, "handle", lambda record: lines.append(JsonFormatter().format(record))
    )
    environ = RequestFactory().generic(method, page).environ
    told: list[Any] = []

    server.front(environ | {"wsgi.input": BytesIO()}, lambda *line: told.extend(line))

    [line] = map(json.loads, lines)
    assert server.asked == 1
    assert dict(told[1])["X-Request-ID"] == line["request_id"]
    assert (line["method"], line["path"], line["status"]) == (method, page, 200)
    assert line.keys() >= {"time", "level", "logger", "ms"}
    assert request_id() == ""


def test_two_visitors_of_a_kept_page_have_two_names(server: Server, page: str) -> None:
    names = set()
    for _ in range(3):
        environ = RequestFactory().get(page).environ
        told: list[Any] = []
        server.front(
            environ | {"wsgi.input": BytesIO()}, lambda *line, told=told: told.extend(line)
        )
        names.add(dict(told[1])["X-Request-ID"])

    assert len(names) == 3
