"""Figures drawn by the server: what is drawn, what is read aloud, and the same in a table."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

from django.template.loader import render_to_string

import pytest

from site_enys.charts import WIDTH, Bar, columns, horizontal_bars, stacked_scale

WORDS = ("Pas du tout", "Plutôt non", "Plutôt oui", "Tout à fait")


def drawing(chart):
    return ElementTree.fromstring(chart.svg)  # noqa: S314 - our own


def widths(chart, css):
    found = drawing(chart).iter("rect")
    return [float(bar.get("width")) for bar in found if bar.get("class") == css]


def test_bars_are_as_long_as_their_values():
    chart = horizontal_bars("Par mois", [Bar("Mars", 10, "10"), Bar("Avril", 5, "5")])

    long, short = widths(chart, "chart__bar")
    assert long == 2 * short
    assert chart.rows == (("Mars", "10"), ("Avril", "5"))


@pytest.mark.parametrize(("value", "share"), [(50, 0.5), (100, 1), (140, 1), (-3, 0), (0, 0)])
def test_a_bar_stays_within_the_whole_that_is_given(value, share):
    chart = horizontal_bars("Taux", [Bar("A", value, "…")], most=100)

    assert widths(chart, "chart__bar") == [pytest.approx(share * (WIDTH - 70))]


def test_the_marks_of_a_scale_share_the_line():
    chart = stacked_scale("Avis", WORDS, [("Utile", (1, 0, 2, 1))])

    drawn = [widths(chart, f"chart__s{mark}") for mark in (1, 2, 3, 4)]
    # The last of each is its square in the legend.
    assert [part[:-1] for part in drawn] == [[WIDTH / 4], [], [WIDTH / 2], [WIDTH / 4]]
    assert chart.headings == ("Question", *WORDS)


def test_a_question_without_an_answer_says_so():
    assert "aucune réponse" in stacked_scale("Avis", WORDS, [("Utile", (0, 0, 0, 0))]).svg


def test_columns_are_as_high_as_their_values():
    chart = columns("Mois", [Bar("01", 4, "4"), Bar("02", 1, "1")])

    high, low = [float(bar.get("height")) for bar in drawing(chart).iter("rect")]
    assert high == 4 * low


@pytest.mark.parametrize(
    "chart",
    [
        horizontal_bars("Titre", [Bar("A", 1, "un"), Bar("B", 2, "deux")]),
        stacked_scale("Titre", WORDS, [("A", (1, 2, 3, 4))]),
        columns("Titre", [Bar("A", 1, "un")]),
        horizontal_bars("Titre", []),
        columns("Titre", []),
    ],
)
def test_a_drawing_is_one_image_with_a_title_a_description_and_no_style(chart):
    tree = drawing(chart)

    assert tree.get("role") == "img"
    assert tree.findtext("title") == "Titre"
    assert tree.findtext("desc")
    assert not re.search(r"style=|<script|fill=", chart.svg)
    html = render_to_string("components/chart.html", {"chart": chart})
    assert html.count("<tr>") == 1 + len(chart.rows)


def test_what_people_typed_is_text_and_never_markup():
    hostile = '<script>alert("x")</script> 🎉'

    chart = horizontal_bars(hostile, [Bar(hostile, 1, hostile)], headings=(hostile, hostile))

    tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append(tag)

    Reader().feed(render_to_string("components/chart.html", {"chart": chart}))
    assert "script" not in tags


def test_a_long_label_goes_to_the_next_line():
    one = stacked_scale("T", WORDS, [("Court", (1, 1, 1, 1))])
    two = stacked_scale("T", WORDS, [("Un intitulé " * 6, (1, 1, 1, 1))])

    heights = [float(drawing(c).get("viewBox").split()[3]) for c in (one, two)]
    assert heights[1] == heights[0] + 15
