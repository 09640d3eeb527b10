"""The public search: what is found, by whom, in which order, at what cost."""

from urllib.parse import quote

from django.utils import timezone

from wagtail.models import PageViewRestriction, Site

import pytest

from search.models import SearchEntry
from search.services.query import Match, find, stems_of_query
from tests.factories.blog import PostPageFactory
from tests.site_enys.test_french import PAIRS

pytestmark = pytest.mark.django_db


def post(title, text="Rien de plus.", **more):
    return PostPageFactory(title=title, body=[("paragraph", f"<p>{text}</p>")], **more)


def search(client, query, **more):
    parameters = "&".join(f"{name}={quote(str(value))}" for name, value in more.items())
    return client.get(f"/recherche/?q={quote(query)}&{parameters}")


def titles(response):
    return [hit.entry.page.title for hit in response.context["hits"]]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("energie", "Énergies et précarité"),
        ("evaluation", "Évaluation"),
        ("EVALUATION", "Évaluation"),
        ("charge", "Chargé·e de mission"),
        ("chargée", "Chargé·e de mission"),
        ("chargé(e)", "Chargée de mission"),
        ("educateurs", "Éducateur de rue"),
        ("éducatrice", "Éducateur de rue"),
        ("saint etienne", "Une équipe à Saint-Étienne"),
        ("accompagner", "Ce qui accompagne"),
        ("coeur", "Au cœur du métier"),
        ("mission d'insertion", "La mission insertion"),
        ("l’insertion", "La mission insertion"),
        ("« mission » : insertion ?", "La mission insertion"),
        ("insertion mission", "La mission insertion"),
    ],
)
def test_what_people_type_finds_what_is_written(client, typed, title):
    post(title)
    post("Tout autre chose")

    assert titles(search(client, typed)) == [title]


def test_every_pair_of_words_meets_in_the_database_too():
    page = post("Tout", ". ".join(written for _, written in PAIRS))
    site, now = Site.objects.get(), timezone.now()

    missed = [typed for typed, _ in PAIRS if page.pk not in find(stems_of_query(typed), site, now)]

    assert missed == []


def test_all_words_are_asked_for(client):
    post("La mission")
    post("La mission insertion")

    assert titles(search(client, "mission insertion")) == ["La mission insertion"]


def test_a_word_of_the_title_weighs_more_than_many_in_the_text(client):
    post("Autre sujet", "évaluation " * 50)
    post("Conduire une évaluation dans un établissement")
    post("Évaluations")

    assert titles(search(client, "évaluation")) == [
        "Évaluations",
        "Conduire une évaluation dans un établissement",
        "Autre sujet",
    ]


def test_equal_pages_come_latest_first(client):
    for number in range(3):
        post(f"Mission {number}")

    assert titles(search(client, "mission")) == ["Mission 2", "Mission 1", "Mission 0"]


def test_tags_and_author_are_searched(client):
    post("Un titre", tag_names=["CAFERUIS"])

    assert titles(search(client, "caferuis")) == ["Un titre"]
    assert titles(search(client, "yonli")) == ["Un titre"]


def test_only_what_is_public_and_current_is_found(client):
    post("Mission montrée")
    post("Mission brouillon", draft=True)
    post("Mission avenir", future=True)
    closed = post("Mission privée")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    post("Mission retirée").unpublish()

    assert titles(search(client, "mission")) == ["Mission montrée"]


def test_a_page_under_a_closed_section_is_not_found(client):
    page = post("Mission")
    PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )

    assert titles(search(client, "mission")) == []


def test_a_draft_of_a_live_page_stays_unknown(client):
    page = post("Mission")
    page.title = "Chantier secret"
    page.save_revision()

    assert titles(search(client, "secret")) == []
    assert titles(search(client, "mission")) == ["Mission"]


def test_publishing_again_replaces_what_was_known(client):
    page = post("Mission")
    page.title = "Chantier"
    page.save_revision().publish()

    assert titles(search(client, "mission")) == []
    assert titles(search(client, "chantier")) == ["Chantier"]


def test_a_deleted_page_is_forgotten(client):
    post("Mission").delete()

    assert not SearchEntry.objects.filter(text__contains="Rien de plus").exists()
    assert titles(search(client, "mission")) == []


