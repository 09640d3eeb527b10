"""The entry of one person in a calendar, read again without the library that wrote it."""

from datetime import UTC, datetime, timedelta

import pytest

from courrier.models import Attachment, OutgoingMessage
from formation.documents.calendar import invitation
from formation.services.changes import substitute
from formation.services.enrolment import enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE, reschedule
from site_enys.states import PERSON, Actor, Role
from tests.calendars import read
from tests.factories.formation import SessionFactory, half_days, sign_up, trainee
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
STAFF = Actor(Role.STAFF)


def calendars(**filters):
    """The calendars of the messages, in the order in which they left."""
    found = Attachment.objects.filter(message__in=OutgoingMessage.objects.filter(**filters))
    return [read(attachment.content) for attachment in found.order_by("pk")]


@pytest.fixture
def expected():
    session = SessionFactory(first=STARTS, capacity=3)
    enrolment = enrol(session, sign_up(1), NOW).enrolments.get()
    assert calendars() == []
    ENROLMENT_LIFECYCLE.apply(
        enrolment, "confirm_directly", by=STAFF, now=NOW, reason="Commande reçue."
    )
    return enrolment


def test_who_is_confirmed_is_invited_to_each_half_day(expected):
    [(method, entries)] = calendars(to="stagiaire1@exemple.test")

    starts = [
        datetime.strptime(e["DTSTART"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) for e in entries
    ]
    assert method == "REQUEST"
    assert starts == [slot.starts_at for slot in expected.session.slots.order_by("starts_at")]
    assert len({entry["UID"] for entry in entries}) == 4
    assert {entry["SEQUENCE"] for entry in entries} == {"0"}
    assert {entry["STATUS"] for entry in entries} == {"CONFIRMED"}
    assert {entry["ATTENDEE"] for entry in entries} == {"mailto:stagiaire1@exemple.test"}
    assert all(entry["ORGANIZER"].startswith("mailto:") for entry in entries)


def test_nobody_else_has_the_same_entries(expected):
    other = enrol(expected.session, sign_up(2), NOW).enrolments.get()

    _, mine = read(invitation(expected, "REQUEST"))
    _, hers = read(invitation(other, "PUBLISH"))

    assert {entry["UID"] for entry in mine}.isdisjoint(entry["UID"] for entry in hers)
    assert not any("ATTENDEE" in entry for entry in hers)


def test_new_dates_move_the_entries_that_are_there(expected):
    reschedule(
        expected.session, half_days(STARTS + timedelta(days=7)), by=STAFF, now=NOW, reason="Grève."
    )

    first, second = calendars(to="stagiaire1@exemple.test")
    assert [entry["UID"] for entry in second[1]] == [entry["UID"] for entry in first[1]]
    assert second[0] == "REQUEST"
    assert {entry["SEQUENCE"] for entry in second[1]} == {"1"}
    assert second[1][0]["DTSTART"] > first[1][0]["DTSTART"]


def test_half_days_that_are_dropped_leave_the_calendar(expected):
    reschedule(
        expected.session,
        half_days(STARTS + timedelta(days=7), days=1),
        by=STAFF,
        now=NOW,
        reason="Format réduit.",
    )

    first, dropped, kept = calendars(to="stagiaire1@exemple.test")
    before = [entry["UID"] for entry in first[1]]
    assert (dropped[0], [entry["UID"] for entry in dropped[1]]) == ("CANCEL", before[2:])
    assert (kept[0], [entry["UID"] for entry in kept[1]]) == ("REQUEST", before[:2])
    assert {entry["STATUS"] for entry in dropped[1]} == {"CANCELLED"}


def sequences(**filters):
    return [(method, int(entries[0]["SEQUENCE"])) for method, entries in calendars(**filters)]


def test_a_postponement_takes_back_and_new_dates_give_again_each_with_a_higher_number(expected):
    session = expected.session
    SESSION_LIFECYCLE.apply(session, "postpone", by=STAFF, now=NOW, reason="Salle fermée.")
    half = half_days(STARTS + timedelta(days=7), days=1)
    reschedule(session, half, by=STAFF, now=NOW, reason="Salle trouvée.")
    SESSION_LIFECYCLE.apply(session, "cancel", by=STAFF, now=NOW, reason="Trop peu de monde.")

    seen = sequences(to="stagiaire1@exemple.test")
    assert [method for method, _ in seen] == ["REQUEST", "CANCEL", "REQUEST", "CANCEL"]
    numbers = [number for _, number in seen]
    assert numbers == sorted(set(numbers))


def test_who_leaves_leaves_the_calendar(expected):
    ENROLMENT_LIFECYCLE.apply(expected, "withdraw", by=PERSON, now=NOW)

    assert sequences(to="stagiaire1@exemple.test") == [("REQUEST", 0), ("CANCEL", 1)]


def test_a_colleague_is_invited_and_the_other_one_is_not_any_more(expected):
    substitute(expected, trainee(9), by=PERSON, now=NOW)

    assert sequences(to="stagiaire1@exemple.test") == [("REQUEST", 0), ("CANCEL", 1)]
    assert sequences(to="stagiaire9@exemple.test") == [("REQUEST", 0)]


def test_who_was_never_confirmed_has_nothing_to_take_back():
    session = SessionFactory(first=STARTS)
    enrolment = enrol(session, sign_up(1), NOW).enrolments.get()
    ENROLMENT_LIFECYCLE.apply(enrolment, "withdraw", by=PERSON, now=NOW)

    assert calendars() == []
