"""What the clock sends: convocations and reminders, each once."""

from datetime import timedelta

import pytest

from courrier.models import OutgoingMessage
from formation.enums import SessionState
from formation.models import Enrolment, Session
from formation.services.enrolment import enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.timed import convoke, remind, serve_waiting_lists
from site_enys.states import Actor, Role
from tests.factories.formation import SessionFactory, individual, sign_up
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
STAFF = Actor(Role.STAFF)
SECOND = timedelta(seconds=1)


@pytest.fixture
def trainee():
    session = SessionFactory(first=STARTS, state=SessionState.CONFIRMED)
    enrol(session, sign_up(2), NOW)
    enrolment = enrol(session, sign_up(1), NOW).enrolments.get()
    ENROLMENT_LIFECYCLE.apply(
        enrolment, "confirm_directly", by=STAFF, now=NOW, reason="Commande reçue."
    )
    OutgoingMessage.objects.all().delete()
    return enrolment


def kinds():
    return list(OutgoingMessage.objects.order_by("pk").values_list("kind", flat=True))


def test_who_is_confirmed_is_convoked_ten_days_before_and_reminded_two_days_before(trainee):
    assert convoke(STARTS - timedelta(days=10) - SECOND) == 0
    assert convoke(STARTS - timedelta(days=10)) == 1
    assert convoke(STARTS - timedelta(days=9)) == 0
    assert remind(STARTS - timedelta(days=2) - SECOND) == 0
    assert remind(STARTS - timedelta(days=2)) == 1
    assert remind(STARTS - timedelta(days=1)) == 0

    assert kinds() == ["formation_convocation", "formation_reminder"]
    convocation = OutgoingMessage.objects.get(kind="formation_convocation")
    assert convocation.to == "stagiaire1@exemple.test"
    assert "lundi 1er mars, 9" in convocation.text.replace("\u00a0", " ")
    assert "28 rue des Tilleuls" in convocation.text
    assert [each.name for each in convocation.attachments.all()] == ["formation.ics"]


def test_who_is_confirmed_late_is_convoked_at_once_and_not_reminded_of_it(trainee):
    late = STARTS - timedelta(days=1)

    assert convoke(late) == 1
    assert remind(late) == 0


def test_nobody_is_convoked_to_a_session_that_is_not_kept_yet(trainee):
    Session.objects.update(state=SessionState.PUBLISHED)

    assert convoke(STARTS - timedelta(days=3)) == 0


@pytest.mark.parametrize("send", [convoke, remind])
def test_nothing_leaves_once_the_session_has_begun(trainee, send):
    Enrolment.objects.filter(pk=trainee.pk, reminded_at=None).update(
        convoked_at=None if send is convoke else NOW
    )

    assert send(STARTS - SECOND) == 1
    Enrolment.objects.filter(pk=trainee.pk).update(convoked_at=None, reminded_at=None)
    assert send(STARTS) == 0


def test_a_list_that_was_left_unserved_is_served_by_the_clock():
    session = SessionFactory(first=STARTS, capacity=1)
    for number in (1, 2):
        enrol(session, individual(number), NOW)
    Session.objects.filter(pk=session.pk).update(capacity=2)

    assert serve_waiting_lists(NOW) == 1
    assert Enrolment.objects.filter(state="offered").count() == 1
