"""What everybody reads: the list, an offer, a closed offer, the data, the block of the home."""

import json
import re

from django.template import Context, Template
from django.utils import timezone

import pytest
import time_machine

from recrutement.models import JobOfferPage
from tests.factories.recrutement import IndexFactory, OfferFactory, in_days
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    return [offer.title for offer in response.context["offers"]]


def test_the_list_shows_the_open_offers_that_close_first(client):
    OfferFactory(title="Tard (H/F)", closing_date=in_days(30))
    OfferFactory(title="Tôt (H/F)", closing_date=in_days(2))
    OfferFactory(title="Passée (H/F)", closing_date=in_days(-1))
    OfferFactory(title="Pourvue (H/F)", status="filled")
    OfferFactory(title="Brouillon (H/F)", live=False)

    assert titles(client.get("/recrutement/")) == ["Tôt (H/F)", "Tard (H/F)"]


def test_an_offer_leaves_the_list_by_itself_at_midnight_in_paris(client):
    OfferFactory(closing_date=paris(2026, 6, 30).date())

    with time_machine.travel(paris(2026, 6, 30, 23, 59), tick=False):
        assert len(titles(client.get("/recrutement/"))) == 1
    with time_machine.travel(paris(2026, 7, 1), tick=False):
        assert titles(client.get("/recrutement/")) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"A (H/F)", "B (H/F)"}),
        ("?contrat=cdd", {"B (H/F)"}),
        ("?teletravail=a-distance", {"B (H/F)"}),
        ("?contrat=cdi&teletravail=a-distance", set()),
        ("?etiquette=deis", {"A (H/F)"}),
        ("?contrat=inconnu", {"A (H/F)", "B (H/F)"}),
        ("?contrat=%00", {"A (H/F)", "B (H/F)"}),
        ("?etiquette=<script>", {"A (H/F)", "B (H/F)"}),
        ("?etiquette=caferuis", {"A (H/F)", "B (H/F)"}),
        ("?lieu=region:Bretagne", {"B (H/F)"}),
        ("?lieu=ville:Rennes", {"B (H/F)"}),
        ("?lieu=region:Autres lieux", {"A (H/F)"}),
        ("?lieu=ville:%00", {"A (H/F)", "B (H/F)"}),
        ("?lieu=region:Atlantide", {"A (H/F)", "B (H/F)"}),
        ("?lieu=Lyon", {"A (H/F)", "B (H/F)"}),
        ("?niveau=7", {"B (H/F)"}),
        ("?niveau=12", {"A (H/F)", "B (H/F)"}),
        ("?page=999", {"A (H/F)", "B (H/F)"}),
        ("?page=x'\"", {"A (H/F)", "B (H/F)"}),
    ],
)
def test_the_facets_narrow_the_list_and_ignore_what_does_not_exist(client, query, expected):
    OfferFactory(title="A (H/F)", tags=["DEIS"])
    OfferFactory(
        title="B (H/F)",
        contract_type="cdd",
        contract_months=6,
        remote_policy="a-distance",
        city="Rennes",
        postcode="35000",
        region="Bretagne",
        qualification_level=7,
    )

    response = client.get(f"/recrutement/{query}")

    assert response.status_code == 200
    assert set(titles(response)) == expected


@pytest.mark.parametrize("query", ["?contrat=x", "?lieu=x", "?niveau=x", "?etiquette=rien"])
def test_a_choice_that_does_not_exist_is_told(client, query):
    OfferFactory()

    assert "n’existe pas" in client.get(f"/recrutement/{query}").content.decode()


def test_twenty_offers_to_a_page(client):
    for _ in range(21):
        OfferFactory()

    assert len(titles(client.get("/recrutement/"))) == 20
    assert len(titles(client.get("/recrutement/?page=2"))) == 1


def test_an_empty_list_says_so(client):
    assert "Aucune offre n’est ouverte" in client.get("/recrutement/").content.decode()


def test_the_offer_says_what_matters(client):
    offer = OfferFactory(
        title="Chargé·e d’études",
        contract_type="cdd",
        contract_months=6,
        on_behalf_of="une association",
        first_published_at=paris(2026, 5, 1, 12),
        remote_policy="hybride",
        remote_days=1,
    )

    text = re.sub(r"[ \n]+", " ", client.get(offer.url).content.decode())

    for fact in (
        offer.reference,
        "CDD, 6&nbsp;mois",
        "69007 Lyon",
        "30\u202f000\u00a0€",
        "brut par an",
        "une association",
        "1er\u00a0mai 2026",
        "1\u00a0jour par semaine",
        f"/recrutement/postuler/{offer.reference}/",
    ):
        assert fact in text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "filled"}, "Ce poste est pourvu."),
        ({"status": "suspended"}, "suspendu"),
        ({"status": "cancelled"}, "annulée"),
        ({"closing_date": in_days(-1)}, "La date limite de candidature est passée."),
    ],
)
def test_a_closed_offer_says_so_and_shows_the_others(client, changes, reason):
    closed, other = OfferFactory(**changes), OfferFactory(title="Autre (H/F)")

    text = client.get(closed.url).content.decode()

    assert reason in text
    assert '<meta name="robots" content="noindex">' in text
    assert "/postuler/" not in text
    assert other.url in text


def test_an_open_offer_may_be_indexed(client):
    assert "noindex" not in client.get(OfferFactory().url).content.decode()


