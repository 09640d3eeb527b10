"""A word that no page has leads to the nearest one that somebody may read."""

from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest

from search.models import SearchMention, SearchWord
from search.services.near import furthest
from search.services.query import Match
from tests.search.test_search import post, search, titles

pytestmark = pytest.mark.django_db


def answer(client, query, **more):
    return search(client, query, **more).context["answer"]


def test_a_misspelt_word_is_read_as_the_nearest_one_and_it_is_said(client):
    post("Le recrutement d’un chef")

    response = search(client, "recrutment d’un chef")

    html = response.content.decode()
    assert titles(response) == ["Le recrutement d’un chef"]
    assert "Aucun résultat pour «&nbsp;recrutment d’un chef&nbsp;»" in html
    assert "Résultats proches" in html
    assert 'href="?q=recrutement+d%E2%80%99un+chef"' in html


def test_the_words_as_typed_may_still_be_asked_for(client):
    post("Le recrutement")
    post("Un métier")

    near = search(client, "recrutment métier")
    exactly = search(client, "recrutment métier", exact=1)

    assert near.context["answer"].match == Match.PART  # no page has both, once corrected
    assert exactly.context["answer"].match == Match.PART
    assert titles(exactly) == ["Un métier"]


def test_the_way_back_is_shown_when_a_word_is_known(client):
    post("Le métier du recrutement")

    html = search(client, "recrutment métier").content.decode()

    assert "exact=1" in html
    assert "exact=1" not in search(client, "recrutment").content.decode()


@pytest.mark.parametrize("hidden", ["private", "future", "draft", "withdrawn"])
def test_the_words_of_a_page_that_nobody_may_read_are_never_suggested(client, hidden):
    post("Une page de tous")
    page = post("Licenciement", draft=hidden == "draft", future=hidden == "future")
    if hidden == "private":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    elif hidden == "withdrawn":
        page.unpublish()

    response = search(client, "licenciemant")

    assert response.context["answer"].match == Match.NONE
    assert "licenciement" not in response.content.decode().lower()


def test_a_form_of_a_private_page_does_not_lend_itself_to_a_public_stem(client):
    post("Recruter")
    page = post("Recrutements")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert answer(client, "recruterz").near == "recruter"


def test_of_two_words_as_near_the_more_frequent_is_read(client):
    post("Le poste")
    for number in range(2):
        post(f"La porte {number}")

    assert answer(client, "potte").near == "porte"


def test_a_nearer_word_is_read_before_a_more_frequent_one(client):
    post("Évaluation")
    for number in range(3):
        post(f"Évacuations {number}")

    assert answer(client, "evzluation").near == "évaluation"


@pytest.mark.parametrize(
    ("length", "slips"), [(3, 0), (4, 1), (6, 1), (7, 2), (11, 2), (12, 3), (40, 3)]
)
def test_a_long_word_may_have_more_slips(length, slips):
    assert furthest(length) == slips


def test_a_short_word_is_never_replaced(client):
    post("Le CPF")

    assert answer(client, "cpg").match == Match.NONE


def test_two_words_without_their_space_are_found(client):
    post("L’ingénierie sociale")

    assert answer(client, "ingenieriesociale").near == "ingénierie sociale"


def test_pages_with_most_of_the_words_come_when_none_has_them_all(client):
    post("Le mémoire")
    post("L’évaluation du projet")
    post("Le projet")

    response = search(client, "évaluation projet mémoire")

    assert response.context["answer"].match == Match.PART
    assert titles(response) == ["L’évaluation du projet"]
    assert "une partie de vos mots" in response.content.decode()


def test_a_rare_word_counts_more_than_a_common_one(client):
    post("CAFERUIS", "Rien.")
    for number in range(8):
        post(f"Formation {number}")

    assert titles(search(client, "formation caferuis introuvable"))[0] == "CAFERUIS"


def test_a_near_search_stays_under_the_number_of_queries(client, count_queries):
    for number in range(30):
        post(f"Recrutement d’un éducateur {number}")

    search(client, "recrutment educatur")

    assert count_queries(lambda: search(client, "recrutment educatur")) <= 12
    assert count_queries(lambda: search(client, "recrutment éducateur hippopotame")) <= 12


def test_words_that_no_page_has_any_more_are_swept(client):
    from search.jobs import index_forgotten_pages  # noqa: PLC0415 - a job registers itself

    post("Ornithologie").delete()

    index_forgotten_pages(timezone.now())

    assert not SearchWord.objects.filter(folded="ornithologie").exists()
    assert not SearchMention.objects.filter(word__folded="ornithologie").exists()
