"""How long an article is to read, and its table of contents."""

import json
import re
from datetime import date

from django.utils import timezone

from wagtail.blocks import StreamValue

import pytest
import wagtail_factories

from blog.models import PostPage
from blog.services.reading import read
from tests.factories.blog import AuthorFactory, CommentFactory, PostPageFactory

LONG = "<p>" + "mot " * 601 + "</p>"


def reading(*blocks):
    body = PostPage._meta.get_field("body").stream_block
    return read(StreamValue(body, list(blocks)), {})


def text(html):
    return ("paragraph", html)


def anchors(*blocks):
    return [heading.anchor for heading in reading(*blocks).headings]


@pytest.mark.parametrize(
    ("words", "minutes"),
    [(0, 1), (1, 1), (200, 1), (299, 1), (300, 2), (400, 2), (800, 4), (2000, 10)],
)
def test_two_hundred_words_are_read_in_a_minute_and_nothing_in_less(words, minutes):
    assert reading(text("<p>" + "mot " * words + "</p>")).minutes == minutes


def test_words_are_counted_as_people_count_them():
    html = "<p>L’évaluation&nbsp;: qu’est-ce que c’est&#8239;? <b>Rendez-vous</b> à 9&nbsp;h.</p>"

    assert reading(text(html)).words == 8


@pytest.mark.django_db
def test_words_of_every_block_count_but_not_those_of_other_pages():
    words = reading(
        ("heading", {"text": "Un titre", "lead": "Trois mots là"}),
        ("quote", {"text": "Deux mots", "source": "Elle"}),
        ("teaser", {"kind": "posts", "count": 3}),
    ).words

    assert words == 8


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
def test_captions_are_read_too():
    picture = {"image": wagtail_factories.ImageFactory(), "caption": "Une légende de cinq mots"}

    assert reading(("picture", picture | {"width": "text"})).words == 5


def test_headings_have_anchors_made_of_their_words_without_accents():
    html = "<h2>L’œuvre « évaluée »</h2><h3>Chargé·e de <b>projet</b></h3><h2>Déjà&nbsp;!</h2>"

    assert anchors(text(html)) == ["l-oeuvre-evaluee", "chargee-de-projet", "deja"]
    assert '<h2 id="l-oeuvre-evaluee">' in reading(text(html)).html


def test_two_anchors_are_never_the_same_in_a_page():
    heading = ("heading", {"text": "Suite", "lead": ""})

    found = reading(text("<h2>Suite</h2><h3>Suite</h3>"), heading, text("<h2>Suite 2</h2>"))

    assert [h.anchor for h in found.headings] == ["suite", "suite-2", "suite-3", "suite-2-2"]
    ids = re.findall(r'id="([^"]*)"', found.html)
    assert ids == [h.anchor for h in found.headings]


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Commentaires", "commentaires-2"),
        ("Contenu", "contenu-2"),
        ("Sommaire", "sommaire-2"),
        ("人", "partie"),
        ("·", "partie"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "scriptalert1script"),
    ],
)
def test_an_anchor_is_never_that_of_something_else_nor_empty(title, anchor):
    assert anchors(text(f"<h2>{title}</h2>")) == [anchor]


def test_an_empty_heading_leads_nowhere():
    assert anchors(text("<h2></h2><h2> </h2><h3>Un</h3>")) == ["un"]


def test_the_contents_are_for_long_texts_with_several_parts():
    three = "<h2>Un</h2><h2>Deux</h2><h2>Trois</h2>"
    short = "<p>" + "mot " * 597 + "</p>"

    assert [h.text for h in reading(text(three + LONG)).contents] == ["Un", "Deux", "Trois"]
    assert reading(text("<h2>Un</h2><h2>Deux</h2>" + LONG)).contents == []
    assert reading(text(three + short)).contents == []  # 600 words


def test_smaller_headings_stand_under_theirs():
    html = "<h3>Avant</h3><h2>Un</h2><h3>Un a</h3><h3>Un b</h3><h2>Deux</h2>"

    contents = reading(text(html + LONG)).contents

    assert [(h.text, [part.text for part in h.parts]) for h in contents] == [
        ("Avant", []),
        ("Un", ["Un a", "Un b"]),
        ("Deux", []),
    ]


def test_a_very_long_text_is_quick():
    html = "<h2>Un</h2>" + "<p>mot</p>" * 100_000 + "<h2 " * 10_000

    assert reading(text(html)).words > 100_000


@pytest.mark.django_db
def test_the_page_shows_the_contents_and_how_long_it_takes(client):
    three = "<h2>Un début</h2><h2>Deux</h2><h2>Trois</h2>"
    post = PostPageFactory(body=[text(three + LONG)])

    html = client.get(post.url).content.decode()

    assert "3&nbsp;min de lecture" in html
    assert html.count('<a href="#un-debut">Un début</a>') == 2  # folded above, or beside
    assert '<h2 id="un-debut">' in html
    assert "<summary>Sommaire</summary>" in html


@pytest.mark.django_db
def test_a_short_article_has_no_contents(client):
    html = client.get(PostPageFactory().url).content.decode()

    assert "1&nbsp;min de lecture" in html
    assert "Sommaire" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("updated", "shown"),
    [(None, False), ("2026-03-09", False), ("2026-03-10", False), ("2026-03-11", True)],
)
def test_an_update_shows_only_when_it_came_later(client, updated, shown):
    post = PostPageFactory(updated=updated and date.fromisoformat(updated))

    html = client.get(post.url).content.decode()

    assert ("mis à jour le" in html) is shown
    assert ("article:modified_time" in html) is shown


def data_of(client, post):
    html = client.get(post.url).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
def test_search_engines_read_what_the_page_says(client):
    post = PostPageFactory(
        title="Évaluer </script> & comprendre",
        tag_names=["DEIS", "Enfance"],
        updated=date(2026, 4, 1),
        author=AuthorFactory(name="Awa Diop", slug="awa", role="Cheffe"),
        image=wagtail_factories.ImageFactory(),
        body=[text("<p>Quatre mots sont là.</p>")],
    )
    CommentFactory(post=post, approved=True)
    CommentFactory(post=post)

    data = data_of(client, post)

    assert data["@type"] == "BlogPosting"
    assert data["headline"] == "Évaluer </script> & comprendre"
    assert data["datePublished"] == timezone.localtime(post.date).isoformat()
    assert data["dateModified"] == "2026-04-01"
    assert data["author"] == {
        "@type": "Person",
        "name": "Awa Diop",
        "jobTitle": "Cheffe",
        "url": "http://testserver/blog/auteur/awa/",
    }
    assert (data["wordCount"], data["commentCount"]) == (4, 1)
    assert data["keywords"] == ["DEIS", "Enfance"]
    assert data["mainEntityOfPage"] == f"http://testserver{post.url}"
    assert data["publisher"]["name"] == "ENYS Conseil"
    assert data["image"].startswith("http://testserver/media/")


@pytest.mark.django_db
def test_without_picture_nor_update_nothing_is_invented(client):
    data = data_of(client, PostPageFactory())

    assert "image" not in data
    assert data["dateModified"] == data["datePublished"]
