"""Suggestions while typing: few, public, quick."""

from urllib.parse import quote

from wagtail.models import PageViewRestriction

import pytest

from tests.factories.recrutement import OfferFactory, in_days
from tests.search.test_search import HOSTILE, post

pytestmark = pytest.mark.django_db


def suggest(client, query):
    return client.get(f"/recherche/suggestions/?q={quote(query)}")


def labels(client, query):
    return [line["label"] for line in suggest(client, query).json()["suggestions"]]


@pytest.mark.parametrize(
    "typed",
    ["eva", "ÉVA", "l’éva", "« éva", "conduire éva", "eva cond", "évaluation", "conduire une é"],
)
def test_the_beginning_of_each_word_finds_the_title(client, typed):
    post("Conduire une évaluation")
    post("Autre sujet")

    assert "Conduire une évaluation" in labels(client, typed)
    assert "Autre sujet" not in labels(client, typed)


def test_a_suggestion_has_its_kind_and_its_address(client):
    page = post("Conduire une évaluation")

    lines = suggest(client, "eva").json()["suggestions"]

    word = {"label": "évaluation", "kind": "Rechercher", "url": "/recherche/?q=%C3%A9valuation"}
    title = {"label": "Conduire une évaluation", "kind": "Article", "url": page.url}
    assert lines == [word, title]


def test_only_one_of_the_singular_and_the_plural_is_offered(client):
    for number in range(2):
        post(f"Évaluations {number}")
    post("Une évaluation")

    assert labels(client, "eva")[0] == "évaluations"
    assert "évaluation" not in labels(client, "eva")


def test_there_are_eight_at_most_and_the_section_comes_first(client):
    post("Terrain")
    for number in range(20):
        post(f"Le terrain du numéro {number}")

    found = labels(client, "terr")

    assert len(found) == 8
    assert found[:2] == ["terrain", "Terrain"]


def test_what_is_over_comes_last(client):
    OfferFactory(title="Enquêteur (H/F)", closing_date=in_days(-1))
    post("Enquêteurs d’ici et d’ailleurs")

    assert labels(client, "enquêteur")[-1] == "Enquêteur (H/F)"


@pytest.mark.parametrize("hidden", ["private", "future", "draft", "withdrawn"])
def test_what_nobody_may_read_is_never_suggested(client, hidden):
    page = post("Licenciement", draft=hidden == "draft", future=hidden == "future")
    if hidden == "private":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    elif hidden == "withdrawn":
        page.unpublish()

    assert labels(client, "licen") == []


@pytest.mark.parametrize("typed", ["", "e", " ", "?", "é"])
def test_too_little_suggests_nothing(client, typed):
    post("Évaluation")

    assert labels(client, typed) == []


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_beginnings_are_only_beginnings(client, typed):
    post("La mission insertion")

    response = suggest(client, typed)

    assert response.status_code == 200
    assert len(response.json()["suggestions"]) <= 8


def test_an_answer_is_kept_a_short_while_and_sets_no_cookie(client):
    response = suggest(client, "eva")

    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert client.post("/recherche/suggestions/").status_code == 405


def test_suggestions_cost_the_same_with_one_title_and_with_thirty(client, count_queries):
    post("Mission 0")
    suggest(client, "mis")
    with_one = count_queries(lambda: suggest(client, "mis"))
    for number in range(1, 30):
        post(f"Mission {number}")

    assert count_queries(lambda: suggest(client, "mis")) == with_one <= 5
