"""JobPosting, read as Google's rules say it is read, and compared with what the page shows."""

import json
import re
from datetime import date, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine

from recrutement.documents.posting import employment_type, job_posting
from recrutement.models import JobOfferPage
from tests.factories.recrutement import OfferFactory, in_days
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
TYPES = {
    "FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER",
}  # fmt: skip
UNITS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}


def markup(client, offer) -> list[dict[str, Any]]:
    text = client.get(offer.url).content.decode()
    found = [json.loads(script) for script in SCRIPT.findall(text)]
    return [data for data in found if data["@type"] == "JobPosting"]


def faults(data: dict[str, Any]) -> list[str]:
    """What Google would refuse or regret: required and recommended fields, types, formats."""
    found = [
        f"manque {name}"
        for name in ("title", "description", "datePosted", "hiringOrganization", "validThrough",
                     "employmentType", "baseSalary", "identifier", "directApply")
        if name not in data
    ]  # fmt: skip
    date.fromisoformat(data["datePosted"])
    if datetime.fromisoformat(data["validThrough"]).utcoffset() is None:
        found.append("validThrough sans décalage")
    if not data["hiringOrganization"].get("name"):
        found.append("employeur sans nom")
    if not set(data["employmentType"]) <= TYPES or not data["employmentType"]:
        found.append("employmentType inconnu")
    if set(re.findall(r"<(\w+)", data["description"])) - {"p", "ul", "li", "br"}:
        found.append("description avec d’autres balises")
    return found + _faults_of_place(data) + _faults_of_pay(data["baseSalary"])


def _faults_of_place(data: dict[str, Any]) -> list[str]:
    if data.get("jobLocationType") == "TELECOMMUTE":
        area = data["applicantLocationRequirements"]
        ok = area["@type"] == "Country" and area["name"] and "jobLocation" not in data
        return [] if ok else ["à distance, avec un lieu ou sans pays"]
    address = data["jobLocation"]["address"]
    wanted = {"addressLocality", "postalCode", "addressCountry"}
    return [] if wanted <= set(address) and all(address.values()) else ["adresse incomplète"]


def _faults_of_pay(pay: dict[str, Any]) -> list[str]:
    value = pay["value"]
    amounts = [value[name] for name in ("value", "minValue", "maxValue") if name in value]
    ok = pay["currency"] == "EUR" and value["unitText"] in UNITS and amounts
    numbers = all(isinstance(amount, int | float) for amount in amounts)
    return [] if ok and numbers else ["salaire mal écrit"]


