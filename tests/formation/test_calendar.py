"""The calendars that anybody may follow: what they hold, and what another program reads of it."""

from datetime import timedelta
from urllib.parse import quote

from django.utils import timezone

import pytest
from icalendar import Calendar

from formation.enums import SessionState, Visibility
from formation.models import Session, TimeSlot
from tests.factories.formation import (
    CoursePageFactory,
    CourseThemeFactory,
    SessionFactory,
    catalogue,
)
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

FEED = "/formation/sessions.ics"
MARCH = paris(2099, 3, 2, 9)


def events(client, address=FEED):
    response = client.get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_each_half_day_is_an_event_with_what_one_needs_to_come(client):
    course = CoursePageFactory(title="Écrire, relire ; transmettre")
    session = SessionFactory(course=course, first=MARCH, state=SessionState.CONFIRMED)
    session.venue.address = "28 rue des Tilleuls\n69007 Lyon"
    session.venue.save()

    first, *others = events(client)

    assert len(others) == 3
    assert first.decoded("dtstart") == MARCH
    assert first.decoded("dtend") == MARCH + timedelta(hours=3.5)
    assert str(first["summary"]) == "Écrire, relire ; transmettre"
    assert str(first["location"]) == "Maison des associations, 28 rue des Tilleuls, 69007 Lyon"
    assert str(first["url"]) == course.full_url
    assert str(first["status"]) == "CONFIRMED"


def test_the_file_keeps_the_rules_that_strict_readers_check(client):
    SessionFactory(course=CoursePageFactory(title="é" * 200), first=MARCH)

    raw = client.get(FEED).content

    lines = raw.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"METHOD:PUBLISH" in lines
    assert b"ATTENDEE" not in raw
    assert b"ORGANIZER" not in raw
    uids = [str(event["uid"]) for event in Calendar.from_ical(raw).walk("VEVENT")]
    assert len(set(uids)) == 4


def test_a_half_day_that_is_moved_keeps_its_identity(client):
    SessionFactory(first=MARCH)
    before = [str(event["uid"]) for event in events(client)]

    for slot in TimeSlot.objects.all():
        slot.starts_at += timedelta(days=7)
        slot.ends_at += timedelta(days=7)
        slot.save()

    after = events(client)
    assert [str(event["uid"]) for event in after] == before
    assert after[0].decoded("dtstart") == MARCH + timedelta(days=7)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (SessionState.PUBLISHED, "TENTATIVE"),
        (SessionState.CANCELLED, "CANCELLED"),
        (SessionState.POSTPONED, "CANCELLED"),
    ],
)
def test_the_state_is_told_in_the_words_of_calendars(client, state, status):
    SessionFactory(first=MARCH, state=state)

    assert {str(event["status"]) for event in events(client)} == {status}


@pytest.mark.parametrize(
    "changes",
    [
        {"state": SessionState.DRAFT},
        {"visibility": Visibility.LINK},
        {"visibility": Visibility.HIDDEN},
    ],
)
def test_what_is_not_announced_is_in_no_calendar(client, changes):
    SessionFactory(first=MARCH, **changes)

    assert events(client) == []


def test_a_session_is_followed_until_a_month_after_its_end(client):
    session = SessionFactory(first=MARCH)
    for days, shown in ((30, 4), (32, 0)):
        Session.objects.filter(pk=session.pk).update(
            starts_at=timezone.now() - timedelta(days=days + 1),
            ends_at=timezone.now() - timedelta(days=days),
        )
        assert len(events(client)) == shown


def test_a_calendar_may_follow_one_theme_or_one_course(client):
    writing = CoursePageFactory(theme=CourseThemeFactory(slug="ecrits"), slug="ecrire")
    SessionFactory(course=writing, first=MARCH)
    SessionFactory(first=MARCH)

    assert len(events(client)) == 8
    assert len(events(client, f"{FEED}?theme=ecrits")) == 4
    assert len(events(client, "/formation/ecrire/sessions.ics")) == 4


@pytest.mark.parametrize(
    "address",
    [
        f"{FEED}?theme=inconnu",
        f"{FEED}?theme=%00",
        f"{FEED}?theme={quote('é' * 3000)}",
        "/formation/inconnue/sessions.ics",
        "/formation/brouillon/sessions.ics",
    ],
)
def test_what_does_not_exist_has_no_calendar(client, address):
    CoursePageFactory(slug="brouillon", live=False)

    assert client.get(address).status_code == 404


def test_a_calendar_costs_the_same_with_one_session_and_with_thirty(client, count_queries):
    catalogue()
    SessionFactory(first=MARCH)
    client.get(FEED)
    one = count_queries(lambda: client.get(FEED))

    for _ in range(29):
        SessionFactory(first=MARCH)

    assert count_queries(lambda: client.get(FEED)) == one
    assert one <= 5
