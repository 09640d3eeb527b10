"""Before an article shows: previews, and a date to come."""

from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

import pytest

from tests.factories.blog import AuthorFactory, CategoryFactory, PostPageFactory, the_blog

pytestmark = pytest.mark.django_db

WORD = "palindrome"


@pytest.fixture
def form():
    """What the editor sends before anything is saved."""
    html = "<h2>Un</h2><h2>Deux</h2><h2>Trois</h2><p>" + "mot " * 601 + "</p>"
    return nested_form_data(
        {
            "title": "Tout neuf",
            "slug": "",
            "introduction": "",
            "body": streamfield([("paragraph", rich_text(html))]),
            "date": "2026-03-10 09:00",
            "author": "",
            "tags": "DEIS, terrain",
            "comments_open": "on",
            "comment_notifications": "",
        }
    )


def preview(staff, data):
    address = f"/admin/pages/add/blog/postpage/{the_blog().pk}/preview/"
    return staff.post(address, data), staff.get(address)


def test_a_preview_before_the_first_save_has_its_contents_and_what_is_related(log_in, form):
    PostPageFactory(title="Du même sujet", tag_names=["DEIS"])

    sent, shown = preview(log_in("redaction"), form)
    html = shown.content.decode()

    assert sent.json()["is_valid"]
    assert 'href="#deux"' in html
    assert "Du même sujet" in html
    assert 'rel="prev"' not in html


@pytest.mark.parametrize("date", ["", "n’importe quoi", "0001-01-01 00:00", "9999-12-31 23:59"])
def test_a_preview_with_a_strange_date_is_no_error(log_in, form, date):
    _, shown = preview(log_in("redaction"), form | {"date": date})

    assert shown.status_code == 200


@pytest.mark.parametrize("year", [1, 1899, 2100, 9999])
def test_an_article_of_another_century_would_break_the_archives(year):
    with pytest.raises(ValidationError, match="Cette année n’est pas possible"):
        PostPageFactory(date=datetime(year, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize("year", [1900, 2099])
def test_the_archives_go_as_far_as_their_addresses(client, year):
    PostPageFactory(date=datetime(year, 6, 1, tzinfo=UTC))

    shown = 200 if year < 2026 else 404
    assert client.get(f"/blog/archives/{year}/06/").status_code == shown


def test_a_draft_of_a_published_article_is_previewed_beside_its_neighbours(log_in):
    PostPageFactory(title="Avant", date=timezone.now() - timedelta(days=9))
    post = PostPageFactory(date=timezone.now() - timedelta(days=8))
    post.title = "Repris"
    post.save_revision()

    html = log_in("redaction").get(f"/admin/pages/{post.pk}/view_draft/").content.decode()

    assert "Repris" in html
    assert "Avant" in html


@pytest.fixture
def to_come():
    """An article for tomorrow, alone under its headings, and one that shares its tag."""
    PostPageFactory(title="D’aujourd’hui", slug="aujourd-hui", tag_names=["commun"])
    return PostPageFactory(
        title=WORD,
        date=timezone.now() + timedelta(days=1),
        tag_names=["seul", "commun"],
        categories=[CategoryFactory(slug="seule")],
        author=AuthorFactory(name="Awa", slug="awa"),
    )


LISTS = [
    "/blog/",
    "/blog/archives/",
    "/blog/etiquettes/",
    "/blog/etiquette/commun/",
    "/blog/aujourd-hui/",
    "/blog/flux/",
    "/sitemap.xml",
    f"/recherche/?q={WORD}",
]
PARTS = ["/blog/etiquette/seul/", "/blog/categorie/seule/", "/blog/auteur/awa/"]


def test_an_article_to_come_shows_nowhere(client, to_come):
    for address in (*PARTS, to_come.url, to_come.answer_url):
        assert client.get(address).status_code == 404
    for address in LISTS:
        html = client.get(address).content.decode()
        assert to_come.url not in html
        assert "seul" not in html


@pytest.mark.usefixtures("public_search")
def test_it_shows_everywhere_at_its_date(client, to_come, time_machine):
    time_machine.move_to(to_come.date)

    for address in (*PARTS, to_come.url, to_come.answer_url):
        assert client.get(address).status_code == 200
    for address in LISTS:
        if address not in {"/blog/archives/", "/blog/etiquettes/"}:  # which name no article
            assert to_come.url in client.get(address).content.decode()
    assert "seul" in client.get("/blog/etiquettes/").content.decode()
