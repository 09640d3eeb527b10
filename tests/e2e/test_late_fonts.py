"""On a slow telephone our fonts come late: the text stays where it was being read."""

import pytest
from playwright.sync_api import Page, Route

PHONE = {"width": 390, "height": 844}
MOST = 0.02  # a fifth of what is called good
ONLY_TITLES_OR_TEXT = ("Titres Georgia", "Titres Times", "Titres Noto", "Texte Arial")
SHIFTS = """window.moved = 0; new PerformanceObserver(seen => {
  for (const shift of seen.getEntries()) window.moved += shift.value;
}).observe({type: "layout-shift", buffered: true})"""


@pytest.mark.parametrize(
    "address", ["/", "/blog/preparer-evaluation-has/", "/formation/evaluation-has/"]
)
@pytest.mark.parametrize("absent", [(), ONLY_TITLES_OR_TEXT], ids=["at hand", "other fonts"])
def test_a_text_being_read_does_not_move_when_our_fonts_arrive(
    page: Page, address: str, absent: tuple[str, ...]
) -> None:
    late: list[Route] = []
    page.set_viewport_size(PHONE)
    page.add_init_script(SHIFTS)
    page.route("**/*.woff2", lambda route: late.append(route))  # noqa: PLW0108 - Playwright marks it
    page.route("**/site.css", lambda route: without(route, absent))

    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_timeout(400)
    for route in late:
        route.continue_()
    page.unroute("**/*.woff2")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)

    assert len(late) >= 2
    assert page.evaluate("window.moved") < MOST


def without(route: Route, absent: tuple[str, ...]) -> None:
    """The sheet of a system that has not these fonts."""
    sheet = route.fetch()
    text = sheet.text()
    for family in absent:
        text = text.replace(f'"{family}"; ', '"Absente"; ')
    route.fulfill(response=sheet, body=text)
