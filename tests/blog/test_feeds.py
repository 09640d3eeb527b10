"""The feeds of the blog, read as feed readers would."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import cycle

from django.core.cache import cache
from django.utils import timezone

from wagtail.models import PageViewRestriction

import feedparser
import pytest
import time_machine
import wagtail_factories

from blog.enums import CommentState
from blog.models import Comment, PostPage
from tests.factories.blog import (
    PAST,
    AuthorFactory,
    CategoryFactory,
    CommentFactory,
    PostPageFactory,
    the_blog,
)
from tests.feeds import FAULTS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings(  # Wagtail leaves the buffer of a new rendition to the collector
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
]

SITE = "http://testserver"
OF_ARTICLES = [
    "/blog/flux/",
    "/blog/etiquette/deis/flux/",
    "/blog/categorie/metier/flux/",
    "/blog/auteur/sylvie-yonli/flux/",
]
OF_COMMENTS = ["/blog/flux/commentaires/", "/blog/evaluer/commentaires/flux/"]
FORMATS = ["", "atom/", "json/"]
TYPES = {
    "": "application/rss+xml; charset=utf-8",
    "atom/": "application/atom+xml; charset=utf-8",
    "json/": "application/feed+json; charset=utf-8",
}
HOSTILE = "Un\x0b <titre> & ]]> 😀 \u202ex\u202c { y } « été »"
EVERYTHING = [
    ("paragraph", '<h2>Titre</h2><p>Tout le <a href="#titre">texte</a>.</p>'),
    ("heading", {"text": "Une partie", "lead": ""}),
    ("quote", {"text": HOSTILE, "source": "Une équipe"}),
    ("faq", {"title": "Questions", "questions": [{"question": "Où ?", "answer": "<p>Ici.</p>"}]}),
    ("steps", {"title": "Étapes", "steps": [{"title": "Un", "text": "a\nb"}] * 2}),
    ("key_figures", {"figures": [{"value": "3", "text": "mois"}] * 2, "source": "Nous"}),
    ("callout", {"tone": "info", "title": "À savoir", "text": "<p>Gratuit.</p>"}),
    (
        "call_to_action",
        {
            "title": "Parlons",
            "text": "",
            "link": {"text": "Écrire", "page": None, "url": "https://enys.example/"},
        },
    ),
]


def scene(**more):
    """An article with all that a feed can say of it, and a comment."""
    facts = {
        "title": HOSTILE,
        "slug": "evaluer",
        "introduction": "De quoi il s’agit\x08.",
        "body": EVERYTHING,
        "tag_names": ["DEIS"],
        "categories": [CategoryFactory(name="Métier", slug="metier")],
        "image": wagtail_factories.ImageFactory(),
    }
    post = PostPageFactory(**facts | more)
    CommentFactory(post=post, approved=True, name="Aïcha", text=f"Merci.\n\n{HOSTILE}")
    return post


def read(client, address):
    """What an independent reader finds: its entries, as dictionaries alike in every format."""
    content = client.get(address).content
    if "/json/" not in address:
        found = feedparser.parse(content)
        assert not found.bozo
        return found.entries
    return [feedparser.FeedParserDict(item) for item in json.loads(content)["items"]]


def text_of(entry):
    return entry["content_html"] if "content_html" in entry else entry.content[0].value


def titles(client, address="/blog/flux/"):
    return [entry.title for entry in read(client, address)]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("address", OF_ARTICLES + OF_COMMENTS)
def test_each_feed_is_valid_in_each_format(client, address, form):
    scene()

    response = client.get(address + form)
    own = response.content.decode()

    assert response.headers["Content-Type"] == TYPES[form]
    assert FAULTS[form.strip("/") or "rss"](response.content) == []
    assert f'"{SITE}{address}{form}"' in own
    assert len(read(client, address + form)) == 1


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("address", OF_ARTICLES)
def test_each_feed_carries_whole_articles(client, address, form):
    post = scene()

    (entry,) = read(client, address + form)
    text = text_of(entry)

    assert entry.id == post.translation_key.urn
    assert (entry.get("link") or entry["url"]) == f"{SITE}/blog/evaluer/"
    assert "<titre> & ]]> 😀" in entry.title
    assert entry.summary == "De quoi il s’agit."
    assert f'<a href="{SITE}/blog/evaluer/#titre">texte</a>' in text
    for words in ("De quoi il s’agit", "Une partie", "Ici.", "Gratuit.", "Écrire"):
        assert words in text
    assert f'src="{SITE}/media/' in text
    assert "class=" not in text


def test_rss_names_the_author_and_the_subjects(client):
    scene(updated=date(2026, 4, 2))

    (entry,) = read(client, "/blog/flux/")

    assert entry.author == "Sylvie Yonli"
    assert [tag.term for tag in entry.tags] == ["DEIS", "Métier"]
    assert entry.published == "Tue, 10 Mar 2026 09:00:00 +0000"
    assert entry.updated == "2026-04-02T00:00:00+02:00"
    assert entry.comments == f"{SITE}/blog/evaluer/#commentaires"
    assert entry.slash_comments == "1"
    assert entry.wfw_commentrss == f"{SITE}/blog/evaluer/commentaires/flux/"
    assert entry.media_content[0]["url"].startswith(f"{SITE}/media/")


def test_an_article_keeps_its_identity_when_its_address_changes(client):
    post = scene()
    before = [read(client, f"/blog/flux/{form}")[0].id for form in FORMATS]

    post.slug, post.title = "autrement", "Autrement"
    post.save()

    assert [read(client, f"/blog/flux/{form}")[0].id for form in FORMATS] == before
    assert len(set(before)) == 1


def test_a_corrected_misprint_does_not_bring_an_article_back(client):
    post = scene()
    before = read(client, "/blog/flux/atom/")[0].updated

    post.save_revision().publish()

    assert read(client, "/blog/flux/atom/")[0].updated == before


@pytest.mark.parametrize("address", OF_ARTICLES)
def test_a_feed_has_no_draft_no_private_and_no_future_article(client, address):
    same = {"tag_names": ["DEIS"], "categories": [CategoryFactory(slug="metier")]}
    PostPageFactory(title="Montré", **same)
    PostPageFactory(title="Brouillon", draft=True, **same)
    PostPageFactory(title="Avenir", future=True, **same)
    PageViewRestriction.objects.create(
        page=PostPageFactory(title="Privé", **same), restriction_type=PageViewRestriction.LOGIN
    )

    assert titles(client, address) == ["Montré"]


def test_a_part_has_its_own_articles_and_no_other(client):
    PostPageFactory(title="Ailleurs", author=AuthorFactory(slug="autre"), tag_names=["autre"])
    PostPageFactory(title="Ici", tag_names=["DEIS"], categories=[CategoryFactory(slug="metier")])

    assert [titles(client, address) for address in OF_ARTICLES] == [
        ["Ici", "Ailleurs"],
        ["Ici"],
        ["Ici"],
        ["Ici"],
    ]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("address", OF_ARTICLES[1:])
def test_a_part_that_shows_nothing_has_no_feed(client, address, form):
    same = {"tag_names": ["DEIS"], "categories": [CategoryFactory(slug="metier")]}
    missing = client.get(address + form).status_code
    PostPageFactory(draft=True, **same)

    assert (missing, client.get(address + form).status_code) == (404, 404)


@pytest.mark.parametrize(
    "address",
    [
        "/blog/flux/rss/",
        "/blog/flux/xml/",
        "/blog/mois/03/flux/",
        "/blog/etiquette/inconnue/flux/",
        "/blog/inconnu/commentaires/flux/",
    ],
)
def test_no_feed_is_invented(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/blog/flux/", "/blog/flux/commentaires/"])
@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_blog_has_valid_feeds_that_are_always_the_same(client, address, form):
    the_blog()

    first, second = client.get(address + form), client.get(address + form)

    assert FAULTS[form.strip("/") or "rss"](first.content) == []
    assert first.content == second.content


@pytest.mark.parametrize("address", ["/blog/flux/", "/blog/flux/commentaires/"])
def test_without_a_blog_there_is_no_feed(client, address):
    the_blog().delete()

    assert client.get(address).status_code == 404


def test_a_feed_stops_at_the_twenty_latest_and_has_no_second_page(client):
    for number in range(22):
        PostPageFactory(title=f"Article {number}", date=PAST + timedelta(days=number))

    assert titles(client) == [f"Article {number}" for number in range(21, 1, -1)]
    assert titles(client, "/blog/flux/?page=2&limit=x") == titles(client)


# -- Comments -----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", OF_COMMENTS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_comment_says_who_wrote_about_what_and_where_it_is(client, address, form):
    post = scene(title="Évaluer")
    comment = post.comments.get()
    Comment.objects.update(text="Merci.\n\nVoir https://autre.fr/ <b>", email="a@enys.test")

    (entry,) = read(client, address + form)

    assert entry.title == "Aïcha à propos de «\u00a0Évaluer\u00a0»"
    link = entry.get("link") or entry["url"]
    assert link == f"{SITE}/blog/evaluer/#commentaire-{comment.pk}"
    assert text_of(entry).startswith("<p>Merci.</p>\n<p>Voir <a href=")
    assert "&lt;b&gt;" in text_of(entry)
    everything = client.get(address + form).content.decode()
    assert "a@enys.test" not in everything
    assert str(comment.reference) not in everything


@pytest.mark.parametrize("form", FORMATS)
def test_a_comment_without_a_name_that_shows_keeps_the_feed_valid(client, form):
    CommentFactory(approved=True, name="\x08 \x1f")

    response = client.get(f"/blog/flux/commentaires/{form}")

    assert FAULTS[form.strip("/") or "rss"](response.content) == []
    assert "Anonyme" in response.content.decode()


@pytest.mark.parametrize("address", OF_COMMENTS)
def test_only_published_comments_are_told(client, address):
    post = PostPageFactory(slug="evaluer")
    for state in CommentState:
        CommentFactory(post=post, name=state.value, state=state)

    assert [entry.author for entry in read(client, address)] == ["approved"]


def test_the_comments_of_a_hidden_article_are_hidden(client):
    future = PostPageFactory(future=True, slug="avenir")
    for post in (future, PostPageFactory(draft=True, slug="brouillon")):
        CommentFactory(post=post, approved=True)

    assert read(client, "/blog/flux/commentaires/") == []
    assert client.get("/blog/avenir/commentaires/flux/").status_code == 404
    assert client.get("/blog/brouillon/commentaires/flux/").status_code == 404


def test_a_comment_that_waited_comes_when_it_is_published(client):
    post = PostPageFactory()
    late = CommentFactory(post=post, name="Attendue", approved=True)
    CommentFactory(post=post, name="Plus récente", approved=True, created_at=timezone.now())

    Comment.objects.filter(pk=late.pk).update(state_changed_at=timezone.now() + timedelta(1))

    names = [entry.author for entry in read(client, "/blog/flux/commentaires/")]
    assert names == ["Attendue", "Plus récente"]


# -- Whoever has it already ---------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("address", OF_ARTICLES + OF_COMMENTS)
def test_an_unchanged_feed_is_not_sent_twice(client, address, form):
    scene()
    first = client.get(address + form)

    again = client.get(address + form, headers={"If-None-Match": first.headers["ETag"]})
    head = client.head(address + form)

    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Last-Modified"]
    assert "public" in first.headers["Cache-Control"]


def withdrawn(post):
    post.unpublish()


def edited(post):
    PostPage.objects.filter(pk=post.pk).update(introduction="Autre chose.")


def tag_renamed(post):
    post.tags.update(name="D.E.I.S.")


def author_renamed(post):
    type(post.author).objects.update(name="Sylvie Y.")


def category_renamed(post):
    post.categories.update(name="Le métier")


def picture_replaced(post):
    PostPage.objects.filter(pk=post.pk).update(image=wagtail_factories.ImageFactory())


def comment_published(post):
    CommentFactory(post=post, approved=True)


def linked_page_moved(post):
    other = PostPage.objects.get(slug="autre")
    other.slug = "ailleurs"
    other.save()


@pytest.mark.parametrize(
    "change",
    [
        withdrawn,
        edited,
        tag_renamed,
        author_renamed,
        category_renamed,
        picture_replaced,
        comment_published,
        linked_page_moved,
    ],
)
def test_a_feed_changes_with_all_that_it_says(client, change):
    other = PostPageFactory(slug="autre", date=PAST - timedelta(days=1))
    link = f'<p><a linktype="page" id="{other.pk}">ici</a></p>'
    post = scene(body=[("paragraph", link)])
    first = client.get("/blog/flux/")

    change(post)
    again = client.get(
        "/blog/flux/",
        headers={
            "If-None-Match": first.headers["ETag"],
            "If-Modified-Since": first.headers["Last-Modified"],
        },
    )

    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_an_article_appears_in_the_feed_at_its_date(client):
    PostPageFactory(date=datetime(2026, 5, 1, 8, tzinfo=UTC))

    with time_machine.travel(datetime(2026, 5, 1, 7, 59, 59, tzinfo=UTC), tick=False):
        assert titles(client) == []
    with time_machine.travel(datetime(2026, 5, 1, 8, tzinfo=UTC), tick=False):
        assert len(titles(client)) == 1


# -- Costs --------------------------------------------------------------------------------------


def make_rich_posts(count, images, target):
    link = f'<p><a linktype="page" id="{target.pk}">ici</a></p>'
    for number, image in zip(range(count), cycle(images)):
        picture = {"image": image.pk, "decorative": False, "alt_text": "Une équipe"}
        body = [
            {"type": "paragraph", "value": link},
            {"type": "paragraph", "value": f"<p>{number}</p>{link}"},
            {"type": "picture", "value": {"image": picture, "caption": "", "width": "text"}},
        ]
        post = PostPageFactory(
            tag_names=["DEIS", "deux"],
            categories=[CategoryFactory(slug="metier")],
            image=image,
            body=json.dumps(body),
        )
        CommentFactory.create_batch(2, post=post, approved=True)


def test_a_feed_costs_the_same_queries_with_one_article_and_with_thirty(client, count_queries):
    images = wagtail_factories.ImageFactory.create_batch(3)
    target = PostPageFactory(slug="evaluer")
    CommentFactory(post=target, approved=True)
    make_rich_posts(1, images, target)

    def cost(address):
        client.get(address)  # draws the pictures
        cache.clear()  # which Wagtail would otherwise remember
        return count_queries(partial(client.get, address))

    def costs():
        return {address: cost(address) for address in OF_ARTICLES + OF_COMMENTS}

    with_few = costs()
    make_rich_posts(29, images, target)
    CommentFactory.create_batch(28, post=target, approved=True)

    assert costs() == with_few
    assert max(with_few.values()) <= 15


# -- How they are found -------------------------------------------------------------------------


def announced(client, address):
    html = client.get(address).content.decode().partition("</head>")[0]
    return re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', html)


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/blog/", "/blog/flux/commentaires/"),
        ("/blog/etiquette/deis/", "/blog/etiquette/deis/flux/"),
        ("/blog/categorie/metier/", "/blog/categorie/metier/flux/"),
        ("/blog/auteur/sylvie-yonli/", "/blog/auteur/sylvie-yonli/flux/"),
        ("/blog/archives/2026/03/", "/blog/flux/commentaires/"),
        ("/blog/evaluer/", "/blog/evaluer/commentaires/flux/"),
    ],
)
def test_each_page_of_the_blog_announces_its_feeds_and_each_one_answers(client, address, own):
    scene(title="Évaluer")

    found = announced(client, address)

    for feed in ("/blog/flux/", own):
        for form, kind in TYPES.items():
            assert (kind.partition(";")[0], feed + form) in found
    for kind, path in found:
        assert client.get(path).headers["Content-Type"].startswith(kind)
    visible = client.get(address).content.decode().partition("<body>")[2]
    for _, path in found:
        assert f'href="{path}"' in visible


def test_the_other_pages_announce_the_blog_alone(client):
    assert announced(client, "/") == [("application/rss+xml", "/blog/flux/")]


def test_the_sitemap_says_when_an_article_appeared_or_changed():
    post = PostPageFactory(first_published_at=PAST, last_published_at=PAST - timedelta(days=9))

    (appeared,) = post.get_sitemap_urls()
    post.last_published_at = PAST + timedelta(days=9)
    (changed,) = post.get_sitemap_urls()

    assert appeared["lastmod"] == PAST
    assert changed["lastmod"] == PAST + timedelta(days=9)


def test_no_feed_is_in_the_sitemap(client):
    scene()

    text = client.get("/sitemap.xml").content.decode()

    assert "/blog/evaluer/</loc>" in text
    assert "flux" not in text
    assert "carte-" not in text


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/blog/?utm_source=lettre", "/blog/"),
        ("/blog/?page=2&utm_source=lettre", "/blog/?page=2"),
        ("/blog/?page=1", "/blog/"),
        ("/blog/etiquette/deis/?page=2", "/blog/etiquette/deis/?page=2"),
        ("/blog/article-long/?page=2&x=y", "/blog/article-long/"),
    ],
)
def test_a_page_names_the_address_that_the_feeds_use(client, address, expected):
    PostPageFactory(slug="article-long", date=PAST + timedelta(days=1))
    for _ in range(11):
        PostPageFactory(tag_names=["DEIS"])

    html = client.get(address).content.decode()

    assert f'<link rel="canonical" href="{SITE}{expected}">' in html
    assert read(client, "/blog/flux/")[0].link == f"{SITE}/blog/article-long/"