def test_the_sitemap_holds_only_open_offers(client):
    open_offer, closed = OfferFactory(), OfferFactory(status="filled")

    text = client.get("/sitemap.xml").content.decode()

    assert open_offer.url in text
    assert closed.url not in text


def test_the_offers_as_data_hold_what_the_page_shows(client):
    offer = OfferFactory(closing_date=in_days(3))
    OfferFactory(status="filled")

    response = client.get("/recrutement/offres.json")

    assert response.headers["Content-Type"] == "application/json"
    (data,) = json.loads(response.content)["offres"]
    assert data["reference"] == offer.reference
    assert data["adresse"].endswith(offer.url)
    assert data["salaire"] == {
        "min": 30000.0,
        "max": 36000.0,
        "unite": "par an",
        "en_plus": "",
    }
    assert data["date_limite"] == in_days(3).isoformat()
    assert data["publiee_le"] == timezone.localdate().isoformat()


def test_the_block_of_the_home_page_shows_three_offers_or_nothing():
    template = Template("{% load recrutement_tags %}{% open_offers 3 %}")
    assert template.render(Context()).strip() == ""

    for days in (4, 3, 2, 1):
        OfferFactory(title=f"Dans {days} jours (H/F)", closing_date=in_days(days))

    text = template.render(Context())
    assert text.count("<article") == 3
    assert "Dans 4 jours" not in text


def test_the_number_of_queries_does_not_grow_with_the_list(client, count_queries):
    paths = (
        "/recrutement/",
        "/recrutement/?contrat=cdi&lieu=ville:Lyon&etiquette=deis",
        "/recrutement/offres.json",
        "/recrutement/flux/",
        "/recrutement/offres.ics",
    )
    OfferFactory(tags=["DEIS"], diplomas=["DEIS"])

    def costs() -> list[int]:
        for path in paths:
            client.get(path)
        return [count_queries(lambda path=path: client.get(path)) for path in paths]

    with_one = costs()
    for _ in range(29):
        OfferFactory(tags=["DEIS", "évaluation"], diplomas=["CAFERUIS"])

    assert costs() == with_one
    assert max(with_one) <= 15


HIDDEN = {"on_behalf_of": "Les Tilleuls argentés", "hide_employer": True}


@pytest.mark.parametrize(
    "path",
    [
        "{url}",
        "/recrutement/",
        "/recrutement/flux/",
        "/recrutement/offres.json",
        "/recrutement/offres.ics",
        "/recherche/?q=enquete",
    ],
)
def test_an_employer_that_is_kept_quiet_shows_nowhere(client, path):
    offer = OfferFactory(**HIDDEN)
    response = client.get(path.format(url=offer.url))

    assert response.status_code == 200
    assert "Tilleuls" not in response.content.decode()
    assert OfferFactory(**HIDDEN | {"hide_employer": False}).employer == "Les Tilleuls argentés"


@pytest.mark.usefixtures("public_search")
@pytest.mark.parametrize("status", ["filled", "suspended", "cancelled"])
def test_the_search_shows_open_offers_before_the_others(client, status):
    OfferFactory(title="Ornithologue (H/F)", slug="ouverte")
    OfferFactory(title="Ornithologue (H/F)", slug="close", status=status)
    OfferFactory(title="Ornithologue (H/F)", slug="passee", closing_date=in_days(-1))

    text = client.get("/recherche/?q=ornithologue").content.decode()

    open_one = text.index("/recrutement/ouverte/")
    assert open_one < text.index("/recrutement/close/")
    assert open_one < text.index("/recrutement/passee/")
    assert "Offre close depuis le" in text


def test_spontaneous_applications_are_offered_until_their_last_day(client):
    index = IndexFactory.the_one()
    index.spontaneous_until = paris(2026, 6, 30).date()
    index.save()
    closed = OfferFactory(status="filled", closing_date=paris(2026, 6, 30).date())
    pages = ("/recrutement/", f"/recrutement/postuler/{closed.reference}/")
    door = "/recrutement/spontanee/"

    with time_machine.travel(paris(2026, 6, 30, 23, 59), tick=False):
        assert client.get(door).status_code == 200
        assert all(door in client.get(page).content.decode() for page in pages)
    with time_machine.travel(paris(2026, 7, 1), tick=False):
        assert client.get(door).status_code == 410
        assert all(door not in client.get(page).content.decode() for page in pages)


@pytest.mark.parametrize("status", ["open", "filled"])
def test_an_offer_takes_few_queries(client, count_queries, status):
    offer = OfferFactory(status=status, tags=["DEIS"])
    for _ in range(5):
        OfferFactory()
    client.get(offer.url)

    assert count_queries(lambda: client.get(offer.url)) <= 15


def test_a_preview_before_the_first_save_has_no_form_yet():
    index = IndexFactory.the_one()
    offer = JobOfferPage(title="Nouvelle (H/F)", slug="nouvelle", closing_date=in_days(3))
    offer.set_url_path(index)

    text = offer.make_preview_request().content.decode()

    assert "Nouvelle (H/F)" in text
    assert "/postuler/" not in text


def test_a_preview_shows_the_page_as_it_would_be_published():
    offer = OfferFactory(live=False)

    response = offer.make_preview_request()

    assert b"n\xe2\x80\x99est pas publi" not in response.content
    assert offer.reference.encode() in response.content
