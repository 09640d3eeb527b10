"""« Résultats mis en avant » : what the team advises comes first, and only what can be read."""

from datetime import timedelta
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest

from search.models import Promotion
from search.models.promotions import check_phrases
from tests.factories.blog import PostPageFactory
from tests.factories.home import ServicePageFactory

pytestmark = pytest.mark.django_db

ROLES_OUT = ["formation", "recrutement", "evaluation"]


def promote(phrases, page=None, **more):
    page = page or ServicePageFactory(title="Se former à l’évaluation")
    return Promotion.objects.create(phrases=phrases, page=page, **more)


def search(client, query, number=1):
    return client.get(f"/recherche/?q={quote(query)}&page={number}")


def advised(client, query):
    return [line.entry.page.title for line in search(client, query).context["promoted"]]


def listed(response):
    return [hit.entry.page.title for hit in response.context["hits"]]


def screen(name, *args):
    return reverse(Promotion.snippet_viewset.get_url_name(name), args=args)


# -- What matches -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["référentiel HAS", "referentiel has", "HAS référentiels", "le référentiel de la HAS",
     "référentiel HAS 2022"],
)  # fmt: skip
def test_a_search_that_has_all_the_words_meets_the_phrase(client, query) -> None:
    promote("évaluation\nréférentiel HAS")

    assert advised(client, query) == ["Se former à l’évaluation"]


@pytest.mark.parametrize("query", ["référentiel", "has", "conseil", "", "de la", "\u202e", "😀"])
def test_a_search_that_lacks_a_word_does_not(client, query) -> None:
    promote("référentiel HAS")

    assert advised(client, query) == []


def test_it_is_marked_with_its_reason_and_not_repeated_below(client) -> None:
    page = ServicePageFactory(title="Évaluation")
    ServicePageFactory(title="Une évaluation de plus")
    promote("évaluation", page, sentence="Commencez par là.")

    response = search(client, "évaluation")

    html = response.content.decode()
    assert html.index("Conseillé par l’équipe") < html.index("Une évaluation de plus")
    assert "Commencez par là." in html
    assert listed(response) == ["Une évaluation de plus"]


def test_it_shows_even_when_nothing_else_is_found(client) -> None:
    promote("vae collective")

    html = search(client, "VAE collective").content.decode()

    assert "Conseillé par l’équipe" in html
    assert "Aucun résultat" not in html


def test_the_second_page_does_not_advise_again(client) -> None:
    for number in range(12):
        ServicePageFactory(title=f"Évaluation {number}")
    promote("évaluation", ServicePageFactory(title="Évaluation, la page"))

    first, second = search(client, "évaluation"), search(client, "évaluation", 2)

    assert len(first.context["promoted"]) == 1
    assert second.context["promoted"] == []
    assert "Évaluation, la page" not in listed(first) + listed(second)
    assert len(listed(first) + listed(second)) == 12


def test_the_closest_phrase_then_the_rank_three_at_most(client) -> None:
    for title, phrases, rank in [
        ("Rang 9", "évaluation", 9),
        ("Rang 1", "évaluation", 1),
        ("Deux mots", "évaluation interne", 50),
        ("Rang 5", "évaluation", 5),
    ]:
        promote(phrases, ServicePageFactory(title=title), rank=rank)

    assert advised(client, "évaluation interne") == ["Deux mots", "Rang 1", "Rang 5"]


def test_what_is_typed_by_the_team_is_shown_and_never_run(client) -> None:
    promote("évaluation", sentence="<script>x</script>")

    assert "&lt;script&gt;" in search(client, "évaluation").content.decode()


# -- What cannot be read ------------------------------------------------------------------------


@pytest.mark.parametrize("fate", ["draft", "private", "future", "deleted"])
def test_a_page_that_cannot_be_read_shows_nothing(client, fate) -> None:
    page = PostPageFactory(title="La page")
    promotion = promote("évaluation", page)
    match fate:
        case "draft":
            page.unpublish()
        case "private":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        case "future":
            page.date = timezone.now() + timedelta(days=1)
            page.save()
        case "deleted":
            page.delete()

    assert advised(client, "évaluation") == []
    promotion.refresh_from_db()
    assert (promotion.page is None) is (fate == "deleted")


def test_a_page_that_cannot_be_read_gives_its_place_to_another(client) -> None:
    drafts = [ServicePageFactory(title=f"B{n}", live=False) for n in range(3)]
    for page in drafts:
        promote("évaluation", page, rank=1)
    promote("évaluation", ServicePageFactory(title="En ligne"), rank=2)

    assert advised(client, "évaluation") == ["En ligne"]


