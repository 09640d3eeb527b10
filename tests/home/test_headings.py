"""The contents of a long page: an anchor on each heading, and the list that leads to them."""

from django.template import Context, Template

import pytest

from home.services.headings import Heading, anchored, nested


def read(html: str) -> tuple[str, list[Heading]]:
    headings: list[Heading] = []
    return anchored(html, headings), headings


def test_each_heading_has_an_anchor_made_of_its_words() -> None:
    html, headings = read('<h2 class="a">Vos droits</h2><p>…</p><h3>Effacer&nbsp;?</h3>')

    assert html.startswith('<h2 id="vos-droits" class="a">Vos droits</h2>')
    assert [(it.anchor, it.level) for it in headings] == [("vos-droits", 2), ("effacer", 3)]


def test_two_headings_of_the_same_words_are_told_apart() -> None:
    _, headings = read("<h2>Prix</h2><h2>Prix</h2>")

    assert [it.anchor for it in headings] == ["prix", "prix-2"]


def test_an_anchor_leaves_the_ids_of_the_rest_alone() -> None:
    _, headings = read('<div id="prix"></div><h2>Prix</h2>')

    assert headings[0].anchor == "prix-2"


def test_a_heading_that_names_something_keeps_its_id() -> None:
    html, headings = read('<section aria-labelledby="donnees"><h2 id="donnees">Vos données</h2>')

    assert 'id="donnees"' in html
    assert headings[0].anchor == "donnees"


@pytest.mark.parametrize("opened", ["<h2>", "<h2 "])
def test_a_heading_that_is_never_closed_is_left_to_the_next_one(opened: str) -> None:
    html, headings = read(f"{opened}perdu<h2>Prix</h2>")

    assert html == f'{opened}perdu<h2 id="prix">Prix</h2>'
    assert [it.text for it in headings] == ["Prix"]


def test_smaller_headings_stand_under_the_one_above() -> None:
    _, headings = read("<h2>Un</h2><h3>Un bis</h3><h2>Deux</h2>")

    assert [(it.text, [part.text for part in it.parts]) for it in nested(headings)] == [
        ("Un", ["Un bis"]),
        ("Deux", []),
    ]


@pytest.mark.parametrize(("count", "led"), [(2, 0), (3, 3)])
def test_a_page_of_two_chapters_does_without_contents(count: int, led: int) -> None:
    source = "{% load headings %}{% with_contents as text %}{{ html|safe }}{% endwith_contents %}"
    context = Context({"html": "".join(f"<h2>Titre {n}</h2>" for n in range(count))})

    Template(source).render(context)
    Template(source + "{{ text.headings|length }}").render(context)

    assert len(context["text"].headings) == led
