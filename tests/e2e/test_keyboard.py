"""The keyboard alone: what has the focus is seen and large enough, what opens gives it back."""

import pytest
from playwright.sync_api import Page, expect

from formation.enums import Availability
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.found import session_now, sign_up_address, silent_post
from tests.e2e.gestures import asked, focused_words, press, tab_to

MOST_STOPS = 140
CONTACT = "/infos-administratives/contact/"
#: What is focused: out of the window, under something else (WCAG 2.4.11), or small (2.5.8).
FAULT = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return {end: true};
  if (it.tabIndex < 0) return {};
  const box = it.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  const label = it.labels?.[0];
  const seen = top && (it.contains(top) || top.contains(it) || label?.contains(top));
  const away = y < 0 || y > innerHeight || x < 0 || x > innerWidth;
  const drawn = label?.contains(it) ? label.getBoundingClientRect() : box;
  const inline = getComputedStyle(it).display === "inline";
  const small = !inline && (drawn.width < 24 || drawn.height < 24);
  const told = away ? "hors de la fenêtre" : !seen ? "couvert" : small ? "trop petit" : "";
  const again = it.dataset.stop === "1";
  it.dataset.stop = "1";
  return {end: again, told, words: (it.innerText || it.name || it.tagName).trim().slice(0, 60)};
}"""


def faults_along(page: Page) -> list[str]:
    """What is wrong at each stop of the tabulation key, and with their number."""
    faults = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = asked(page, FAULT)
        if stop.get("end"):
            return faults
        if stop.get("told"):
            faults.append(f"{stop['words']} : {stop['told']}")
    return [*faults, "la touche de tabulation n’en finit pas"]


def addresses(screen: dict[str, int]) -> list[str]:
    """What sticks or stands beside differs from one width to the other."""
    course = session_now(Availability.OPEN).course.url
    if screen is PHONE:
        return ["/#contenu", course, CONTACT]
    sign_up = sign_up_address(session_now(Availability.OPEN))
    return [course, sign_up, CONTACT, silent_post().url]


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["bureau", "téléphone"])
def test_what_has_the_focus_is_seen_and_large_enough(screen: dict[str, int], page: Page) -> None:
    page.set_viewport_size(screen)
    page.emulate_media(reduced_motion="reduce")
    faults = {}
    for address in addresses(screen):
        page.goto(address)
        if found := faults_along(page):
            faults[address] = found

    assert faults == {}


def test_the_skip_link_is_seen_wherever_the_page_is_scrolled(page: Page) -> None:
    page.goto("/")
    tab_to(page, "Aller au contenu")
    page.evaluate("scrollTo({top: 900, behavior: 'instant'})")

    expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()


def test_a_form_that_comes_back_is_read_from_its_errors(visitor: Page) -> None:
    visitor.goto(CONTACT)
    press(visitor, "Envoyer le message")
    summary = visitor.get_by_role("alert")

    expect(summary).to_be_focused()
    expect(visitor).to_have_title("Erreur\u00a0: Contact — ENYS Conseil")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    assert asked(visitor, "document.activeElement.getAttribute('aria-invalid')") == "true"


def test_so_is_one_that_was_reached_by_the_skip_link(page: Page) -> None:
    page.goto(f"{CONTACT}#contenu")
    press(page, "Envoyer le message")

    expect(page.get_by_role("alert")).to_be_focused()


def test_the_menu_of_a_phone_closes_with_escape_and_gives_the_focus_back(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/conseil/")
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Menu principal")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(page.get_by_role("navigation", name="Menu principal")).to_be_hidden()
    assert focused_words(page) == "Menu"


def test_so_does_the_page_that_opens_over_the_home(page: Page) -> None:
    page.goto("/#contenu")
    tab_to(page, "L’ingénieur social")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Fermer")).to_be_focused()
    page.keyboard.press("Escape")

    assert focused_words(page) == "L’ingénieur social"
