"""The record of processing activities says what the register says (RGPD, article 30)."""

import io

from wagtail.models import Site

import pytest
from openpyxl import load_workbook

from home.models import OrganisationSettings
from rgpd.register import processings
from rgpd.services.record import activities, controller
from tests.pdfs import accessibility_faults, text_of

pytestmark = pytest.mark.django_db
URL = "/admin/rgpd/registre/"


@pytest.fixture
def referent(log_in):
    return log_in("referent")


@pytest.fixture
def firm():
    settings = OrganisationSettings.for_site(Site.objects.get())
    settings.legal_name, settings.data_contact = "ENYS Conseil", "Le référent, 01 23 45 67 89"
    settings.host_name, settings.host_address = "Hébergeur d’ici", "1 rue du Port\n59000 Lille"
    settings.save()
    return settings


def test_each_processing_says_all_that_the_article_asks():
    for activity, entry in zip(activities(), processings(), strict=True):
        facts = dict(activity.facts)
        assert activity.name == entry.processing
        assert facts["Finalité"] == entry.purpose
        assert facts["Durée"].startswith(entry.delay_words)
        assert all(facts.values()), activity.name


def test_who_is_responsible_comes_from_the_settings(firm):
    assert controller() == [
        ("Responsable", "ENYS Conseil"),
        ("Contact", "Le référent, 01 23 45 67 89"),
        ("Hébergeur (sous-traitant)", "Hébergeur d’ici, 1 rue du Port 59000 Lille"),
    ]


def test_what_is_not_known_is_left_out_and_the_screen_says_so(referent):
    assert controller() == []
    assert "n’est pas encore écrite" in referent.get(URL).content.decode()


def test_the_screen_shows_every_processing(referent, firm):
    html = referent.get(URL).content.decode()

    for entry in processings():
        assert entry.processing in html
    assert "Hébergeur d’ici" in html


def test_the_workbook_holds_a_line_for_each_processing(referent, firm):
    firm.legal_name = "=1+1"
    firm.save()

    answer = referent.get(f"{URL}xlsx/")

    book = load_workbook(io.BytesIO(answer.content))
    names = [row[0].value for row in book["Traitements"].iter_rows(min_row=2)]
    assert names == [entry.processing for entry in processings()]
    assert book["Responsable"]["B2"].data_type == "s"
    assert "no-store" in answer["Cache-Control"]


def test_the_document_can_be_read(referent, firm):
    answer = referent.get(f"{URL}pdf/")

    text = text_of(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert "Registre des activités de traitement" in text
    assert "Messages de contact" in text
    assert "Hébergeur d’ici" in text
    assert accessibility_faults(answer.content) == []
