"""E-mails: both parts say the same, in the colours of the site, and ask nothing of any machine."""

import re
from html import unescape

import pytest
from bs4 import BeautifulSoup

from site_enys.contrast import contrast
from site_enys.letters import compose, kinds, when_sent, wrapped
from site_enys.letters.clothes import DARK, LIGHT, dress
from site_enys.letters.examples import example_of
from site_enys.letters.text import as_text

#: To whom, and when.
SENTENCE = re.compile(r"(?:À|Aux?) .+\.")
#: What makes a reader ask another machine.
ASKS = re.compile(r"<(?:img|link|script|object|iframe)\b|\bsrc=|url\(|@import")


@pytest.fixture(scope="module")
def letters():
    return {kind: example_of(kind) for kind in kinds()}


def said(html: str) -> str:
    return as_text(BeautifulSoup(html, "html.parser"))


def test_every_kind_has_an_example_and_says_when_it_is_sent(letters):
    assert [kind for kind, letter in letters.items() if letter is None] == []
    assert [
        kind for kind in kinds() if not re.fullmatch(r"Aux? .+\.|À .+\.", when_sent(kind))
    ] == []


def test_both_parts_lead_to_the_same_places(letters):
    for kind, letter in letters.items():
        in_html = {unescape(link) for link in re.findall(r'href="([^"]+)"', letter.html)}
        in_text = set(re.findall(r"https?://[^\s)]+", letter.text))

        assert in_html <= in_text, kind
        # The room of an interview is shown as it was typed.
        assert {link for link in in_text - in_html if "visio" not in link} == set(), kind


def test_the_subject_is_short_and_says_first_what_it_is_about(letters):
    for kind, letter in letters.items():
        assert len(letter.subject) < 90, kind
        assert not re.match(r"[A-Z]+-\d{4}-\d+", letter.subject), kind


def test_nothing_is_asked_of_another_machine(letters):
    for kind, letter in letters.items():
        assert not ASKS.search(letter.html), kind


def test_the_page_has_its_language_its_title_and_one_heading_of_the_first_level(letters):
    for kind, letter in letters.items():
        page = BeautifulSoup(letter.html, "html.parser")

        assert page.html["lang"] == "fr", kind
        assert page.title.get_text() == letter.subject, kind
        assert [heading.get_text() for heading in page.find_all("h1")] == [letter.subject], kind


def test_what_is_shown_before_opening_is_the_message_and_not_its_greeting(letters):
    page = BeautifulSoup(letters["formation_received"].html, "html.parser")

    assert page.body.div.get_text().startswith("Nous avons bien reçu votre demande")


def test_what_somebody_typed_is_text_in_both_parts():
    letter = compose("compte_mot_de_passe", {"username": "<b>&</b>", "url": "/x", "hours": 3})

    assert "«\u00a0<b>&</b>\u202f»" in letter.text
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in letter.html


@pytest.mark.parametrize(("html", "text"), [
    ('<p>Lisez <a href="https://a.test">la page</a>.</p>', "Lisez la page\u00a0: https://a.test"),
    ('<p><a href="https://a.test">La page</a> dit tout.</p>', "La page (https://a.test) dit tout."),
    ('<p>Voir <a href="https://a.test">https://a.test</a>.</p>', "Voir https://a.test"),
    ("<table><tr><th>Lieu</th><td>Lyon</td></tr></table>", "Lieu\u00a0: Lyon"),
    ("<h2>Dates</h2><ul><li>lundi</li><li>mardi</li></ul>", "Dates\u00a0:\n- lundi\n- mardi"),
    ("<blockquote><p>Un.</p><p>Deux.</p></blockquote>", "> Un.\n>\n> Deux."),
    ("<p>Bien à vous,<br>\n  Léa</p>", "Bien à vous,\nLéa"),
])  # fmt: skip
def test_the_text_is_read_from_the_html(html, text):
    assert said(html) == text


def test_lines_are_folded_and_addresses_are_not_cut():
    address = "https://exemple.test/" + "a" * 100
    folded = wrapped(f"{'mot ' * 40}\n> {'cité ' * 30}\n- {address}").split("\n")

    assert all(len(line) <= 74 for line in folded if address not in line)
    assert f"- {address}" in folded or f"  {address}" in folded
    assert [line for line in folded if "cité" in line and not line.startswith("> ")] == []


def test_a_link_that_acts_is_a_cell_with_its_own_ground():
    page = BeautifulSoup('<p class="act"><a href="/x">Oui</a></p>', "html.parser")

    html = dress(page, {})

    assert f'<td bgcolor="{LIGHT["petrol"]}" class="button"><a class="button" href="/x">' in html


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_each_text_can_be_read_on_its_ground(colours):
    for ground in ("paper", "sheet"):
        for ink in ("ink", "ink_soft", "petrol", "accent"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert contrast(colours["on_petrol"], colours["petrol"]) >= 4.5
