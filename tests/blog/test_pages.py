"""What readers see of the blog: lists, archives, articles."""

from datetime import UTC, datetime, timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest

from blog.models import PostPage
from tests.factories.blog import (
    AuthorFactory,
    CategoryFactory,
    CommentFactory,
    PostPageFactory,
    the_blog,
)

pytestmark = pytest.mark.django_db


def titles_in(response):
    return [post.title for post in response.context["page_obj"]]


def private(post):
    PageViewRestriction.objects.create(page=post, restriction_type=PageViewRestriction.LOGIN)
    return post


def test_the_index_shows_the_latest_article_first(client):
    PostPageFactory(title="Ancien", date=datetime(2025, 1, 5, 9, tzinfo=UTC))
    PostPageFactory(title="Récent", date=datetime(2026, 1, 5, 9, tzinfo=UTC))

    assert titles_in(client.get("/blog/")) == ["Récent", "Ancien"]


def test_an_empty_blog_says_so(client):
    the_blog()

    response = client.get("/blog/")

    assert "Aucun article pour le moment" in response.content.decode()


@pytest.fixture
def hidden():
    category, author = CategoryFactory(slug="metier"), AuthorFactory()
    same = {"tag_names": ["DEIS"], "categories": [category], "author": author}
    PostPageFactory(title="Montré", **same)
    PostPageFactory(title="Brouillon", draft=True, **same)
    PostPageFactory(title="Avenir", future=True, **same)
    private(PostPageFactory(title="Privé", **same))


@pytest.mark.parametrize(
    "address",
    [
        "/blog/",
        "/blog/archives/2026/03/",
        "/blog/categorie/metier/",
        "/blog/etiquette/deis/",
        "/blog/auteur/sylvie-yonli/",
    ],
)
@pytest.mark.usefixtures("hidden")
def test_no_list_shows_a_draft_a_private_or_a_future_article(client, address):
    response = client.get(address)

    assert titles_in(response) == ["Montré"]
    assert [line["count"] for line in response.context["months"]] == [1]
    assert [line.post_count for line in response.context["categories"]] == [1]
    assert [line.post_count for line in response.context["authors"]] == [1]


def test_a_future_article_is_not_found_before_its_date(client):
    post = PostPageFactory(future=True)

    assert client.get(post.url).status_code == 404
    assert post.get_sitemap_urls() == []


def test_an_article_appears_at_its_date():
    post = PostPageFactory(date=datetime(2026, 5, 1, 8, tzinfo=UTC))

    assert post not in PostPage.objects.published(post.date - timedelta(seconds=1))
    assert post in PostPage.objects.published(post.date)


def test_a_month_begins_and_ends_at_midnight_in_paris(client):
    PostPageFactory(title="Fin février", date=datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC))
    PostPageFactory(title="Début mars", date=datetime(2026, 2, 28, 23, 0, tzinfo=UTC))
    PostPageFactory(title="Fin mars", date=datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC))
    PostPageFactory(title="Début avril", date=datetime(2026, 3, 31, 22, 0, tzinfo=UTC))

    march = client.get("/blog/archives/2026/03/")

    assert titles_in(march) == ["Fin mars", "Début mars"]
    counted = {line["month"].month: line["count"] for line in march.context["months"]}
    assert counted == {2: 1, 3: 2, 4: 1}


def test_december_ends_with_the_year(client):
    PostPageFactory(title="Dernier jour", date=datetime(2025, 12, 31, 22, 30, tzinfo=UTC))
    PostPageFactory(title="Premier jour", date=datetime(2025, 12, 31, 23, 0, tzinfo=UTC))

    assert titles_in(client.get("/blog/archives/2025/12/")) == ["Dernier jour"]


@pytest.mark.parametrize(
    "address",
    [
        "/blog/archives/2031/",
        "/blog/archives/0000/",
        "/blog/archives/2026/13/",
        "/blog/archives/2026/00/",
        "/blog/archives/2026/3/",
        "/blog/archives/0000/01/",
        "/blog/archives/99999/01/",
        "/blog/archives/2031/01/",
        "/blog/archives/٢٠٢٦/٠٣/",
        "/blog/categorie/inconnue/",
        "/blog/categorie/é'\"/",
        "/blog/etiquette/inconnue/",
        "/blog/auteur/inconnu/",
        "/blog/inconnu/repondre/",
        "/blog/?page=",
        "/blog/?page=02",
        "/blog/?page=99999999999",
        "/blog/?page=0",
        "/blog/?page=-1",
        "/blog/?page=2",
        "/blog/?page=deux",
        "/blog/?page=²",
        "/blog/?page=" + "9" * 5000,
        "/blog/reponse/00000000-0000-0000-0000-000000000000/",
    ],
)
def test_an_impossible_address_is_not_found(client, address):
    PostPageFactory()

    assert client.get(address).status_code == 404


