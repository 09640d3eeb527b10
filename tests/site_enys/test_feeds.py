"""What every feed of the site does alike: its text, and the three formats it is written in."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from django.test import RequestFactory

import feedparser
import pytest

from site_enys.feeds import (
    FORMATS,
    Discussion,
    Entry,
    Feed,
    Person,
    Picture,
    feed_response,
    for_readers,
    for_xml,
)
from tests.feeds import atom_faults, json_faults, rss_faults

SITE = "https://enys.example"
PAGE = f"{SITE}/blog/evaluer/"
HOSTILE = "Un\x0b titre\x1f ]]> &amp; <b>😀</b> \u202eenvers\u202c #[x]$ \x00é\ud800\uffff"
MARCH = datetime(2026, 3, 10, 9, 0, 0, 123456, tzinfo=UTC)


def addresses(path):
    return {form: f"https://enys.example{path}{form}/" for form in FORMATS}


ENTRY = Entry(
    id="urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e",
    url=PAGE,
    title="Évaluer & comprendre",
    html='<p>Tout le <a href="https://enys.example/">texte</a>.</p>',
    published=MARCH,
    updated=MARCH + timedelta(days=2),
    summary="De quoi il s’agit.",
    author=Person("Sylvie Yonli", "https://enys.example/blog/auteur/sylvie-yonli/"),
    terms=["DEIS", "Métier"],
    picture=Picture("https://enys.example/i.webp", "image/webp", 960, 540),
    discussion=Discussion(f"{PAGE}#commentaires", addresses("/commentaires/"), 0),
)
FEED = Feed(
    id="urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90ae7",
    title="ENYS Conseil — Blog",
    description="Les articles",
    page_url="https://enys.example/blog/",
    addresses=addresses("/blog/flux/"),
    updated=MARCH,
    author=Person("ENYS Conseil"),
    entries=[ENTRY],
)
HOSTILE_ENTRY = replace(
    ENTRY,
    title=HOSTILE,
    summary=HOSTILE,
    html=for_readers(f"<p>{HOSTILE}</p>", PAGE),
    author=Person(HOSTILE),
    terms=[HOSTILE],
)
BARE_ENTRY = Entry(ENTRY.id, PAGE, "Titre", "<p>Texte</p>", MARCH)


def written(form, feed=FEED):
    return FORMATS[form].write(feed)


@pytest.mark.parametrize("entries", [[], [BARE_ENTRY], [ENTRY], [HOSTILE_ENTRY]])
def test_each_format_follows_its_specification(entries):
    feed = replace(FEED, entries=entries, title=HOSTILE, description=HOSTILE)

    assert rss_faults(written("rss", feed)) == []
    assert atom_faults(written("atom", feed)) == []
    assert json_faults(written("json", feed)) == []


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_reader_finds_all_that_an_entry_says(form):
    read = feedparser.parse(written(form))
    (entry,) = read.entries

    assert not read.bozo
    assert read.feed.title == "ENYS Conseil — Blog"
    assert read.feed.link == "https://enys.example/blog/"
    assert read.feed.language == "fr"
    assert [link.href for link in read.feed.links if link.rel == "self"] == [FEED.addresses[form]]
    assert (entry.id, entry.link, entry.title) == (ENTRY.id, PAGE, ENTRY.title)
    assert entry.summary == "De quoi il s’agit."
    assert entry.content[0].value == ENTRY.html
    assert entry.published_parsed[:6] == (2026, 3, 10, 9, 0, 0)
    assert entry.updated_parsed[:3] == (2026, 3, 12)
    assert entry.author == "Sylvie Yonli"
    assert [tag.term for tag in entry.tags] == ["DEIS", "Métier"]


def test_json_says_all_that_an_entry_says():
    data = json.loads(written("json"))
    (item,) = data["items"]

    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["feed_url"] == FEED.addresses["json"]
    assert (item["id"], item["url"], item["title"]) == (ENTRY.id, PAGE, ENTRY.title)
    assert item["content_html"] == ENTRY.html
    assert item["date_published"] == "2026-03-10T09:00:00+00:00"
    assert item["date_modified"] == "2026-03-12T09:00:00+00:00"
    assert item["image"] == "https://enys.example/i.webp"
    assert item["authors"] == [{"name": "Sylvie Yonli", "url": ENTRY.author.url}]
    assert item["tags"] == ["DEIS", "Métier"]
    assert item["_comments"]["count"] == 0


def test_the_picture_and_the_answers_are_told_in_rss_and_in_atom():
    rss, atom = (feedparser.parse(written(form)).entries[0] for form in ("rss", "atom"))

    assert rss.media_content[0]["url"] == "https://enys.example/i.webp"
    assert rss.comments == f"{PAGE}#commentaires"
    assert rss.slash_comments == "0"
    assert rss.wfw_commentrss == ENTRY.discussion.feeds["rss"]
    assert [link.href for link in atom.links if link.rel == "replies"] == [
        f"{PAGE}#commentaires",
        ENTRY.discussion.feeds["atom"],
    ]


def test_nothing_is_lost_of_a_title_but_what_xml_cannot_hold():
    read = "Un titre ]]> &amp; <b>😀</b> \u202eenvers\u202c #[x]$ é"
    feed = replace(FEED, entries=[HOSTILE_ENTRY])

    assert json.loads(written("json", feed))["items"][0]["title"] == read
    assert for_xml(HOSTILE) == read


def test_an_entry_never_changes_before_it_appears():
    early = replace(ENTRY, updated=MARCH - timedelta(days=30))

    assert early.changed == MARCH


def test_an_instant_keeps_its_zone():
    paris = timezone(timedelta(hours=1))
    feed = replace(FEED, entries=[replace(BARE_ENTRY, published=MARCH.astimezone(paris))])

    assert b"2026-03-10T10:00:00+01:00" in written("atom", feed)
    assert b"Tue, 10 Mar 2026 10:00:00 +0100" in written("rss", feed)


def test_only_an_id_that_is_the_address_is_a_permalink():
    permanent = replace(FEED, entries=[replace(BARE_ENTRY, id=PAGE)])

    assert b'<guid isPermaLink="true">' in written("rss", permanent)
    assert b'<guid isPermaLink="false">' in written("rss")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/x/">x</a>', '<a href="https://enys.example/x/">x</a>'),
        ("<a href='/x/'>x</a>", '<a href="https://enys.example/x/">x</a>'),
        ('<a href="?page=2">x</a>', f'<a href="{PAGE}?page=2">x</a>'),
        ('<a href="#bas">x</a>', f'<a href="{PAGE}#bas">x</a>'),
        ('<a href="mailto:a@b.fr">x</a>', '<a href="mailto:a@b.fr">x</a>'),
        ('<a href="http://[">x</a>', "<a>x</a>"),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<img src="https://autre.fr/i.webp">', '<img src="https://autre.fr/i.webp">'),
        (
            '<img srcset="/a.webp 1x, /b.webp 2x">',
            '<img srcset="https://enys.example/a.webp 1x, https://enys.example/b.webp 2x">',
        ),
        (
            '<img srcset="/a.webp 480w,/b,c.webp 960w">',
            '<img srcset="https://enys.example/a.webp 480w, https://enys.example/b,c.webp 960w">',
        ),
        (
            '<source srcset="/a.avif" type="image/avif"><img src="/a.jpg">',
            f'<source srcset="{SITE}/a.avif" type="image/avif"><img src="{SITE}/a.jpg">',
        ),
        (
            '<video poster="/p.jpg" src="/v.mp4"></video>',
            '<video poster="https://enys.example/p.jpg" src="https://enys.example/v.mp4"></video>',
        ),
        ('<p>href="/x/"</p>', '<p>href="/x/"</p>'),
        ('<p style="color:red" class="a" onclick="b()">x</p>', "<p>x</p>"),
        ("<svg><path d='M0 0'/></svg><p>x</p>", "<p>x</p>"),
        ("<script>alert(1)</script><iframe src='/x'></iframe><form>y</form><p>x</p>", "<p>x</p>"),
        ("<p>a\x00b\ud800c]]></p>", "<p>abc]]&gt;</p>"),
        ("", ""),
    ],
)
def test_a_text_is_made_ready_for_readers(html, expected):
    assert for_readers(html, PAGE) == expected


@pytest.mark.parametrize("form", FORMATS)
def test_who_has_the_feed_is_not_sent_it_again(form):
    first = feed_response(RequestFactory().get("/"), FEED, form)
    known = RequestFactory().get("/", headers={"If-None-Match": first.headers["ETag"]})

    same = feed_response(known, FEED, form)
    changed = feed_response(known, replace(FEED, entries=[]), form)

    assert first.headers["Content-Type"].endswith("; charset=utf-8")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["Cache-Control"] == "public, max-age=300"
    assert changed.status_code == 200
