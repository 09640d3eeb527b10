"""What is kept about people, and until when."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from courrier.models import OutgoingMessage
from formation import jobs
from formation.models import Enrolment, EnrolmentEvent, EnrolmentRequest, Session, Trainer
from formation.notice import notice
from formation.services.enrolment import enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from rgpd.register import REGISTER
from rgpd.services.purge import purge
from site_enys.states import Actor, Role
from tests.factories.formation import SessionFactory, TrainerFactory, individual, sign_up
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
ENDS = paris(2027, 3, 2, 17)
SECOND = timedelta(seconds=1)


@pytest.fixture
def session():
    """One confirmed trainee, one who left."""
    session = SessionFactory(first=STARTS)
    staff = Actor(Role.STAFF)
    stays = enrol(session, sign_up(1), NOW).enrolments.get()
    leaves = enrol(session, individual(2), NOW).enrolments.get()
    ENROLMENT_LIFECYCLE.apply(
        stays, "confirm_directly", reason="Commande reçue.", by=staff, now=NOW
    )
    ENROLMENT_LIFECYCLE.apply(leaves, "withdraw", by=staff, now=NOW)
    return session


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        (ENDS + timedelta(days=183) - SECOND, 2),
        (ENDS + timedelta(days=183), 2),
        (ENDS + timedelta(days=183) + SECOND, 1),
        (ENDS + timedelta(days=6 * 365 + 2), 1),
        (ENDS + timedelta(days=6 * 365 + 2) + SECOND, 0),
    ],
)
def test_a_request_without_follow_up_goes_after_six_months_and_a_trainee_after_six_years(
    session, now, kept
):
    OutgoingMessage.objects.all().delete()
    purge(now, apply=True)

    assert Enrolment.objects.count() == EnrolmentRequest.objects.count() == kept
    assert EnrolmentEvent.objects.filter(subject=None).count() == 0
    assert Session.objects.filter(pk=session.pk).exists()


def test_the_wish_for_an_accommodation_goes_a_month_after_the_session():
    session = SessionFactory(first=STARTS)
    enrol(session, individual(1, wants_accommodation_call=True), NOW)

    jobs.forget_accommodation_requests(ENDS + timedelta(days=30))
    assert Enrolment.objects.get().wants_accommodation_call
    jobs.forget_accommodation_requests(ENDS + timedelta(days=30) + SECOND)
    assert not Enrolment.objects.get().wants_accommodation_call


def test_a_trainer_who_still_serves_is_kept():
    serves, gone = TrainerFactory(name="Présente"), TrainerFactory(name="Partie")
    session = SessionFactory(first=STARTS)
    session.course.trainers = [serves]
    session.course.save()
    for slot in session.slots.all():
        slot.trainer = gone
        slot.save()
    much_later = ENDS + timedelta(days=7 * 366)

    assert set(REGISTER[Trainer].ended(much_later)) == {gone}
    assert set(REGISTER[Trainer].ended(ENDS)) == set()


def test_the_version_of_the_notice_changes_with_what_it_says():
    shown = notice()

    assert shown.version == notice().version
    assert shown.version != replace(shown, entries=shown.entries[:1]).version
    assert re.fullmatch(r"\d{4}-\d\d-[0-9a-f]{10}", shown.version)
