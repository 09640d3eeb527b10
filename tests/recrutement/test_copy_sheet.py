"""« Copier pour… » : plain texts, in the order of each site, for those who write the offer."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

from django.urls import reverse

import pytest

from recrutement.documents.copy_sheet import plain, sheets
from tests.factories.recrutement import ApplicationFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return OfferFactory(
        title="Chargé·e d’études (H/F)",
        contract_type="cdd",
        contract_months=6,
        hours_per_week=Decimal(28),
        rome_code="K1802",
        qualification_level=6,
        diplomas=["DEIS"],
        start_on=date(2027, 9, 1),
        missions="<p>Vous :</p><ul><li>enquêtez</li><li>écrivez &amp; <b>restituez</b></li></ul>",
        salary_extra="Tickets restaurant.",
    )


@pytest.fixture
def desk(log_in):
    return log_in("recrutement")


def screen(offer):
    return reverse("recrutement_copy_sheet", args=[offer.pk])


def test_each_site_has_its_fields_in_its_order(offer):
    france_travail, apec, linkedin = sheets(offer)

    texts = {entry.label: entry.text for entry in france_travail.entries}
    assert list(texts) == [
        "Intitulé du poste",
        "Code ROME",
        "Nombre de postes",
        "Type de contrat",
        "Durée du contrat",
        "Date de début",
        "Durée du travail",
        "Lieu de travail",
        "Description du poste",
        "Compétences et profil",
        "Niveau de formation",
        "Salaire",
        "Compléments de salaire",
        "Entreprise",
        "Modalités de candidature",
    ]
    assert texts["Code ROME"] == "K1802"
    assert texts["Durée du contrat"] == "6 mois"
    assert texts["Durée du travail"] == "Temps plein, 28 h par semaine"
    assert texts["Salaire"] == "de 30 000 € à 36 000 € brut par an"
    assert texts["Niveau de formation"] == "Niveau 6, DEIS"
    assert f"http://testserver{offer.apply_url}" in texts["Modalités de candidature"]
    assert [entry.label for entry in apec.entries][:3] == [
        "Intitulé du poste",
        "Type de contrat",
        "Durée du contrat",
    ]
    whole = linkedin.entries[-1].text
    for part in ("LES MISSIONS", "- enquêtez\n- écrivez & restituez", "30 000 €", "POSTULER"):
        assert part in whole


def test_what_the_offer_leaves_empty_is_left_out():
    france_travail, *_ = sheets(OfferFactory())

    labels = {entry.label for entry in france_travail.entries}
    assert not labels & {"Code ROME", "Durée du contrat", "Compléments de salaire"}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un.</p><p>Deux.</p>", "Un.\nDeux."),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<p>a<br/>b</p>", "a\nb"),
        ("", ""),
        ("<p>&lt;b&gt;</p>", "<b>"),
    ],
)
def test_a_rich_text_becomes_lines(html, text):
    assert plain(html) == text


def test_markup_that_was_typed_stays_a_text():
    offer = OfferFactory(introduction="Écrire <b>x</b> & lire", missions="<p>Enquêter.</p>")

    missions = {entry.label: entry.text for entry in sheets(offer)[0].entries}

    assert missions["Description du poste"] == "Écrire <b>x</b> & lire\nEnquêter."


def test_the_employer_that_is_kept_quiet_is_on_no_sheet():
    offer = OfferFactory(on_behalf_of="Les Tilleuls", hide_employer=True)

    assert "Tilleuls" not in str(sheets(offer))


def test_the_screen_shows_texts_to_select_and_the_poster(desk, offer):
    text = desk.get(screen(offer)).content.decode()

    boxes = re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", text, re.DOTALL)
    assert len(boxes) == sum(len(sheet.entries) for sheet in sheets(offer))
    assert "- écrivez & restituez" in unescape(boxes[8])
    assert f"/recrutement/affiche/{offer.reference}.pdf" in text
    assert "js/copy.js" in text


def test_a_closed_offer_says_that_it_is_too_late_to_spread_it(desk):
    text = desk.get(screen(OfferFactory(status="filled"))).content.decode()

    assert "ne prend pas de candidature" in text
    assert "/affiche/" not in text


def test_the_editor_and_the_list_lead_to_it(desk, offer):
    assert screen(offer) in desk.get(f"/admin/pages/{offer.pk}/edit/").content.decode()
    assert screen(offer) in desk.get("/admin/offres/").content.decode()


def test_it_is_for_those_who_may_write_the_offer(desk, log_in, client, offer):
    assert client.get(screen(offer)).status_code == 302
    for role in ("formation", "evaluation"):
        assert log_in(role).get(screen(offer)).status_code in {302, 403}
    assert desk.get(screen(offer).replace(str(offer.pk), "99999")).status_code == 404


def test_the_list_counts_the_candidates_and_leads_to_them(desk, offer):
    offer.recruiter = desk.user
    offer.save()
    for state in ("received", "reviewing", "rejected"):
        ApplicationFactory(offer=offer, state=state)
    ApplicationFactory(offer=offer, synthetic=True)

    text = unescape(desk.get("/admin/offres/").content.decode())

    assert "2 en cours, dont 1 à lire (3\u00a0reçues)" in text
    assert f"?offer={offer.pk}" in text
    assert str(desk.user) in text


def test_the_list_asks_for_no_more_with_thirty_offers(desk, count_queries):
    OfferFactory(recruiter=desk.user)
    desk.get("/admin/offres/")
    with_one = count_queries(lambda: desk.get("/admin/offres/"))
    for _ in range(29):
        OfferFactory(recruiter=desk.user)

    assert count_queries(lambda: desk.get("/admin/offres/")) <= with_one
