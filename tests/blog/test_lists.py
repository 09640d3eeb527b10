"""The parts of the blog: years, months, categories, tags, authors; all the months, all the tags."""

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.factories.blog import AuthorFactory, CategoryFactory, PostPageFactory

pytestmark = pytest.mark.django_db


def titles_in(response):
    return [post.title for post in response.context["page_obj"]]


def post_on(year, month, day=5, **more):
    return PostPageFactory(date=datetime(year, month, day, 9, tzinfo=UTC), **more)


def test_the_archives_show_every_month_by_year_the_latest_first(client):
    for year, month in ((2024, 2), (2026, 1), (2026, 3), (2026, 3)):
        post_on(year, month)

    years = client.get("/blog/archives/").context["years"]

    assert [(line["year"], line["count"]) for line in years] == [(2026, 3), (2024, 1)]
    assert [(m["month"].month, m["count"]) for m in years[0]["months"]] == [(3, 2), (1, 1)]


def test_the_archives_lead_to_each_year_and_month(client):
    post_on(2024, 2)

    html = client.get("/blog/archives/").content.decode()

    assert 'href="/blog/archives/2024/"' in html
    assert 'href="/blog/archives/2024/02/"' in html
    assert "1\u00a0article" in html


def test_a_year_goes_from_midnight_to_midnight_in_paris(client):
    PostPageFactory(title="Fin 2024", date=datetime(2024, 12, 31, 22, 59, 59, tzinfo=UTC))
    PostPageFactory(title="Début 2025", date=datetime(2024, 12, 31, 23, tzinfo=UTC))
    PostPageFactory(title="Fin 2025", date=datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC))
    PostPageFactory(title="Début 2026", date=datetime(2025, 12, 31, 23, tzinfo=UTC))

    assert titles_in(client.get("/blog/archives/2025/")) == ["Fin 2025", "Début 2025"]


@pytest.mark.parametrize(
    "address", ["/blog/archives/", "/blog/etiquettes/", "/blog/archives/2026/"]
)
def test_an_empty_blog_has_no_part(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/blog/archives/", "/blog/archives/2030/", "/blog/etiquettes/"]
)
def test_drafts_and_articles_to_come_make_no_part(client, address):
    post_on(2030, 1, tag_names=["demain"])
    PostPageFactory(draft=True, tag_names=["caché"])

    assert client.get(address).status_code == 404


def test_the_aside_shows_a_year_of_months_and_leads_to_the_others(client):
    for month in range(1, 13):
        post_on(2025, month)
    post_on(2024, 12)

    html = client.get("/blog/").content.decode()

    assert 'href="/blog/archives/2025/01/"' in html
    assert "/blog/archives/2024/12/" not in html
    assert 'href="/blog/archives/"' in html


def test_tout_is_marked_on_the_index_and_the_category_on_its_page(client):
    PostPageFactory(categories=[CategoryFactory(name="Métier", slug="metier")])

    index = client.get("/blog/").content.decode()
    page = client.get("/blog/categorie/metier/").content.decode()

    assert '<a href="/blog/" aria-current="page">Tout</a>' in index
    assert '<a href="/blog/">Tout</a>' in page
    assert '<a href="/blog/categorie/metier/" aria-current="page">Métier</a>' in page


def test_a_category_says_what_it_is_about_when_it_has_words_for_it(client):
    PostPageFactory(categories=[CategoryFactory(slug="metier", description="Ce que l’on fait.")])

    assert "Ce que l’on fait." in client.get("/blog/categorie/metier/").content.decode()
    assert "Ce que l’on fait." not in client.get("/blog/").content.decode()


def test_all_tags_are_counted_in_the_order_of_the_alphabet(client):
    PostPageFactory(tag_names=["Zone", "Évaluation"])
    PostPageFactory(tag_names=["Évaluation", "enfance"])
    PostPageFactory(tag_names=["secret"], draft=True)

    tags = client.get("/blog/etiquettes/").context["tags"]

    assert [(tag.name, tag.post_count) for tag in tags] == [
        ("enfance", 1),
        ("Évaluation", 2),
        ("Zone", 1),
    ]


def test_articles_without_tags_say_so_where_the_aside_leads(client):
    PostPageFactory()

    response = client.get("/blog/etiquettes/")

    assert response.status_code == 200
    assert "Aucun article ne porte encore d’étiquette." in response.content.decode()


def test_an_author_is_presented_above_all_her_articles(client):
    author = AuthorFactory(name="Awa Diop", slug="awa", role="Cheffe", bio="Elle écrit.\nBeaucoup.")
    PostPageFactory(title="Le sien", author=author)
    PostPageFactory(title="D’une autre")

    response = client.get("/blog/auteur/awa/")
    html = response.content.decode()

    assert titles_in(response) == ["Le sien"]
    assert "Cheffe" in html
    assert "Elle écrit.<br>Beaucoup." in html


def test_the_path_to_a_part_goes_through_the_blog(client):
    post_on(2026, 3)

    html = client.get("/blog/archives/2026/03/").content.decode()

    assert '<li><a href="/blog/">Blog</a></li>' in html
    assert '<span aria-current="page">Archives\u00a0: mars 2026</span>' in html


@pytest.mark.parametrize(
    "address",
    ["/blog/", "/blog/archives/2026/", "/blog/archives/2026/03/", "/blog/auteur/sylvie-yonli/"],
)
def test_the_second_page_is_its_own_address(client, address):
    for day in range(1, 13):
        post_on(2026, 3, day)

    first = client.get(address).content.decode()
    second = client.get(f"{address}?page=2&utm_source=lettre").content.decode()

    assert f'rel="canonical" href="http://testserver{address}"' in first
    assert f'rel="canonical" href="http://testserver{address}?page=2"' in second
    assert "(page 2)" in second


def test_parameters_that_change_nothing_are_left_out_of_the_address(client):
    post = post_on(2026, 3)

    for address in (f"{post.url}?page=7", f"{post.url}?utm_source=lettre"):
        html = client.get(address).content.decode()
        assert f'rel="canonical" href="http://testserver{post.url}"' in html


@pytest.mark.parametrize("name", ["·· ··", "人", "C", "C++", "l’œuvre", "x" * 100])
def test_every_tag_can_be_reached(client, name):
    post = PostPageFactory(tag_names=["C", name])

    for tag in post.tags.all():
        assert tag.slug
        assert client.get(f"/blog/etiquette/{tag.slug}/").status_code == 200
    assert client.get(post.url).status_code == 200


def test_each_table_costs_the_same_queries_with_one_line_and_with_thirty(client, count_queries):
    def costs():
        for address in addresses:
            client.get(address)
        return [count_queries(partial(client.get, address)) for address in addresses]

    addresses = ["/blog/archives/", "/blog/archives/2026/", "/blog/etiquettes/"]
    post_on(2026, 3, tag_names=["un"], categories=[CategoryFactory()])
    with_one = costs()
    for number in range(29):
        post_on(
            2010 + number % 16,
            1 + number % 12,
            tag_names=[f"mot {number}"],
            categories=[CategoryFactory()],
            author=AuthorFactory(name=f"N° {number}", slug=f"n-{number}"),
        )
    post_on(2026, 4)

    assert costs() == with_one
    assert max(with_one) <= 15
