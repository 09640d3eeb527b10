"""Rich text as data for a document."""

import pytest

from site_enys.rich_text import blocks_of, texts_of


def run(text, *, bold=False, italic=False):
    return {"text": text, "bold": bold, "italic": italic}


def p(*runs):
    return {"kind": "p", "runs": list(runs)}


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("<p> </p>", []),
        ("<p>Un.</p><p>Deux.</p>", [p(run("Un.")), p(run("Deux."))]),
        ("sans balise", [p(run("sans balise"))]),
        (
            "<p>a <b>b <i>c</i></b></p>",
            [p(run("a "), run("b ", bold=True), run("c", bold=True, italic=True))],
        ),
        ("<p>a<br/>b</p>", [p(run("a"), run("\n"), run("b"))]),
        ("<p>&lt;b&gt; &amp; c</p>", [p(run("<b> & c"))]),
        (
            "<ul><li>un</li><li>deux</li></ul>",
            [{"kind": "ul", "items": [[p(run("un"))], [p(run("deux"))]]}],
        ),
        (
            "<ol><li>un<ul><li>dedans</li></ul></li></ol>",
            [
                {
                    "kind": "ol",
                    "items": [[p(run("un")), {"kind": "ul", "items": [[p(run("dedans"))]]}]],
                }
            ],
        ),
        ("<div class='rich-text'><p>x</p></div><!-- y -->", [p(run("x"))]),
    ],
)
def test_paragraphs_lists_and_stresses_are_kept(html, blocks):
    assert blocks_of(html) == blocks


def test_its_plain_texts_are_those_of_its_paragraphs():
    html = "<h2>Méthode</h2><p>Écrire <b>seul</b> &amp; relire</p><ul><li>Un</li><li>Deux</li></ul>"

    assert texts_of(html) == ["Méthode", "Écrire seul & relire", "Un", "Deux"]