def test_thirty_promotions_cost_what_one_does(client, count_queries) -> None:
    promote("évaluation")
    search(client, "évaluation")
    with_one = count_queries(lambda: search(client, "évaluation"))
    for _ in range(29):
        promote("évaluation", ServicePageFactory())

    assert count_queries(lambda: search(client, "évaluation")) == with_one


# -- The phrases --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrases", "sentence"),
    [
        ("de la", "aucun mot qui ait un sens"),
        ("???", "aucun mot qui ait un sens"),
        ("évaluation\nÉvaluations", "disent la même recherche"),
        ("mission insertion\nl’insertion, la mission", "disent la même recherche"),
        ("x" * 81, "quelques mots suffisent"),
        ("\n".join(f"mot{n}" for n in range(21)), "lignes au plus"),
    ],
)
def test_phrases_that_are_refused(phrases, sentence) -> None:
    with pytest.raises(ValidationError, match=sentence):
        check_phrases(phrases)


@pytest.mark.parametrize("phrases", ["évaluation", " évaluation \n\n vae ", "ase\nvae"])
def test_phrases_that_are_accepted(phrases) -> None:
    check_phrases(phrases)


# -- The desk -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["direction", "redaction"])
def test_editors_put_a_page_forward(log_in, client, role) -> None:
    page = ServicePageFactory(title="La bonne page")
    data = {"phrases": "vae\r\nvalidation des acquis", "page": page.pk, "sentence": "", "rank": 10}

    response = log_in(role).post(screen("add"), data)

    assert response.status_code == 302
    assert advised(client, "validation acquis") == ["La bonne page"]


def test_a_page_is_put_forward_once(log_in) -> None:
    promotion = promote("vae")
    data = {"phrases": "acquis", "page": promotion.page.pk, "sentence": "", "rank": 10}

    html = log_in("redaction").post(screen("add"), data).content.decode()

    assert "Cette page est déjà mise en avant" in html
    assert Promotion.objects.count() == 1


def test_a_refused_phrase_says_why_and_loses_nothing(log_in) -> None:
    page = ServicePageFactory()
    data = {"phrases": "de la", "page": page.pk, "sentence": "Parce que.", "rank": 10}

    html = log_in("redaction").post(screen("add"), data).content.decode()

    assert "aucun mot qui ait un sens" in html
    assert "Parce que." in html


@pytest.mark.parametrize("key", [" ", "x", "1e309", "9" * 30, "' OR 1=1--", "99999"])
def test_a_page_that_cannot_be_is_refused_beside_its_field(log_in, key) -> None:
    data = {"phrases": "jury de DEIS", "page": key, "rank": "10"}

    response = log_in("redaction").post(screen("add"), data)

    assert response.status_code == 200
    assert "jury de DEIS" in response.content.decode()
    assert not Promotion.objects.exists()


def test_the_form_begins_with_the_words_of_the_search(log_in) -> None:
    html = log_in("redaction").get(screen("add") + "?mots=vae%20collective").content.decode()

    assert ">\nvae collective</textarea>" in html or ">vae collective</textarea>" in html


@pytest.mark.parametrize("typed", ["%00", "x" * 5000, "%3Cscript%3E", "%E2%80%AE"])
def test_hostile_words_in_the_address_are_only_words(log_in, typed) -> None:
    response = log_in("redaction").get(screen("add") + f"?mots={typed}")

    assert response.status_code in {200, 400}
    assert "<script>" not in response.content.decode().partition("<textarea")[2][:200]


@pytest.mark.parametrize("role", ROLES_OUT)
def test_others_see_none_of_it(log_in, role) -> None:
    promotion = promote("vae")
    staff = log_in(role)
    urls = [screen("list"), screen("add"), screen("edit", promotion.pk)]
    urls += [screen("delete", promotion.pk), screen("list") + "?export=xlsx"]

    assert {staff.get(url).status_code for url in urls} <= {302, 403}
    assert screen("list") not in staff.get("/admin/").content.decode()
    staff.post(screen("delete", promotion.pk))
    assert Promotion.objects.exists()


def test_the_list_says_where_each_page_is_and_costs_the_same(log_in, count_queries) -> None:
    promote("vae", ServicePageFactory(title="Brouillon", live=False))
    gone = promote("acquis")
    gone.page.delete()
    staff = log_in("redaction")
    html = staff.get(screen("list")).content.decode()
    assert "brouillon" in html
    assert "page supprimée" in html

    before = count_queries(lambda: staff.get(screen("list")))
    for _ in range(28):
        promote("évaluation", ServicePageFactory())

    assert count_queries(lambda: staff.get(screen("list"))) == before
    assert staff.get(screen("list") + "?export=xlsx").status_code == 200
