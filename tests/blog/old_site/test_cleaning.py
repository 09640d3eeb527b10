"""HTML of the old editor, and of attackers, made into our few pieces."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blog.old_site.cleaning import Quote, Text, pieces_of
from blog.old_site.composing import split_introduction
from blog.old_site.markup import TooDeep
from blog.old_site.pictures import Picture

ALLOWED = re.compile(
    r"</?(?:p|h2|h3|b|i|ul|ol|li|br/|hr/)>|<a href=\"(?:/|https?://|mailto:|tel:)[^\"]*\">|</a>"
)


def html_of(source: str, hosts: set[str] | None = None) -> str:
    pieces = pieces_of(source, "/blog/un-article", hosts)
    return "".join(piece.html for piece in pieces if isinstance(piece, Text))


def test_line_breaks_make_paragraphs() -> None:
    source = '<div class="paragraph">Un.<br /><br />Deux,<br/>suite.<br /><br /><br />&nbsp;</div>'

    assert html_of(source) == "<p>Un.</p><p>Deux,<br/>suite.</p>"


def test_styles_become_bold_and_italic() -> None:
    source = (
        '<p><span style="font-weight: bold">Un</span> <em>mot</em><font size="5"> et</font></p>'
    )

    assert html_of(source) == "<p><b>Un</b> <i>mot</i> et</p>"


def test_headings_take_two_levels_from_the_highest_used() -> None:
    source = "<h1>A</h1><p>x</p><h4><strong>B</strong></h4><p>y</p><h6>&#8203;</h6>"

    assert html_of(source) == "<h2>A</h2><p>x</p><h3>B</h3><p>y</p>"


def test_lists_keep_their_depth() -> None:
    source = (
        "<ul><li>Un<ol><li>deux</li></ol></li><li><p>trois</p><p>quatre</p></li><li> </li></ul>"
    )

    assert html_of(source) == (
        "<ul><li>Un<ol><li>deux</li></ol></li><li>trois<br/>quatre</li></ul>"
    )


def test_columns_are_read_one_after_the_other_and_figures_become_a_list() -> None:
    columns = "<table><tr><td><div>Gauche</div></td><td><div>Droite</div></td></tr></table>"
    figures = "<table><tr><th>An</th><th>Places</th></tr><tr><td>2017</td><td>12</td></tr></table>"

    assert html_of(columns) == "<p>Gauche</p><p>Droite</p>"
    assert html_of(figures) == "<ul><li>An : 2017 ; Places : 12</li></ul>"


def test_a_quotation_becomes_a_block_with_its_source() -> None:
    (quote,) = pieces_of("<blockquote>On apprend en faisant.<cite>— Une équipe</cite></blockquote>")

    assert quote == Quote("On apprend en faisant.", "Une équipe")


def test_a_quotation_with_a_link_or_too_long_stays_text() -> None:
    assert html_of('<blockquote><a href="https://a.fr/">Lire</a></blockquote>')
    assert html_of(f"<blockquote>{'mot ' * 200}</blockquote>").startswith("<p>mot")


def test_a_picture_keeps_its_words_and_prefers_the_larger_file() -> None:
    source = (
        '<div class="wsite-image"><a href="/uploads/1/x_orig.jpg"><img src="/uploads/1/x.jpg?14" '
        'alt="Une salle"/></a><div style="display:block;font-size:90%">La salle</div></div>'
    )

    (picture,) = pieces_of(source)

    assert picture == Picture(
        ("/uploads/1/x_orig.jpg", "/uploads/1/x.jpg?14"), "Une salle", "La salle"
    )


def test_the_editors_own_words_for_a_picture_describe_nothing() -> None:
    (picture,) = pieces_of('<img src="a.jpg" alt="Picture"/>')

    assert isinstance(picture, Picture)
    assert picture.alt == ""


def test_tracking_pixels_are_gone() -> None:
    assert pieces_of('<img src="https://t.invalid/p.gif" width="1" height="1"/>') == []
    assert pieces_of('<img src="data:image/gif;base64,R0lGOD"/>') == []


def test_frames_become_plain_links() -> None:
    video = html_of('<iframe src="//www.youtube.com/embed/abcdefghijk?wmode=opaque"></iframe>')
    other = html_of('<iframe src="https://outil.invalid/x"></iframe>')

    assert video == (
        '<p><a href="https://www.youtube.com/watch?v=abcdefghijk">Voir la vidéo sur YouTube</a></p>'
    )
    assert ">Voir le contenu sur outil.invalid</a>" in other


def test_links_inside_the_old_site_are_paths() -> None:
    source = (
        '<p><a href="http://www.ancien.fr/conseil.html">un</a> <a href="autre-article">deux</a> '
        '<a href="https://ailleurs.fr/">trois</a> <a href="javascript:alert(1)">quatre</a></p>'
    )

    assert html_of(source, {"ancien.fr"}) == (
        '<p><a href="/conseil.html">un</a> <a href="/blog/autre-article">deux</a> '
        '<a href="https://ailleurs.fr/">trois</a> quatre</p>'
    )


def test_french_spaces_and_quotation_marks_stay() -> None:
    assert html_of("<p>« Oui&nbsp;»&nbsp;!&nbsp;&nbsp; Non&#8203;.</p>") == (
        "<p>« Oui\u00a0»\u00a0! Non.</p>"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<p onclick="x()">a</p>',
        '<a href="&#106;avascript:x()">a</a>',
        '<a href="java\nscript:x()">a</a>',
        "<svg><script>x</script></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=x()>",
        '<img src="x" onerror="x()">',
        "<style>@import 'x'</style>",
        "<form action=//x><input name=a><button>b</button></form>",
        '<a href="data:text/html,x">a</a>',
        "<noscript><p title='</noscript><img src=x onerror=x()>'>",
        '<object data="javascript:x"></object><embed src="javascript:x">',
        "<!--<img src='--><img src=x onerror=x()>//'>",
        "\0<scr\0ipt>x</scr\0ipt>",
    ],
)
def test_nothing_that_acts_comes_through(hostile: str) -> None:
    html = html_of(hostile)

    assert not re.sub(ALLOWED, "", html).count("<")
    assert "javascript:" not in html


def test_tags_by_the_hundred_thousand_are_refused() -> None:
    with pytest.raises(TooDeep):
        pieces_of("<div>" * 100_000 + "x")


def test_deep_tags_that_a_person_may_have_made_are_read() -> None:
    assert html_of("<div><span>" * 400 + "le texte" + "</span></div>" * 400) == "<p>le texte</p>"


FRAGMENTS = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<a href='/x'>", "</a>", "<br>", "<h3>",
     "</h3>", "<table>", "<tr>", "<td>", "</table>", "<blockquote>", "</blockquote>", "<img src=a>",
     "<script>", "</script>", "<iframe src=//a.b>", "<!--", "-->", "<a href=javascript:x>", "&lt;",
     "&nbsp;", " ", "mot", "«", "\0", "<svg onload=x>", "<div style='font-weight:bold'>", "</div>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@example("<div style='font-weight:bold'><a href='/x'>mot")
@example("<ul><b><h3>\xad")
@given(st.lists(FRAGMENTS | st.text(max_size=6), max_size=40).map("".join))
def test_any_soup_gives_safe_text_and_cleaning_again_changes_nothing(soup: str) -> None:
    html = html_of(soup)

    assert not re.sub(ALLOWED, "", html).count("<")
    assert html_of(html) == html


def test_the_introduction_is_the_first_paragraph_said_once() -> None:
    introduction, rest = split_introduction([Text("<p>Le <b>début</b>.</p><p>La suite.</p>")], 600)

    assert introduction == "Le début."
    assert rest == [Text("<p>La suite.</p>")]


def test_a_long_first_paragraph_is_parted_after_a_sentence() -> None:
    first, second = "Une phrase de début. ", "Une autre, plus longue, qui dit le reste."

    introduction, rest = split_introduction([Text(f"<p>{first}{second}</p>")], 40)

    assert introduction == first.strip()
    assert rest == [Text(f"<p>{second}</p>")]


def test_a_first_paragraph_with_a_link_keeps_its_link() -> None:
    pieces = [Text('<p>Voir <a href="/x">ici</a>.</p><p>Fin.</p>')]

    introduction, rest = split_introduction(list(pieces), 600)

    assert introduction == "Voir ici."
    assert rest == pieces
