"""The feeds of the open offers, read as the programs that follow them would."""

from datetime import date
from xml.etree import ElementTree

from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest
import time_machine
from icalendar import Calendar

from recrutement.documents.feed import offers_feed
from recrutement.models import JobOfferPage, RecruitmentIndexPage
from tests.factories.recrutement import IndexFactory, OfferFactory, in_days
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
FEEDS = ["/recrutement/flux/", "/recrutement/offres.json", "/recrutement/offres.ics"]


def items(client):
    content = client.get("/recrutement/flux/").content
    return ElementTree.fromstring(content).find("channel").findall("item")  # noqa: S314 - our own


def events(client):
    return Calendar.from_ical(client.get("/recrutement/offres.ics").content).walk("VEVENT")


def test_the_feed_carries_whole_offers_with_complete_addresses(client):
    other = OfferFactory(slug="autre", first_published_at=paris(2026, 4, 1))
    OfferFactory(
        title="Évaluer & comprendre <vraiment> (H/F)",
        slug="evaluer",
        tags=["DEIS"],
        diplomas=["CAFERUIS"],
        missions=f'<p>Voir <a linktype="page" id="{other.pk}">ici</a>.</p>',
        first_published_at=paris(2026, 5, 1, 12),
    )

    response = client.get("/recrutement/flux/")
    item = items(client)[0]

    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert item.findtext("title") == "Évaluer & comprendre <vraiment> (H/F)"
    assert item.findtext("link") == "http://testserver/recrutement/evaluer/"
    assert item.findtext("pubDate") == "Fri, 01 May 2026 10:00:00 +0000"
    assert [node.text for node in item.findall("category")] == ["DEIS"]
    text = item.findtext(CONTENT)
    assert 'href="http://testserver/recrutement/autre/"' in text
    assert 'href="http://testserver/recrutement/postuler/' in text
    assert "brut" in text
    assert "CAFERUIS" in text
    assert "Aimer le terrain." in text


def test_the_list_tells_where_the_feed_is(client):
    text = client.get("/recrutement/").content.decode()
    channel = ElementTree.fromstring(client.get("/recrutement/flux/").content)  # noqa: S314

    assert 'type="application/rss+xml"' in text
    assert 'href="/recrutement/flux/"' in text
    address = channel.find("channel").find(ATOM_LINK).get("href")
    assert address == "http://testserver/recrutement/flux/"


@pytest.mark.parametrize("path", FEEDS)
def test_only_what_is_open_and_public_is_given(client, path):
    OfferFactory(title="Ouverte (H/F)")
    OfferFactory(title="Pourvue (H/F)", status="filled")
    OfferFactory(title="Suspendue (H/F)", status="suspended")
    OfferFactory(title="Passée (H/F)", closing_date=in_days(-1))
    OfferFactory(title="Brouillon (H/F)", live=False)
    PageViewRestriction.objects.create(
        page=OfferFactory(title="Privée (H/F)"), restriction_type=PageViewRestriction.LOGIN
    )

    text = client.get(path).content.decode()

    assert text.count("(H/F)") == 1
    assert "Ouverte (H/F)" in text


@pytest.mark.parametrize("path", FEEDS)
def test_an_offer_leaves_the_feeds_at_midnight_in_paris(client, path):
    OfferFactory(title="Ouverte (H/F)", closing_date=date(2026, 10, 25))

    with time_machine.travel(paris(2026, 10, 25, 23, 59), tick=False):
        assert "Ouverte" in client.get(path).content.decode()
    with time_machine.travel(paris(2026, 10, 26), tick=False):
        assert "Ouverte" not in client.get(path).content.decode()


@pytest.mark.parametrize("path", FEEDS)
def test_who_has_the_feed_already_is_not_sent_it_again(client, path):
    offer = OfferFactory()
    first = client.get(path)
    known = {"If-None-Match": first.headers["ETag"]}

    again = client.get(path, headers=known)
    JobOfferPage.objects.filter(pk=offer.pk).update(status="filled")
    changed = client.get(path, headers=known)

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_only_read(client, path):
    assert client.post(path).status_code == 405


def test_the_feed_of_an_empty_list_is_always_the_same():
    index = RecruitmentIndexPage.objects.get(pk=IndexFactory.the_one().pk)

    assert offers_feed(index, timezone.now()) == offers_feed(index, timezone.now())


def test_characters_that_xml_cannot_hold_do_not_break_the_feed(client):
    OfferFactory(title="Un\x0b titre\x1f (H/F)", accommodation="Bref\x08.")

    assert items(client)[0].findtext("title") == "Un titre (H/F)"


def test_the_data_say_all_the_public_facts_and_no_name(client):
    offer = OfferFactory(
        diplomas=["CAFERUIS"],
        qualification_level=6,
        rome_code="K1802",
        collective_agreement="ccn66",
        on_behalf_of="Les Tilleuls",
        hide_employer=True,
    )

    (data,) = client.get("/recrutement/offres.json").json()["offres"]

    assert data["employeur"] is None
    assert data["diplomes"] == ["CAFERUIS"]
    assert data["niveau"] == 6
    assert data["code_rome"] == "K1802"
    assert data["convention_collective"] == "CCN du 15 mars 1966"
    assert data["postuler"] == f"http://testserver{offer.apply_url}"
    assert "<p>Enquêter et écrire.</p>" in data["description_html"]


def test_the_calendar_holds_each_last_day(client):
    offer = OfferFactory(title="Chargé·e d’études", closing_date=in_days(3))

    (event,) = events(client)

    assert event["summary"] == "Dernier jour pour postuler\u00a0: Chargé·e d’études"
    assert event.decoded("dtstart") == in_days(3)
    assert event.decoded("dtend") == in_days(4)
    assert event["url"] == offer.full_url
    assert event["transp"] == "TRANSPARENT"
