"""What trainers are told of their sessions, and what their proofs keep from being called off."""

from datetime import timedelta

import pytest

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, SessionState
from formation.exceptions import HalfDaysSigned
from formation.services.sessions import SESSION_LIFECYCLE, reschedule
from site_enys.states import Actor, Role
from tests.factories.formation import TrainerFactory, half_days
from tests.factories.running import confirmed, follow, held_session
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

STARTS = paris(2027, 3, 1, 9)
BEFORE = paris(2027, 2, 1, 9)
DURING = STARTS + timedelta(hours=2)
STAFF = Actor(Role.STAFF)


@pytest.fixture
def session():
    trainer = TrainerFactory(name="Sylvie Armand", email="sylvie@exemple.test")
    return held_session(STARTS, trainer=trainer)


def told():
    news = OutgoingMessage.objects.filter(kind="formation_trainer_news")
    return [(mail.to, mail.subject.split(" : ")[0]) for mail in news]


@pytest.mark.parametrize(
    ("name", "words"), [("cancel", "est annulée"), ("postpone", "est reportée à une date")]
)
def test_a_session_called_off_is_told_to_who_was_to_teach_it(session, name, words):
    SESSION_LIFECYCLE.apply(session, name, by=STAFF, now=BEFORE, reason="Effectif.")

    [(to, subject)] = told()
    assert to == "sylvie@exemple.test"
    assert words in subject


def test_new_dates_are_told_with_their_hours(session):
    slots = half_days(STARTS + timedelta(days=7), 1)
    for slot in slots:
        slot.trainer = session.slots.first().trainer

    reschedule(session, slots, by=STAFF, now=BEFORE, reason="Salle prise.")

    assert len(told()) == 1
    assert "lundi 8\u00a0mars" in OutgoingMessage.objects.get(kind="formation_trainer_news").text


def test_a_trainer_without_an_address_is_not_written_to(session):
    type(session.slots.first().trainer).objects.update(email="")

    SESSION_LIFECYCLE.apply(session, "cancel", by=STAFF, now=BEFORE, reason="Effectif.")

    assert told() == []


@pytest.mark.parametrize("name", ["cancel", "postpone"])
def test_a_session_whose_half_days_are_signed_is_no_longer_called_off(session, name):
    [person] = confirmed(session)
    follow(person, session.slots.all()[:1])

    with pytest.raises(HalfDaysSigned):
        SESSION_LIFECYCLE.apply(session, name, by=STAFF, now=DURING, reason="Formateur malade.")

    session.refresh_from_db()
    person.refresh_from_db()
    assert (session.state, person.state) == (SessionState.PUBLISHED, EnrolmentState.CONFIRMED)
    assert told() == []
