"""The recount says nothing of what is right, and names what is wrong."""

from io import StringIO

from django.core.management import CommandError, call_command

import pytest

from formation.models import Enrolment, EnrolmentRequest, Session
from formation.services.audit import faults
from formation.services.enrolment import enrol
from tests.factories.formation import SessionFactory, individual
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)


@pytest.fixture
def session():
    session = SessionFactory(first=STARTS, capacity=2, code="RA-AUDIT")
    for number in (1, 2, 3):
        enrol(session, individual(number), NOW)
    return session


def test_nothing_is_said_of_what_is_right(session):
    out = StringIO()
    call_command("formation_audit", stdout=out)

    assert list(faults(NOW)) == []
    assert "justes" in out.getvalue()


@pytest.mark.parametrize(
    ("counters", "sentence"),
    [
        ({"seats_taken": 1}, "RA-AUDIT\u00a0: 1 places comptées pour 2 inscriptions"),
        ({"waiting_count": 0}, "0 en attente pour 1"),
        ({"capacity": 3}, "RA-AUDIT\u00a0: une place libre n’a pas été proposée"),
    ],
)
def test_a_counter_that_lies_fails_loudly(session, counters, sentence):
    Session.objects.filter(pk=session.pk).update(**counters)
    said = StringIO()

    with pytest.raises(CommandError, match="anomalie"):
        call_command("formation_audit", stderr=said, stdout=StringIO())

    assert sentence in said.getvalue()


def test_somebody_whose_request_is_for_another_session_is_named(session):
    other = SessionFactory(first=STARTS, course=session.course)
    request = EnrolmentRequest.objects.first()
    EnrolmentRequest.objects.filter(pk=request.pk).update(session=other)

    [fault] = faults(NOW)

    assert request.reference in fault
    assert str(Enrolment.objects.get(request=request)) in fault
