"""Journeys in a real Chromium, against a real server, on committed data.

`page` fails the test when the browser complains: an error in the console, a blocked script or
style, an answer 500, a request that leaves this machine. `page_without_javascript` is the same
with JavaScript off. `check_accessibility(page)` runs axe, colour contrast included.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.tools import find_chromium

HERE = Path(__file__).parent
TIMEOUT_MS = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, where Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = os.environ.get("CHROMIUM") or find_chromium.find()
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


@contextmanager
def watched_page(browser: Browser, base_url: str, **options: object) -> Iterator[Page]:
    context = browser.new_context(base_url=base_url, locale="fr-FR", **options)
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    complaints: list[str] = []

    def on_response(response: Response) -> None:
        if response.status >= 500:
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


def is_complaint(message) -> bool:
    """An error, but for the line that Chromium writes for each 4xx answer."""
    return message.type == "error" and "the server responded with a status of 4" not in message.text


@pytest.fixture
def check_accessibility() -> Callable[[Page], None]:
    def check(page: Page) -> None:
        report = Axe().run(page)
        assert report.violations_count == 0, report.generate_report()

    return check
