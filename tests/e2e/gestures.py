"""What people do on a page, in the words that they read there."""

import re
from collections.abc import Mapping

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

MOST_TABS = 80
NOT_ALLOWED = "vous n'avez pas les autorisations pour accéder à cette zone"  # Wagtail's words


def field(page: Page | Locator, label: str) -> Locator:
    """The field of a public form that bears this label, required or not."""
    return page.get_by_label(re.compile(rf"^{label} \((obligatoire|facultatif)\)\s*$"))


def fill_in(page: Page, answers: Mapping[str, str]) -> None:
    for label, answer in answers.items():
        field(page, label).fill(answer)


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()


def tab_to(page: Page, words: str) -> None:
    """Press the tabulation key until the focus is on what says exactly `words`."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if focused_words(page) == words:
            return
    raise AssertionError(f"« {words} » n’est pas atteint par la touche de tabulation")


def focused_words(page: Page) -> str:
    return asked(page, "document.activeElement.innerText.trim()")


def scrolls_sideways(page: Page) -> bool:
    return asked(page, "document.scrollingElement.scrollWidth > window.innerWidth")


def asked(page: Page, question: str):
    """What the page answers once it is there: a click may have led to one still on its way."""
    page.wait_for_load_state()
    return page.evaluate(question)


def axe_finds(page: Page, *, but: tuple[str, ...] = (), **options: object) -> list[str]:
    """What axe says of the page as it stands: empty when it finds nothing."""
    page.wait_for_load_state()
    violations = Axe().run(page, options=options or None).response["violations"]
    return [told(fault) for fault in violations if fault["id"] not in but]


def told(fault: dict) -> str:
    places = "\n".join(f"  {node['target']} {node['html']}" for node in fault["nodes"])
    return f"{fault['id']} : {fault['help']}\n{places}"
