"""One request makes a page, whoever asks meanwhile; what changes while it is made is not kept."""

import threading
from collections.abc import Callable
from http.cookies import SimpleCookie

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

import pytest

from site_enys.page_cache import generation, middleware
from site_enys.page_cache.middleware import PageCache
from site_enys.page_cache.shared import mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]
SEVERAL = 4


def asked() -> HttpRequest:
    return RequestFactory().get("/page/")


class Kitchen:
    """Makes pages slowly, and counts them; all who make at once are waited for."""

    def __init__(self, answer: Callable[[], HttpResponse] = lambda: HttpResponse("page")) -> None:
        self.made = 0
        self.answer = answer
        self.crowd: threading.Barrier | None = None

    def __call__(self, _request: HttpRequest) -> HttpResponse:
        self.made += 1
        if self.crowd:
            self.crowd.wait(timeout=0.3)
        return mark(self.answer())


def ask_together(cache: PageCache) -> list[bytes]:
    answers: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: answers.append(cache(asked()).content))
        for _ in range(SEVERAL)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_control_a_page_never_seen_is_made_by_all_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    kitchen = Kitchen()
    cache = PageCache(kitchen)
    kitchen.crowd = threading.Barrier(SEVERAL)
    monkeypatch.setattr(cache, "look", lambda _now: (1, 1))

    answers = ask_together(cache)

    assert kitchen.made == SEVERAL
    assert answers == [b"page"] * SEVERAL


def test_a_page_known_to_be_kept_is_made_again_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kitchen = Kitchen()
    cache = PageCache(kitchen)
    cache(asked())
    seen = cache.generation
    cache.pages.clear()
    monkeypatch.setattr(cache, "look", lambda _now: seen)
    kitchen.made = 0

    answers = ask_together(cache)

    assert kitchen.made == 1
    assert answers == [b"page"] * SEVERAL


def test_who_waits_too_long_makes_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    kitchen = Kitchen()
    cache = PageCache(kitchen)
    cache(asked())
    monkeypatch.setattr(middleware, "WAIT_SECONDS", 0)
    cache.pages.clear()
    (maker,) = cache.makers.values()

    with maker:
        assert cache(asked()).content == b"page"

    assert kitchen.made == 2
    assert not maker.locked()


def test_a_page_made_from_what_has_just_changed_is_not_kept() -> None:
    def changed_meanwhile() -> HttpResponse:
        generation.renew()
        cache.look(middleware.timezone.now())
        return HttpResponse("avant")

    cache = PageCache(Kitchen(changed_meanwhile))

    assert cache(asked()).content == b"avant"
    assert not cache.pages


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
        lambda: HttpResponse("x" * (middleware.MOST_BYTES + 1)),
        lambda: StreamingHttpResponse(["page"]),
    ],
    ids=["un cookie", "privé", "à ne pas garder", "404", "trop lourd", "au fil de l’eau"],
)
def test_an_answer_is_not_kept_when_it_has(answer: Callable[[], HttpResponse]) -> None:
    kitchen = Kitchen(answer)
    cache = PageCache(kitchen)

    cache(asked())
    cache(asked())

    assert kitchen.made == 2


def test_an_answer_that_nobody_marked_is_not_kept() -> None:
    made: list[int] = []
    cache = PageCache(lambda _request: made.append(1) or HttpResponse("page"))

    cache(asked())
    cache(asked())

    assert len(made) == 2


def test_the_oldest_pages_leave_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "MOST_PAGES", 2)
    cache = PageCache(Kitchen())

    for number in range(3):
        cache(RequestFactory().get(f"/{number}/"))

    assert [key[2] for key in cache.pages] == ["/1/", "/2/"]
    assert set(cache.makers) == set(cache.pages)
