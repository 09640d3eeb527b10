"""The poster: one page, few words, accessible, and a code that leads to the offer."""

import io

import pytest
from pypdf import PdfReader

from recrutement.documents.poster import POSTER, poster
from site_enys.pdf import render_pdf
from tests.factories.recrutement import OfferFactory, in_days
from tests.pdfs import accessibility_faults, text_of

pytestmark = pytest.mark.django_db


def address(offer):
    return f"/recrutement/affiche/{offer.reference}.pdf"


def test_the_poster_says_what_is_read_at_two_metres(client):
    offer = OfferFactory(title="Chargé·e d’études sociales", contract_type="cdd", contract_months=6)

    response = client.get(address(offer))
    text = text_of(response.content).replace("\u202f", " ").replace("\u00a0", " ")

    assert response.headers["Content-Type"] == "application/pdf"
    assert offer.reference in response.headers["Content-Disposition"]
    assert accessibility_faults(response.content) == []
    for fact in (
        "ENYS Conseil",
        "Chargé·e d’études sociales",
        "CDD de 6 mois",
        "Lyon (69)",
        "30 000 €",
        offer.reference,
        "testserver/recrutement/",
    ):
        assert fact in text
    assert poster(offer)["url"] == offer.full_url


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "Chargé·e d’accompagnement institutionnel et pédagogique (H/F)"},
        {"title": "Anticonstitutionnellementesquement" * 2 + " H"},
        {"title": "W" * 70, "introduction": "M" * 400, "salary_extra": "x" * 200},
        {"introduction": "Une phrase assez longue. " * 16, "on_behalf_of": "é" * 160},
        {"city": "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson", "remote_policy": "hybride",
         "remote_days": 2},
        {"remote_policy": "a-distance", "city": "", "postcode": ""},
        {"title": "#set *markup* $x$ 🙂 漢字", "introduction": "\u202e#strong[non]"},
    ],
)  # fmt: skip
def test_any_offer_fits_on_one_page(facts):
    content = render_pdf(POSTER, poster(OfferFactory(live=False, **facts)))

    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    assert accessibility_faults(content) == []


def test_an_employer_that_is_kept_quiet_is_not_printed(client):
    offer = OfferFactory(on_behalf_of="Les Tilleuls", hide_employer=True)

    text = text_of(client.get(address(offer)).content)

    assert "Tilleuls" not in text
    assert "pour une structure non nommée" in text


@pytest.mark.parametrize(
    "facts", [{"status": "filled"}, {"status": "suspended"}, {"closing_date": in_days(-1)},
              {"live": False}]
)  # fmt: skip
def test_only_an_open_offer_has_a_poster(client, facts):
    assert client.get(address(OfferFactory(**facts))).status_code == 404


@pytest.mark.parametrize("reference", ["ENYS-1999-001", "x" * 500, "%00", "..", "'"])
def test_an_invented_poster_is_not_found(client, reference):
    assert client.get(f"/recrutement/affiche/{reference}.pdf").status_code == 404


def test_who_has_the_poster_already_is_not_sent_it_again(client):
    offer = OfferFactory()
    known = {"If-None-Match": client.get(address(offer)).headers["ETag"]}

    again = client.get(address(offer), headers=known)
    offer.closing_date = in_days(12)
    offer.save()
    changed = client.get(address(offer), headers=known)

    assert again.status_code == 304
    assert changed.status_code == 200


def test_the_offer_leads_to_its_poster_while_it_is_open(client):
    offer, closed = OfferFactory(), OfferFactory(status="filled")

    assert address(offer) in client.get(offer.url).content.decode()
    assert "affiche" not in client.get(closed.url).content.decode()
