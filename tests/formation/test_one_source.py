"""One course, five outputs: page, leaflet, search engines, LHEO and calendar say the same."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

import pytest
from icalendar import Calendar

from formation.enums import SessionState
from formation.services.indicators import results_of
from formation.words import hours, price, results_words, session_dates, slot_times
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    hot_answers,
    known_firm,
)
from tests.formation.test_lheo import read
from tests.formation.test_pages import html, structured_data_in
from tests.formation.test_programme import address, text_of
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    course = CoursePageFactory(
        title="Écrire, relire & transmettre", price_excl_tax=Decimal("499.50"), slug="ecrire"
    )
    held = SessionFactory(
        course=course, first=paris(2026, 9, 7, 9), state=SessionState.COMPLETED, code="ECR-0"
    )
    hot_answers(held, 4, 3, 4, 2, 4, 3, None)
    return SessionFactory(course=course, code="ECR-1", first=paris(2099, 3, 30, 9))


@pytest.fixture
def outputs(client, session):
    known_firm()
    page = client.get(session.course.url)
    return {
        "page": html(page).replace("&amp;", "&"),
        "leaflet": text_of(client.get(address(session.course))),
        "json": structured_data_in(page)[0],
        "lheo": next(read(client).iter("formation")),
        "calendar": Calendar.from_ical(client.get("/formation/ecrire/sessions.ics").content),
    }


def test_the_results_are_the_same_on_the_page_and_in_the_leaflet(outputs, session):
    results = results_of(session.course, timezone.now())
    said = [plain(told) for _, told in results_words(session.course, results)]

    assert results.rate == Decimal("83.3")
    for words in said:
        assert words in plain(outputs["page"])
        assert words in plain(outputs["leaflet"]).replace("- ", "")  # cut at the end of a line
    # A rating made of stars would mislead: the share is said in words only.
    assert "aggregateRating" not in outputs["json"]


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_title_is_the_same_everywhere(outputs, session):
    title = session.course.title

    assert title in outputs["page"]
    assert title in outputs["leaflet"]
    assert outputs["json"]["name"] == title
    assert outputs["lheo"].findtext("intitule-formation") == title
    assert {str(event["summary"]) for event in outputs["calendar"].walk("VEVENT")} == {title}


def test_the_duration_is_the_same_everywhere(outputs, session):
    duration = session.course.duration_hours
    events = outputs["calendar"].walk("VEVENT")

    assert plain(hours(duration)) in outputs["page"]
    assert plain(hours(duration)) in outputs["leaflet"]
    assert outputs["json"]["hasCourseInstance"][0]["courseWorkload"] == f"PT{duration:.0f}H"
    assert outputs["lheo"].findtext("action/nombre-heures-total") == f"{duration:.0f}"
    total = sum((event.end - event.start for event in events), timedelta())
    assert total == timedelta(hours=float(duration))


def test_the_price_is_the_same_everywhere(outputs, session):
    course = session.course
    said = plain(price(course, course.price_excl_tax))

    assert said == "499,50 € HT (599,40 € TTC) par personne"
    assert said in outputs["page"]
    assert said in outputs["leaflet"]
    assert outputs["json"]["offers"]["price"] == "599.40"
    assert outputs["lheo"].findtext("action/prix-total-TTC") == "599.40"


def test_the_dates_are_the_same_everywhere(outputs, session):
    first, *_, last = session.slots.all()
    announced = outputs["json"]["hasCourseInstance"][0]
    period = outputs["lheo"].find("action/session/periode")
    events = outputs["calendar"].walk("VEVENT")

    assert plain(session_dates(session)) == "du 30 au 31 mars 2099"
    for words in ("Du 30 au 31 mars 2099", *map(slot_times, session.slots.all())):
        assert plain(words) in outputs["page"]
        assert plain(words) in outputs["leaflet"]
    assert announced["startDate"] == timezone.localtime(first.starts_at).isoformat()
    assert announced["endDate"] == timezone.localtime(last.ends_at).isoformat()
    assert (period.findtext("debut"), period.findtext("fin")) == ("20990330", "20990331")
    assert min(event.start for event in events) == first.starts_at
    assert max(event.end for event in events) == last.ends_at
