"""What a person takes away: every fact of every row of hers, the same in JSON, PDF and ZIP."""

import io
import json
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

import pytest

from rgpd.documents.own_data import own_data_json, own_data_pdf, own_data_zip
from rgpd.register import Consent, HeldFile, Person
from rgpd.services.export import NOT_FOUND, everything_about
from site_enys.templatetags.typography import long_date
from tests.factories.home import ContactMessageFactory
from tests.harness.clock import paris
from tests.pdfs import accessibility_faults, text_of
from tests.rgpd.registered import messages, registered

ZOE = Person("zoe@exemple.test")
NOW = paris(2027, 1, 12, 9, 5)


@pytest.fixture
def message(db):
    return ContactMessageFactory(
        email=ZOE.email, name="Zoé Martin", text="Bonjour,\n\n#let *gras* $x$", phone=""
    )


def hers(data):
    [row] = data["Messages de contact"]["Données"]
    return row


def test_every_fact_of_a_row_is_told_with_why_and_until_when(message):
    data = everything_about(ZOE, NOW)

    assert (data["Établi le"], data["Adresse"]) == (NOW, "zoe@exemple.test")
    part = data["Messages de contact"]
    assert part["Finalité"] == "Vous répondre"
    assert part["Fondement"].startswith("intérêt légitime")
    assert part["Destinataires"]
    assert (part["Durée"], part["Comptée depuis"]) == ("12 mois", "la réception du message")
    assert hers(data)["Nom"] == "Zoé Martin"
    assert hers(data)["Message"] == message.text
    ends = timezone.localdate(message.created_at + timedelta(days=365))
    assert hers(data)["Conservation"] == f"Effacement le {long_date(ends)}"
    assert "cnil.fr" in data["Vos droits"]["Réclamation"]


def test_nothing_of_somebody_else_is_told(message):
    ContactMessageFactory(email="max@exemple.test", name="Max Petit")

    assert "Max Petit" not in own_data_json(everything_about(ZOE, NOW)).decode()


def test_whoever_is_unknown_reads_that_nothing_is_held(db):
    with registered(messages()):
        data = everything_about(ZOE, NOW)

    assert list(data) == ["Établi le", "Adresse", NOT_FOUND, "Vos droits"]


def test_what_cannot_be_found_is_said_with_its_reason(message):
    because = "ces recherches ne disent pas qui les a faites"
    with registered(messages(find=None, not_found_because=because)):
        [said] = everything_about(ZOE, NOW)[NOT_FOUND]

    assert said["Raison"] == because
    assert said["Traitement"] == "Messages de contact"


def test_consents_and_files_are_named(message):
    consent = Consent("Être rappelée", lambda row: NOW, lambda row: "v2", lambda row, now: None)
    file = HeldFile("CV.pdf", "application/pdf", lambda: io.BytesIO(b"%PDF"))
    with registered(messages(consents=(consent,), files=lambda row, person: [file])):
        row = hers(everything_about(ZOE, NOW))

    assert row["Accords"] == [{"Accord": "Être rappelée", "Donné le": NOW, "Texte accepté": "v2"}]
    assert row["Fichiers"] == ["CV.pdf"]


def test_two_kinds_of_rows_of_one_processing_are_both_told(message):
    with registered(messages(processing="Exercice des droits")):
        data = everything_about(ZOE, NOW)

    assert "Exercice des droits" in data  # alone, since she made no request


def test_the_number_of_queries_does_not_grow_with_the_rows(message, count_queries):
    one = count_queries(lambda: everything_about(ZOE, NOW))
    ContactMessageFactory.create_batch(29, email=ZOE.email)

    assert count_queries(lambda: everything_about(ZOE, NOW)) == one


def test_a_machine_reads_instants_of_paris(message):
    said = json.loads(own_data_json({"Le": NOW, "Jour": date(2027, 3, 1), "Prix": Decimal("1.50")}))

    assert said == {"Le": "2027-01-12T09:05:00+01:00", "Jour": "2027-03-01", "Prix": "1.50"}


def test_the_document_says_the_same_and_can_be_heard(message):
    content = own_data_pdf(everything_about(ZOE, NOW))

    words = text_of(content)
    assert "mardi 12 janvier 2027 à 9 h 05" in words.replace("\xa0", " ")
    assert "#let *gras* $x$" in words
    assert "Zoé Martin" in words
    assert accessibility_faults(content) == []


def test_the_document_goes_as_deep_as_the_facts():
    deep = {
        "Entretiens": [{"Le": date(2027, 3, 1), "Avis": [{"Note": 3, "Vu": True}, {"Vu": False}]}]
    }

    content = own_data_pdf({"Établi le": NOW, "Candidature": deep, "Vivier": []})

    words = text_of(content).replace("\xa0", " ")
    assert "Candidature Entretiens Le 1er mars 2027 Avis Note 3 Vu oui Vu non Vivier Rien." in words
    assert accessibility_faults(content) == []


def archive(*files):
    return zipfile.ZipFile(own_data_zip({"Établi le": NOW}, files))


def file(name, content=b"%PDF-1.7"):
    return HeldFile(name, "application/pdf", lambda: io.BytesIO(content))


def test_the_archive_holds_both_and_the_files():
    read = archive(file("CV.pdf", b"un"), file("cv.pdf", b"deux"))

    assert read.namelist() == [
        "mes-donnees.json",
        "mes-donnees.pdf",
        "pieces/CV.pdf",
        "pieces/cv (2).pdf",
    ]
    assert read.read("pieces/cv (2).pdf") == b"deux"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\boot.ini", "/abs", "", "..", "a\nb\x00"]
)
def test_no_name_of_a_file_leaves_the_archive(name):
    [stored] = archive(file(name)).namelist()[2:]

    folder, _, own = stored.partition("/")
    assert folder == "pieces"
    assert own
    assert own == Path(own).name
    assert own.isprintable()
    assert ".." not in own


def test_a_file_that_is_gone_is_said_to_be(tmp_path):
    gone = HeldFile("CV.pdf", "application/pdf", lambda: (tmp_path / "CV.pdf").open("rb"))

    assert archive(gone).namelist()[2:] == ["pieces/CV.pdf.absente.txt"]
