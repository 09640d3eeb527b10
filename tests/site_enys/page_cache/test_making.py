"""One request makes a page, whoever asks meanwhile; what changes while it is made is not kept."""

import threading
from collections.abc import Callable
from contextlib import suppress
from http.cookies import SimpleCookie

from django.conf import LazySettings
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

import pytest

from site_enys.page_cache import board as boards
from site_enys.page_cache import kept, redis_board
from site_enys.page_cache.board import board
from site_enys.page_cache.middleware import PageCache
from site_enys.page_cache.shared import mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("either_board")]
SEVERAL = 4


def asked(path: str = "/page/") -> HttpRequest:
    return RequestFactory().get(path)


class Kitchen:
    """Makes pages slowly, and counts them; all who make at once are waited for."""

    def __init__(self, answer: Callable[[], HttpResponse] = lambda: HttpResponse("page")) -> None:
        self.made = 0
        self.answer = answer
        self.crowd: threading.Barrier | None = None

    def __call__(self, _request: HttpRequest) -> HttpResponse:
        self.made += 1
        if self.crowd:
            with suppress(threading.BrokenBarrierError):
                self.crowd.wait(timeout=0.3)
        return mark(self.answer())


def new_server(kitchen: Kitchen) -> PageCache:
    """A process with nothing in memory."""
    kept.memory.cache_clear()
    return PageCache(kitchen)


def ask_together(cache: PageCache) -> list[bytes]:
    answers: list[bytes] = []

    def ask() -> None:
        answers.append(cache(asked()).content)
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(SEVERAL)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_control_a_page_never_seen_is_made_by_all_who_ask() -> None:
    kitchen = Kitchen()
    cache = new_server(kitchen)
    kitchen.crowd = threading.Barrier(SEVERAL)

    answers = ask_together(cache)

    assert kitchen.made == SEVERAL
    assert answers == [b"page"] * SEVERAL


def test_a_page_known_to_be_kept_is_made_again_once() -> None:
    kitchen = Kitchen()
    cache = new_server(kitchen)
    cache(asked())
    board().renew()
    kitchen.made, kitchen.crowd = 0, threading.Barrier(SEVERAL)

    answers = ask_together(cache)

    assert kitchen.made == 1
    assert answers == [b"page"] * SEVERAL


def test_who_waits_too_long_makes_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    kitchen = Kitchen()
    cache = new_server(kitchen)
    cache(asked())
    board().renew()
    for module in (boards, redis_board):
        monkeypatch.setattr(module, "WAIT_SECONDS", 0)
    others: list[bytes] = []

    def one_more() -> HttpResponse:
        if kitchen.made == 2:
            others.append(cache(asked()).content)
        return HttpResponse("page")

    kitchen.answer = one_more

    assert cache(asked()).content == b"page"
    assert others == [b"page"]
    assert kitchen.made == 3


def test_a_page_made_from_what_has_just_changed_is_not_kept() -> None:
    def changed_meanwhile() -> HttpResponse:
        board().renew()
        return HttpResponse("avant")

    kitchen = Kitchen(changed_meanwhile)
    cache = new_server(kitchen)
    assert cache(asked()).text == "avant"
    kitchen.answer = lambda: HttpResponse("après")

    assert cache(asked()).content == "après".encode()
    assert new_server(kitchen)(asked()).content == "après".encode()


def with_a_cookie() -> HttpResponse:
    response = HttpResponse("page")
    response.cookies = SimpleCookie({"jeton": "x"})
    return response


@pytest.mark.parametrize(
    "answer",
    [
        with_a_cookie,
        lambda: HttpResponse("page", headers={"Cache-Control": "private"}),
        lambda: HttpResponse("page", headers={"Cache-Control": "max-age=0, no-store"}),
        lambda: HttpResponse("page", status=404),
        lambda: HttpResponse("x" * (kept.LARGEST_PAGE + 1)),
        lambda: StreamingHttpResponse(["page"]),
    ],
    ids=["un cookie", "privé", "à ne pas garder", "404", "trop lourd", "au fil de l’eau"],
)
def test_an_answer_is_not_kept_when_it_has(answer: Callable[[], HttpResponse]) -> None:
    kitchen = Kitchen(answer)
    cache = new_server(kitchen)

    cache(asked())
    cache(asked())

    assert kitchen.made == 2


def test_an_answer_that_nobody_marked_is_not_kept() -> None:
    made: list[int] = []
    cache = new_server(lambda _request: made.append(1) or HttpResponse("page"))

    cache(asked())
    cache(asked())

    assert len(made) == 2


def test_the_first_pages_leave_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_PAGES", 2)
    cache = new_server(Kitchen())

    for number in range(3):
        cache(asked(f"/{number}/"))

    assert [address.path for address in pages_of(cache)] == ["/1/", "/2/"]


def test_the_first_pages_leave_when_they_weigh_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = new_server(Kitchen(lambda: HttpResponse("x" * 1000)))
    cache(asked("/0/"))
    (one,) = pages_of(cache).values()
    assert one.size > 1000 + len("Content-Type")
    monkeypatch.setattr(kept, "MOST_BYTES", 2 * one.size)

    for number in (1, 2, 2):
        cache(asked(f"/{number}/"))

    shelf = cache.memory.shelf(board().generation(), 0)
    assert [address.path for address in shelf.pages] == ["/1/", "/2/"]
    assert shelf.size == 2 * one.size


def pages_of(cache: PageCache) -> dict[kept.Address, kept.Kept]:
    return cache.memory.shelf(board().generation(), 0).pages


def test_without_its_board_the_site_answers_and_shows_nothing_old(settings: LazySettings) -> None:
    kitchen = Kitchen()
    cache = new_server(kitchen)
    cache(asked())
    before = settings.DATA_DIR, settings.REDIS_URL
    settings.DATA_DIR = before[0] / "absent"
    settings.REDIS_URL = before[1] and "unix:///nulle/part"

    assert [cache(asked()).content for _ in range(2)] == [b"page"] * 2
    assert kitchen.made == 3
    settings.DATA_DIR, settings.REDIS_URL = before
    assert not pages_of(cache)