def test_a_list_goes_on_over_several_pages(client):
    for number in range(12):
        PostPageFactory(title=f"N° {number:02}", date=datetime(2026, 1, 1 + number, tzinfo=UTC))

    second = client.get("/blog/?page=2")

    assert titles_in(second) == ["N° 01", "N° 00"]
    assert "Page 2 sur 2" in second.content.decode()


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0\u00a0commentaire"), (1, "1\u00a0commentaire"), (3, "3\u00a0commentaires")],
)
def test_comments_are_counted_as_on_the_old_site(client, count, words):
    post = PostPageFactory()
    CommentFactory.create_batch(count, post=post, approved=True)
    CommentFactory(post=post)

    for address in ("/blog/", post.url):
        html = client.get(address).content.decode()
        assert words in html
        assert words + "s" not in html


def test_an_article_shows_what_it_is_filed_under_and_its_comments_in_order(client):
    category = CategoryFactory(name="Métier", slug="metier")
    post = PostPageFactory(tag_names=["Évaluation", "DEIS"], categories=[category])
    CommentFactory(post=post, approved=True, text="Le second", created_at=post.date + timedelta(2))
    CommentFactory(post=post, approved=True, text="Le premier", created_at=post.date)
    CommentFactory(post=post, text="Pas encore lu")

    html = client.get(post.url).content.decode()

    assert 'href="/blog/categorie/metier/"' in html
    assert 'href="/blog/etiquette/evaluation/"' in html
    assert html.index("Le premier") < html.index("Le second")
    assert "Pas encore lu" not in html


def test_an_article_holds_no_form_token_and_sets_no_cookie(client):
    post = PostPageFactory(date=timezone.now())

    response = client.get(post.url)

    assert f'href="{post.answer_url}"' in response.content.decode()
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert not response.cookies


def test_the_index_leads_to_everything_and_to_the_feed(client):
    PostPageFactory(categories=[CategoryFactory(slug="metier")])

    html = client.get("/blog/").content.decode()

    assert ">Tout</a>" in html
    assert "/blog/archives/2026/03/" in html
    assert "/blog/auteur/sylvie-yonli/" in html
    assert "/blog/flux/" in html


def make_posts(count, **more):
    for _ in range(count):
        post = PostPageFactory(
            tag_names=["un", "deux"], categories=[CategoryFactory(slug="metier")], **more
        )
        CommentFactory.create_batch(2, post=post, approved=True)
    return post


def test_everything_costs_the_same_queries_with_one_article_and_with_thirty(client, count_queries):
    post = make_posts(1)
    addresses = [
        post.url,
        "/blog/",
        "/blog/archives/2026/03/",
        "/blog/categorie/metier/",
        "/blog/etiquette/un/",
        "/blog/auteur/sylvie-yonli/",
        "/blog/flux/",
    ]

    def costs():
        for address in addresses:
            client.get(address)
        return {address: count_queries(partial(client.get, address)) for address in addresses}

    with_one = costs()
    make_posts(29)
    CommentFactory.create_batch(28, post=post, approved=True)

    assert costs() == with_one
    assert max(with_one.values()) <= 15


def test_an_article_cannot_go_live_unsigned():
    with pytest.raises(ValidationError, match="signé"):
        PostPageFactory(author=None)
    assert PostPageFactory(author=None, draft=True).pk


@pytest.mark.parametrize("slug", ["flux", "archives", "categorie", "etiquettes", "reponse"])
def test_an_article_cannot_take_an_address_of_the_blog(slug):
    with pytest.raises(ValidationError, match="sert déjà au blog"):
        PostPageFactory(slug=slug)


def test_the_blog_keeps_its_address():
    blog = the_blog()
    blog.slug = "actualites"

    with pytest.raises(ValidationError, match=r"reste «.*blog.*»"):
        blog.full_clean()


def test_an_author_keeps_her_articles():
    post = PostPageFactory()

    with pytest.raises(Exception, match="protected"):
        post.author.delete()


def test_other_pages_show_the_latest_articles_or_nothing_at_all():
    template = Template("{% load blog_tags %}{% last_posts 2 %}")
    assert template.render(Context()).strip() == ""

    for number in range(3):
        PostPageFactory(title=f"N° {number}", date=datetime(2026, 1, 1 + number, tzinfo=UTC))
    PostPageFactory(title="Avenir", future=True)
    html = template.render(Context())

    assert html.index("N° 2") < html.index("N° 1")
    assert "N° 0" not in html
    assert "Avenir" not in html
