"""Closing a session: what its sheets lack is said first, then everybody has an outcome."""

from datetime import timedelta

import pytest

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, Presence, SessionState, SignedBy
from formation.exceptions import AttendanceMissing, HalfDaysSigned
from formation.models import Attendance, AttendanceSheet, Enrolment, Session
from formation.services.attendance import open_sheet
from formation.services.audit import faults
from formation.services.closing import gaps, settle, settle_latecomers
from formation.services.enrolment import enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE, reschedule
from formation.services.sheets import Seen, correct
from site_enys.states import SYSTEM, Actor, Role, TransitionRefused
from tests.factories.formation import (
    SessionFactory,
    TrainerFactory,
    confirmed,
    half_days,
    individual,
)
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

SIGNED_UP = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
OVER = paris(2027, 3, 2, 18)
STAFF = Actor(Role.STAFF)
S = EnrolmentState


@pytest.fixture
def session():
    return SessionFactory(first=STARTS, state=SessionState.CONFIRMED, code="RA-2027-03")


@pytest.fixture
def people(session):
    return confirmed(session, 1, 2, 3, now=SIGNED_UP)


def followed(enrolment, *numbers, presence=Presence.PRESENT):
    """Her lines in these half-days, counted from 0."""
    slots = list(enrolment.session.slots.order_by("starts_at"))
    for number in numbers:
        Attendance.objects.create(
            enrolment=enrolment,
            slot=slots[number],
            presence=presence,
            minutes=210 if presence == Presence.PRESENT else 30 * (presence == Presence.LATE),
            signed_by=SignedBy.CODE,
            signed_at=slots[number].starts_at,
        )


def countersigned(session):
    trainer = TrainerFactory()
    for slot in session.slots.all():
        sheet, _ = AttendanceSheet.objects.get_or_create(slot=slot)
        sheet.countersigned_at, sheet.countersigned_by = slot.ends_at, trainer
        sheet.countersigned_name = trainer.name
        sheet.save()


def close(session, **options):
    SESSION_LIFECYCLE.apply(session, "complete", by=STAFF, now=OVER, **options)


def states():
    return list(Enrolment.objects.order_by("pk").values_list("state", flat=True))


# -- What is missing ----------------------------------------------------------------------------


def test_the_caution_names_the_half_days_and_the_people(session, people):
    for enrolment in people[:2]:
        followed(enrolment, 0, 1, 2, 3)
    followed(people[2], 0, 1)
    countersigned(session)
    AttendanceSheet.objects.filter(slot=session.slots.order_by("starts_at").last()).delete()

    with pytest.raises(AttendanceMissing) as refused:
        close(session)

    said = str(refused.value).replace("\u00a0", " ")
    assert said == (
        "Il manque l’émargement de : mardi 2 mars, 9 h – 12 h 30 (Aïcha Moreau 3) ; "
        "mardi 2 mars, 13 h 30 – 17 h (Aïcha Moreau 3). Sans signature, ces demi-journées "
        "comptent comme des absences, sans aucune heure. "
        "Il manque le contreseing du formateur : mardi 2 mars, 13 h 30 – 17 h."
    )
    assert states() == [S.CONFIRMED] * 3


def test_a_reason_sets_the_caution_aside_and_is_kept(session, people):
    with pytest.raises(TransitionRefused):
        close(session, forced=True)

    close(session, forced=True, reason="Feuilles perdues.")

    event = session.events.last()
    assert (event.forced, event.reason) == (True, "Feuilles perdues.")
    assert states() == [S.NO_SHOW] * 3
    assert not Attendance.objects.exists()


def test_a_session_without_anybody_lacks_nothing(session):
    assert gaps(session) == []

    close(session)

    assert session.state == SessionState.COMPLETED


def test_what_is_missing_costs_the_same_for_one_person_and_for_thirty(session, count_queries):
    confirmed(session, 1, now=SIGNED_UP)
    Session.objects.update(capacity=60)
    one = count_queries(lambda: gaps(session))
    confirmed(session, *range(2, 32), now=SIGNED_UP)

    assert count_queries(lambda: gaps(session)) == one


# -- What becomes of people ---------------------------------------------------------------------