def test_a_result_says_its_kind_and_shows_the_words_in_place(client):
    post("Le terrain", "Avant " * 60 + "une évaluation &lt;b&gt; menée " + "après " * 60)

    response = search(client, "evaluation")

    (hit,) = response.context["hits"]
    assert hit.entry.get_kind_display() == "Article"
    assert "<mark>évaluation</mark> &lt;b&gt; menée" in hit.extract
    assert hit.extract.startswith("… ")
    assert hit.extract.endswith(" …")
    assert f'href="{hit.url}"' in response.content.decode()


def test_results_go_on_over_several_pages(client):
    for number in range(12):
        post(f"Mission {number}")

    first, second = search(client, "mission"), search(client, "mission", page=2)

    assert "12\u00a0résultats" in first.content.decode()
    assert (len(titles(first)), len(titles(second))) == (10, 2)
    assert not set(titles(first)) & set(titles(second))


@pytest.mark.parametrize("page", ["0", "-1", "3", "deux", "1.5", "9" * 400, "²", "1 OR 1=1"])
def test_an_impossible_page_does_not_exist(client, page):
    post("Mission")

    assert search(client, "mission", page=page).status_code == 404


@pytest.mark.parametrize("query", ["", "   ", "le la les", "d’", "?!", "…"])
def test_a_query_that_asks_nothing_finds_nothing(client, query):
    post("Mission")

    response = search(client, query)

    assert response.status_code == 200
    assert titles(response) == []


def test_nothing_found_is_said_with_ways_out(client):
    html = search(client, "introuvable").content.decode()

    assert "Aucun résultat pour «\u00a0introuvable\u00a0»" in html or "Aucun résultat" in html
    assert 'href="/formation/"' in html


HOSTILE = [
    '"',
    'a"b',
    "'",
    "\\",
    "%",
    "_",
    "*",
    "mission*",
    "mission AND insertion",
    "mission OR xyz",
    "NOT mission",
    "NEAR(mission insertion)",
    "title:mission",
    "mission & insertion",
    "mission | !insertion",
    "mission <-> insertion",
    "(((",
    "'; DROP TABLE search_searchstem; --",
    "<script>alert(1)</script>",
    "{{ 7 }}",
    "\u0000mission",
    "\u200b\u202e",
    "💥",
    "Ω≈ç√",
    "١٢٣",
    "日本語",
    "a" * 10_000,
    "mission " * 2_000,
    "𝕞𝕚𝕤𝕤𝕚𝕠𝕟",
    "\ud7ff",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_query_is_only_a_query(client, query):
    client.checks_html = False
    post("La mission insertion")

    response = search(client, query)

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_bytes_that_are_no_text_are_only_a_query(client):
    assert client.get("/recherche/?q=%FF%FE%80").status_code == 200
    assert client.get("/recherche/?q[]=a&q=b&q=c&page=").status_code == 200


def test_operators_are_words_like_others(client):
    post("La mission insertion")

    # « and » is a word that no page has: the others lead to what they have.
    assert search(client, "mission AND insertion").context["answer"].match == Match.PART
    assert titles(search(client, "mission | !insertion")) == ["La mission insertion"]


def test_too_long_a_query_is_said_in_french(client):
    response = search(client, "mission " * 2_000)

    assert "trop longue" in response.content.decode()
    assert titles(response) == []


def test_the_field_to_ask_in_is_a_page_like_another_and_shows_where_to_go(client):
    response = client.get("/recherche/")

    assert "X-Robots-Tag" not in response.headers
    assert "noindex" not in response.text


def test_the_answers_are_not_for_search_engines_and_set_no_cookie(client):
    response = search(client, "mission")

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_only_reading_is_possible(client):
    assert client.post("/recherche/", {"q": "mission"}).status_code == 405


def test_a_search_costs_the_same_queries_with_one_result_and_with_thirty(client, count_queries):
    post("Mission")
    search(client, "mission")
    with_one = count_queries(lambda: search(client, "mission"))
    for number in range(29):
        post(f"Mission {number}")
    with_thirty = count_queries(lambda: search(client, "mission"))

    assert with_one == with_thirty <= 12
