"""Journeys in a real Chromium, against a real server that holds the demonstration content.

`page` fails the test when the browser complains: an error in the console, a blocked script or
style, a missing file, an answer 500, a request that leaves this machine. `visitor` is that page
twice, with and without JavaScript; `sign_in("formation")` is the page of a demonstration account.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.test import Client

import pytest
from playwright.sync_api import Browser, Page, Response, expect, sync_playwright

from site_enys.models import User
from tests.e2e.demo_content import DemoContent, GivenBackAfterEachTest
from tests.harness.indexing import pages_followed
from tests.tools import find_chromium

HERE = Path(__file__).parent
TIMEOUT_MS = 20_000  # a busy machine is slow, and no journey waits without reason
DESKTOP = {"width": 1440, "height": 900}
# The temporary file of a new rendition, closed by the garbage collector.
WAGTAIL_LEAVES_OPEN = "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
PHONE = {"width": 390, "height": 844}
SMALLEST = {"width": 320, "height": 640}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.filterwarnings(WAGTAIL_LEAVES_OPEN))


@pytest.fixture(scope="package")
def demo_content(
    django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DemoContent]:
    content = DemoContent(tmp_path_factory.mktemp("demonstration"))
    with django_db_blocker.unblock(), pages_followed():
        content.load()
        with GivenBackAfterEachTest(content):
            yield content


@pytest.fixture(autouse=True)
def _a_site_with_content(demo_content: DemoContent, transactional_db: None, settings) -> None:
    demo_content.give_back_files()
    # A browser fills a form in faster than people do; the trap has a test of its own.
    settings.FORM_MIN_SECONDS = 0


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, where Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = os.environ.get("CHROMIUM") or find_chromium.find()
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    with watched_page(browser, live_server.url) as page:
        yield page


@pytest.fixture
def page_without_javascript(browser: Browser, live_server) -> Iterator[Page]:
    with watched_page(browser, live_server.url, java_script_enabled=False) as page:
        yield page


@pytest.fixture(params=[True, False], ids=["avec JavaScript", "sans JavaScript"])
def visitor(request: pytest.FixtureRequest, browser: Browser, live_server) -> Iterator[Page]:
    """Somebody who reads the site: each of her journeys is made twice."""
    with watched_page(browser, live_server.url, java_script_enabled=request.param) as page:
        yield page


@pytest.fixture
def sign_in(browser: Browser, live_server) -> Iterator[Callable[[str], Page]]:
    """`sign_in("recrutement")`: the admin as that demonstration account sees it."""
    with ExitStack() as opened:

        def sign_in(username: str) -> Page:
            client = Client()
            backend = "django.contrib.auth.backends.ModelBackend"
            client.force_login(User.objects.get(username=username), backend=backend)
            page = opened.enter_context(watched_page(browser, live_server.url))
            name = settings.SESSION_COOKIE_NAME
            session = client.cookies[name].value
            page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
            return page

        yield sign_in


@contextmanager
def watched_page(browser: Browser, base_url: str, **options: object) -> Iterator[Page]:
    options = {"base_url": base_url, "locale": "fr-FR", "viewport": DESKTOP} | options
    context = browser.new_context(**options)
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    complaints: list[str] = []

    def on_response(response: Response) -> None:
        # A page may answer 404, 410 or 422 and be right; what it is made of must be there.
        worst = 499 if response.request.is_navigation_request() else 399
        if response.status > worst and not is_unfinished_draft(response):
            complaints.append(f"{response.status} {response.url}")
        if not response.url.startswith((base_url, "data:", "blob:")):
            complaints.append(f"requête vers {response.url}")

    page.on("response", on_response)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if is_complaint(message) else None,
    )
    yield page
    context.close()
    assert complaints == []


def is_unfinished_draft(response: Response) -> bool:
    """Wagtail saves a page while it is typed; 400 is how it answers that no title is there yet."""
    request = response.request
    return (
        response.status == 400
        and request.method == "POST"
        and "application/json" in request.headers.get("accept", "")
        and "/admin/pages/" in response.url
    )


def is_complaint(message) -> bool:
    """An error, but for the line that Chromium writes for each 4xx answer."""
    return message.type == "error" and "the server responded with a status of 4" not in message.text