def test_each_person_has_the_outcome_that_her_half_days_say(session, people):
    followed(people[0], 0, 1, 2)
    followed(people[0], 3, presence=Presence.LATE)
    followed(people[1], 0)
    followed(people[1], 1, 2, presence=Presence.EXCUSED)
    followed(people[1], 3, presence=Presence.ABSENT)
    followed(people[2], 0, 1, 2, 3, presence=Presence.ABSENT)
    countersigned(session)

    close(session)

    assert states() == [S.ATTENDED, S.PARTLY_ATTENDED, S.NO_SHOW]
    roles = {one.events.last().role for one in people}
    assert roles == {Role.SYSTEM}
    assert list(faults(OVER)) == []


def test_the_employer_is_told_of_an_absence_once(session, people):
    for enrolment in people[:2]:
        followed(enrolment, 0, 1, 2, 3, presence=Presence.ABSENT)
    followed(people[2], 0, 1, 2, 3)
    countersigned(session)
    OutgoingMessage.objects.all().delete()

    close(session)

    mail = OutgoingMessage.objects.get()
    assert (mail.kind, mail.to) == ("formation_no_show", "direction@deux-rives.test")
    assert "Aïcha Moreau 1 et Aïcha Moreau 2" in mail.text
    assert "Aïcha Moreau 3" not in mail.text


def test_a_correction_settles_again_without_writing_twice(session, people):
    for enrolment in people:
        followed(enrolment, 0, 1, 2, 3, presence=Presence.ABSENT)
    countersigned(session)
    close(session)
    slot = session.slots.order_by("starts_at").first()

    def says(presence):
        correct(slot, people[0], Seen(presence), reason="Motif.", by=STAFF, now=OVER)

    says(Presence.PRESENT)
    assert states() == [S.PARTLY_ATTENDED, S.NO_SHOW, S.NO_SHOW]
    says(Presence.EXCUSED)

    assert states() == [S.NO_SHOW] * 3
    assert OutgoingMessage.objects.filter(kind="formation_no_show").count() == 1


def test_a_correction_before_the_closing_settles_nothing(session, people):
    slot = session.slots.order_by("starts_at").first()

    correct(slot, people[0], Seen("present"), reason="Motif.", by=STAFF, now=OVER)

    assert states() == [S.CONFIRMED] * 3


def test_somebody_who_pays_alone_is_not_written_to_about_an_absence(session):
    alone = enrol(session, individual(1), SIGNED_UP).enrolments.get()
    Enrolment.objects.filter(pk=alone.pk).update(state=S.CONFIRMED)

    close(session, forced=True, reason="Motif.")

    assert states() == [S.NO_SHOW]
    assert not OutgoingMessage.objects.filter(kind="formation_no_show").exists()


def test_only_definitive_enrolments_are_settled(session, people):
    Enrolment.objects.filter(pk=people[0].pk).update(state=S.REQUESTED)
    Enrolment.objects.filter(pk=people[1].pk).update(state=S.WITHDRAWN)
    followed(people[2], 0, 1, 2, 3)
    countersigned(session)

    close(session)

    assert states() == [S.REQUESTED, S.WITHDRAWN, S.ATTENDED]


def test_settling_twice_writes_no_second_event(session, people):
    close(session, forced=True, reason="Motif.")
    events = people[0].events.count()

    settle(session, OVER)

    assert people[0].events.count() == events


def test_whoever_is_confirmed_after_the_closing_is_settled_by_the_clock(session):
    alone = enrol(session, individual(1), SIGNED_UP).enrolments.get()
    Enrolment.objects.filter(pk=alone.pk).update(
        state=S.WITHDRAWAL_PERIOD, withdrawal_ends_on=OVER.date()
    )
    close(session)
    later = OVER + timedelta(days=2)
    ENROLMENT_LIFECYCLE.apply(alone, "end_withdrawal_period", by=SYSTEM, now=later)
    assert states() == [S.CONFIRMED]

    assert settle_latecomers(later) == 1
    assert settle_latecomers(later) == 0

    assert states() == [S.NO_SHOW]


# -- Half-days that are proofs ------------------------------------------------------------------


@pytest.mark.parametrize("proof", ["line", "sheet"])
def test_the_dates_of_a_signed_session_do_not_change(session, people, proof):
    first = session.slots.order_by("starts_at").first()
    if proof == "line":
        followed(people[0], 0)
    else:
        open_sheet(first, STARTS)
    Session.objects.update(state=SessionState.POSTPONED)
    session.refresh_from_db()

    with pytest.raises(HalfDaysSigned):
        reschedule(
            session, half_days(paris(2027, 5, 3, 9)), by=STAFF, now=OVER, reason="Salle fermée."
        )

    assert session.slots.order_by("starts_at").first() == first
