"""The feed, read as a feed reader would."""

from datetime import UTC, datetime
from xml.etree import ElementTree

from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest
import wagtail_factories

from blog.models import BlogIndexPage
from blog.services.feed import rss
from site_enys.feeds import absolute
from tests.factories.blog import CategoryFactory, PostPageFactory, the_blog

pytestmark = pytest.mark.django_db

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ATOM_LINK = "{http://www.w3.org/2005/Atom}link"


def channel_of(response):
    return ElementTree.fromstring(response.content).find("channel")  # noqa: S314 - our own


def test_the_feed_carries_whole_articles(client):
    PostPageFactory(
        title="Évaluer & comprendre <vraiment>",
        slug="evaluer",
        introduction="De quoi il s’agit.",
        body=[("paragraph", "<h2>Titre</h2><p>Tout le texte.</p>")],
        tag_names=["DEIS"],
        categories=[CategoryFactory(name="Métier", slug="metier")],
        date=datetime(2026, 3, 10, 9, tzinfo=UTC),
    )

    response = client.get("/blog/flux/")
    channel = channel_of(response)
    item = channel.find("item")

    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert channel.findtext("language") == "fr"
    assert channel.find(ATOM_LINK).get("href") == "http://testserver/blog/flux/"
    assert item.findtext("title") == "Évaluer & comprendre <vraiment>"
    assert item.findtext("link") == item.findtext("guid") == "http://testserver/blog/evaluer/"
    assert item.findtext("pubDate") == "Tue, 10 Mar 2026 09:00:00 +0000"
    assert item.findtext(CREATOR) == "Sylvie Yonli"
    assert {node.text for node in item.findall("category")} == {"Métier", "DEIS"}
    assert "<h2>Titre</h2><p>Tout le texte.</p>" in item.findtext(CONTENT)


@pytest.mark.filterwarnings(  # Wagtail leaves the buffer of a new rendition to the collector
    "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)
def test_links_and_pictures_in_the_feed_are_absolute(client):
    other = PostPageFactory(slug="autre")
    PostPageFactory(
        body=[
            (
                "paragraph",
                f'<p><a linktype="page" id="{other.pk}">ici</a> <a href="#bas">bas</a></p>',
            )
        ],
        image=wagtail_factories.ImageFactory(),
        slug="liens",
    )

    items = channel_of(client.get("/blog/flux/")).findall("item")
    content = next(item.findtext(CONTENT) for item in items if "liens" in item.findtext("link"))

    assert 'href="http://testserver/blog/autre/"' in content
    assert 'href="http://testserver/blog/liens/#bas"' in content
    assert 'src="http://testserver/media/' in content


def test_the_feed_has_no_draft_no_private_and_no_future_article(client):
    PostPageFactory(title="Montré")
    PostPageFactory(title="Brouillon", draft=True)
    PostPageFactory(title="Avenir", future=True)
    PageViewRestriction.objects.create(
        page=PostPageFactory(title="Privé"), restriction_type=PageViewRestriction.LOGIN
    )

    items = channel_of(client.get("/blog/flux/")).findall("item")

    assert [item.findtext("title") for item in items] == ["Montré"]


def test_characters_that_xml_cannot_hold_do_not_break_the_feed(client):
    PostPageFactory(title="Un\x0b titre\x1f", introduction="Bref\x08.")

    item = channel_of(client.get("/blog/flux/")).find("item")

    assert item.findtext("title") == "Un titre"


def test_an_unchanged_feed_is_not_sent_twice(client):
    the_blog()
    first = client.get("/blog/flux/")

    again = client.get("/blog/flux/", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert not again.content


def test_the_feed_changes_with_what_it_says(client):
    post = PostPageFactory()
    first = client.get("/blog/flux/")
    assert "Last-Modified" in first.headers

    post.unpublish()
    again = client.get(
        "/blog/flux/",
        headers={
            "If-None-Match": first.headers["ETag"],
            "If-Modified-Since": first.headers["Last-Modified"],
        },
    )

    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_the_feed_of_an_empty_blog_is_always_the_same():
    blog = BlogIndexPage.objects.get(pk=the_blog().pk)

    assert rss(blog, timezone.now()) == rss(blog, timezone.now())


def test_without_a_blog_there_is_no_feed(client):
    the_blog().delete()

    assert client.get("/blog/flux/").status_code == 404


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/x/">', '<a href="http://s/x/">'),
        ('<a href="?page=2">', '<a href="http://s/p/?page=2">'),
        ('<a href="mailto:a@b.fr">', '<a href="mailto:a@b.fr">'),
        ('<img src="https://autre.fr/i.webp">', '<img src="https://autre.fr/i.webp">'),
        (
            '<img srcset="/a.webp 1x, /b.webp 2x">',
            '<img srcset="http://s/a.webp 1x, http://s/b.webp 2x">',
        ),
        ('<p>href="/x/"</p>', '<p>href="/x/"</p>'),
    ],
)
def test_addresses_are_completed(html, expected):
    assert absolute(html, "http://s/p/") == expected
