"""The admin's own searches, with what the databases cannot take."""

from wagtail.search.query import And, Not, Phrase, PlainText

import pytest

from site_enys.search_backend import LONGEST_QUERY, MATCHES_NOTHING, clean
from tests.factories.blog import CategoryFactory, PostPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_search")]

HOSTILE = [
    "%22",
    "a%22b",
    "%00",
    "%27",
    "%5C",
    "%25",
    "*",
    "((",
    "a%20AND",
    "%26%20%7C%20%21",
    "%3C-%3E",
    "%3A",
    "-",
    "%F0%9F%92%A5",
    "x" * 5000,
    "mot%20" * 900,
    "%22un%20deux%22%20trois",
    "%22%22",
    "%22%20%22%20%00",
    "%22" + "mot%20" * 900 + "%22",
    "live:yes",
    "published:peut-être",
]
LISTS = [
    "/admin/pages/search/",
    "/admin/pages/1/",
    "/admin/images/",
    "/admin/images/results/",
    "/admin/images/chooser/results/",
    "/admin/documents/",
    "/admin/documents/chooser/results/",
    "/admin/snippets/blog/category/",
    "/admin/snippets/choose/blog/author/results/",
    "/admin/choose-page/search/",
]


@pytest.fixture
def everything(log_in):
    """Somebody who may open every list."""
    client = log_in("direction")
    client.user.is_superuser = True
    client.user.save()
    return client


@pytest.mark.parametrize("query", HOSTILE)
def test_no_list_of_the_admin_breaks_on_a_search(everything, query):
    PostPageFactory()
    CategoryFactory()

    answers = {url: everything.get(f"{url}?q={query}").status_code for url in LISTS}

    assert answers == dict.fromkeys(LISTS, 200)


def test_staff_finds_a_page_with_or_without_its_accents(everything):
    PostPageFactory(title="Évaluation externe")

    for typed in ("évaluation", "evaluation", "EVAL"):
        html = everything.get(f"/admin/pages/search/?q={typed}").content.decode()
        assert "Évaluation externe" in html


@pytest.mark.parametrize(
    ("query", "cleaned"),
    [
        ('un "mot"', "un  mot"),
        ("\x00", MATCHES_NOTHING),
        ('""', MATCHES_NOTHING),
        ("x" * 5000, "x" * LONGEST_QUERY),
        (None, None),
    ],
)
def test_what_is_left_of_a_query(query, cleaned):
    assert clean(query) == cleaned


def test_a_parsed_query_is_cleaned_inside():
    query = And([PlainText('a"b', operator="or"), Not(Phrase("\x00"))])

    plain, refused = clean(query).subqueries

    assert (plain.query_string, plain.operator) == ("a b", "or")
    assert refused.subquery.query_string == MATCHES_NOTHING