class Words(HTMLParser):
    """The text that a visitor reads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(SCRIPT.sub("", html))

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @property
    def text(self) -> str:
        text = "".join(self.parts).replace("\u202f", "")  # between thousands
        return " ".join(text.split())


FULL = {
    "title": "Chargé·e d’études (H/F)",
    "street": "3 rue des Lilas",
    "region": "Auvergne-Rhône-Alpes",
    "positions": 2,
    "employer_intro": "<p>Une <b>petite</b> équipe.</p>",
    "missions": "<h3>D’abord</h3><ol><li>Enquêter &amp; écrire</li></ol>",
    "first_published_at": paris(2026, 5, 1, 12),
    "closing_date": date(2026, 6, 30),
}


@pytest.fixture(autouse=True)
def _in_may():
    with time_machine.travel(paris(2026, 5, 20, 10), tick=False):
        yield


def test_each_field_says_what_the_offer_says(client):
    offer = OfferFactory(**FULL, start_on=date(2026, 9, 1))

    (data,) = markup(client, offer)

    assert faults(data) == []
    assert data == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Chargé·e d’études",
        "description": data["description"],
        "url": offer.full_url,
        "identifier": {
            "@type": "PropertyValue",
            "name": "ENYS Conseil",
            "value": offer.reference,
        },
        "datePosted": "2026-05-01",
        "validThrough": "2026-06-30T23:59:59+02:00",
        "employmentType": ["FULL_TIME"],
        "hiringOrganization": {
            "@type": "Organization",
            "name": "ENYS Conseil",
            "sameAs": "http://testserver",
            "logo": data["hiringOrganization"]["logo"],
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "EUR",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": 30000,
                "maxValue": 36000,
                "unitText": "YEAR",
            },
        },
        "directApply": True,
        "jobStartDate": "2026-09-01",
        "totalJobOpenings": 2,
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "3 rue des Lilas",
                "addressLocality": "Lyon",
                "postalCode": "69007",
                "addressRegion": "Auvergne-Rhône-Alpes",
                "addressCountry": "FR",
            },
        },
    }
    assert "<p>D’abord</p><ul><li>Enquêter &amp; écrire</li></ul>" in data["description"]
    assert "<p>Une petite équipe.</p>" in data["description"]


def test_what_machines_read_is_on_the_page_too(client):
    offer = OfferFactory(**FULL)

    shown = Words(client.get(offer.url).content.decode()).text
    data = job_posting(offer)

    address = data["jobLocation"]["address"]
    del address["@type"], address["addressCountry"]
    values = [
        data["title"],
        data["identifier"]["value"],
        data["hiringOrganization"]["name"],
        *address.values(),
        *(str(amount) for amount in (30000, 36000)),
        "brut par an",
        "1er mai 2026",
        "30 juin 2026 inclus",
    ]
    for value in values:
        assert value in shown
    for sentence in re.split(r"<[^>]+>", data["description"]):
        assert " ".join(unescape(sentence).split()) in shown


@pytest.mark.parametrize(
    ("contract", "time", "types"),
    [
        ("cdi", "plein", ["FULL_TIME"]),
        ("cdi", "partiel", ["PART_TIME"]),
        ("cdd", "plein", ["FULL_TIME", "TEMPORARY"]),
        ("cddu", "partiel", ["PART_TIME", "TEMPORARY"]),
        ("alternance", "plein", ["OTHER"]),
        ("stage", "plein", ["INTERN"]),
        ("mission", "plein", ["CONTRACTOR"]),
        ("service-civique", "plein", ["VOLUNTEER"]),
        ("autre", "partiel", ["OTHER"]),
    ],
)
def test_each_contract_has_its_words(contract, time, types):
    offer = JobOfferPage(contract_type=contract, work_time=time)

    assert employment_type(offer) == types


@pytest.mark.parametrize(
    ("unit", "word"), [("heure", "HOUR"), ("jour", "DAY"), ("mois", "MONTH"), ("an", "YEAR")]
)
def test_each_unit_of_pay_has_its_word(client, unit, word):
    offer = OfferFactory(salary_min="45000.50", salary_max="45000.50", salary_unit=unit)

    (data,) = markup(client, offer)

    assert faults(data) == []
    assert data["baseSalary"]["value"]["unitText"] == word
    assert data["baseSalary"]["value"]["value"] == 45000.5


def test_a_remote_post_has_a_country_and_no_place(client):
    offer = OfferFactory(remote_policy="a-distance", remote_area="BE", city="", postcode="")

    (data,) = markup(client, offer)

    assert faults(data) == []
    assert data["applicantLocationRequirements"]["name"] == "Belgique"
    assert "Belgique" in Words(client.get(offer.url).content.decode()).text


def test_a_hybrid_post_is_at_its_place(client):
    (data,) = markup(client, OfferFactory(remote_policy="hybride", remote_days=2))

    assert faults(data) == []
    assert "jobLocationType" not in data


@pytest.mark.parametrize(
    ("last_day", "until"),
    [
        (date(2026, 6, 30), "2026-06-30T23:59:59+02:00"),
        (date(2026, 10, 25), "2026-10-25T23:59:59+01:00"),
        (date(2026, 12, 31), "2026-12-31T23:59:59+01:00"),
    ],
)
def test_it_is_valid_until_the_last_second_of_paris(last_day, until):
    assert job_posting(OfferFactory(closing_date=last_day))["validThrough"] == until


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"on_behalf_of": "Les Tilleuls"}, "Les Tilleuls"),
        ({"on_behalf_of": "Les Tilleuls", "hide_employer": True}, "confidential"),
    ],
)
def test_the_employer_is_the_client_or_is_said_to_be_withheld(client, facts, name):
    (data,) = markup(client, OfferFactory(**facts))

    assert faults(data) == []
    assert data["hiringOrganization"] == {"@type": "Organization", "name": name}


def test_hostile_texts_close_no_element_and_break_no_json(client):
    text = "</script><script>alert(1)</script> \"'\\ {x} & <!-- ]]>"
    offer = OfferFactory(
        title=f"Chargé·e {text}"[:70],
        introduction=text,
        city=text[:80],
        missions="<p>&lt;/script&gt;&lt;script&gt;</p>",
        accommodation=text,
    )
    (data,) = markup(client, offer)

    assert faults(data) == []
    assert data["jobLocation"]["address"]["addressLocality"] == text[:80]
    assert "<script" not in data["description"]


@pytest.mark.parametrize(
    "changes", [{"status": "filled"}, {"status": "suspended"}, {"closing_date": date(2026, 5, 19)}]
)
def test_a_closed_offer_carries_nothing_at_once(client, changes):
    assert markup(client, OfferFactory(**changes)) == []


def test_no_other_page_carries_it(client):
    offer = OfferFactory(closing_date=in_days(20))

    for path in ("/recrutement/", "/", f"/recrutement/postuler/{offer.reference}/"):
        assert "JobPosting" not in client.get(path).content.decode()
