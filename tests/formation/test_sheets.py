"""The countersignature fixes a half-day; afterwards everything that changes has its reason."""

import io
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model

import pytest
from PIL import Image
from pypdf import PdfWriter

from formation.enums import Presence, SessionState, SignedBy
from formation.exceptions import (
    HalfDayToCome,
    MinutesImplausible,
    NotExpected,
    NothingCorrected,
    NotTheirHalfDay,
    ReasonWanted,
    ScanRefused,
    ScanTooLarge,
    ScanWanted,
    SessionNotHeld,
    SheetClosed,
    StillUnsigned,
    TooEarlyToCountersign,
)
from formation.models import Attendance, AttendanceCorrection, AttendanceSheet, Enrolment, Session
from formation.services.attendance import open_sheet, room_code, sign
from formation.services.paper import record_on_paper
from formation.services.scans import LARGEST, refuse_unless_readable
from formation.services.sheets import Seen, correct, countersign
from site_enys.states import PERSON, Actor, Role
from tests.factories.formation import SessionFactory, TrainerFactory, confirmed
from tests.harness.clock import paris
from tests.races import at_once

pytestmark = pytest.mark.django_db

SIGNED_UP = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
ENDS = paris(2027, 3, 1, 12, 30)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
STAFF = Actor(Role.STAFF)
PRESENT, ABSENT = Seen(Presence.PRESENT), Seen(Presence.ABSENT)


def picture(kind="PNG"):
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(content, kind)
    return content.getvalue()


PNG, JPEG = picture(), picture("JPEG")


@pytest.fixture
def trainer():
    return TrainerFactory()


@pytest.fixture
def session(trainer):
    session = SessionFactory(first=STARTS, state=SessionState.CONFIRMED)
    session.course.trainers.set([trainer])
    session.course.save()
    return session


@pytest.fixture
def slot(session):
    return session.slots.order_by("starts_at").first()


@pytest.fixture
def people(session):
    return confirmed(session, 1, 2, now=SIGNED_UP)


def signs(enrolment, slot, now=STARTS):
    return sign(enrolment, room_code(open_sheet(slot, now), now), now)


def lines():
    return list(Attendance.objects.order_by("enrolment_id").values_list("presence", "minutes"))


def files():
    return {path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()}


# -- The countersignature -----------------------------------------------------------------------


def test_the_trainer_says_of_the_others_whether_they_were_there(people, slot, trainer):
    signs(people[0], slot)

    sheet = countersign(slot, trainer, {people[1].pk: Seen(Presence.LATE, 90)}, now=ENDS)

    assert lines() == [("present", 210), ("late", 90)]
    assert Attendance.objects.get(enrolment=people[1]).signed_by == SignedBy.TRAINER
    stored = AttendanceSheet.objects.get(pk=sheet.pk)
    assert (stored.countersigned_at, stored.countersigned_by) == (ENDS, trainer)
    assert stored.countersigned_name == "Marc Delattre"


def test_a_signature_is_not_changed_by_what_the_trainer_says(people, slot, trainer):
    signs(people[0], slot)

    countersign(slot, trainer, {one.pk: ABSENT for one in people}, now=ENDS)

    assert lines() == [("present", 210), ("absent", 0)]


def test_nothing_is_countersigned_before_the_last_quarter_of_an_hour(people, slot, trainer):
    seen = {one.pk: PRESENT for one in people}

    with pytest.raises(TooEarlyToCountersign):
        countersign(slot, trainer, seen, now=ENDS - 15 * MINUTE - SECOND)
    countersign(slot, trainer, seen, now=ENDS - 15 * MINUTE)

    assert lines() == [("present", 210)] * 2


def test_everybody_must_be_said_something_of(people, slot, trainer):
    with pytest.raises(StillUnsigned) as refused:
        countersign(slot, trainer, {people[0].pk: PRESENT}, now=ENDS)

    assert str(refused.value) == "Indiquez si ces personnes étaient là\u00a0: Aïcha Moreau 2."
    assert lines() == []
    assert not AttendanceSheet.objects.filter(countersigned_at__isnull=False).exists()


@pytest.mark.parametrize("minutes", [None, 0, -5, 210, 4000])
def test_a_part_of_the_half_day_is_neither_none_of_it_nor_the_whole(people, slot, trainer, minutes):
    seen = {one.pk: Seen(Presence.LATE, minutes) for one in people}

    with pytest.raises(MinutesImplausible) as refused:
        countersign(slot, trainer, seen, now=ENDS)

    assert "de 1 à 209" in str(refused.value)
    assert lines() == []


def test_a_sheet_is_countersigned_once(people, slot, trainer):
    seen = {one.pk: PRESENT for one in people}
    countersign(slot, trainer, seen, now=ENDS)

    with pytest.raises(SheetClosed):
        countersign(slot, trainer, seen, now=ENDS)


def test_only_the_trainer_of_the_half_day_countersigns(people, slot, trainer):
    other = TrainerFactory(name="Paul Roy")
    seen = {one.pk: PRESENT for one in people}
    with pytest.raises(NotTheirHalfDay):
        countersign(slot, other, seen, now=ENDS)
    slot.trainer = other
    slot.save()

    with pytest.raises(NotTheirHalfDay):
        countersign(slot, trainer, seen, now=ENDS)
    countersign(slot, other, seen, now=ENDS)

    assert AttendanceSheet.objects.get().countersigned_name == "Paul Roy"


def test_a_cancelled_session_is_not_countersigned(people, slot, trainer):
    Session.objects.update(state=SessionState.CANCELLED)

    with pytest.raises(SessionNotHeld):
        countersign(slot, trainer, {one.pk: PRESENT for one in people}, now=ENDS)


def test_the_name_of_the_trainer_outlives_her_record(people, slot, trainer):
    countersign(slot, trainer, {one.pk: PRESENT for one in people}, now=ENDS)

    trainer.delete()

    sheet = AttendanceSheet.objects.get()
    assert (sheet.countersigned_by, sheet.countersigned_name) == (None, "Marc Delattre")


@pytest.mark.django_db(transaction=True)
def test_two_countersignatures_at_once_leave_one(people, slot, trainer):
    seen = {one.pk: PRESENT for one in people}

    answers = at_once(*[lambda: countersign(slot, trainer, seen, now=ENDS) for _ in range(4)])

    assert sum(isinstance(answer, SheetClosed) for answer in answers) == 3
    assert lines() == [("present", 210)] * 2


@pytest.mark.django_db(transaction=True)
def test_a_signature_and_the_countersignature_at_once_leave_one_line(people, slot, trainer):
    code = room_code(open_sheet(slot, ENDS), ENDS)
    seen = {one.pk: ABSENT for one in people}

    at_once(
        lambda: sign(people[0], code, ENDS),
        lambda: countersign(slot, trainer, seen, now=ENDS),
    )

    assert Attendance.objects.filter(enrolment=people[0]).count() == 1
    assert AttendanceSheet.objects.get().countersigned_at == ENDS


# -- Corrections --------------------------------------------------------------------------------


def test_a_correction_keeps_what_the_line_said_who_and_why(people, slot):
    signs(people[0], slot)
    user = get_user_model().objects.create(username="nadia")

    correct(
        slot,
        people[0],
        Seen(Presence.LATE, 60),
        reason="  Partie à dix heures. ",
        by=Actor(Role.STAFF, user),
        now=ENDS,
    )

    assert lines() == [("late", 60)]
    kept = AttendanceCorrection.objects.get()
    assert (kept.old_presence, kept.old_minutes) == ("present", 210)
    assert (kept.new_presence, kept.new_minutes) == ("late", 60)
    assert (kept.reason, kept.role, kept.user) == ("Partie à dix heures.", Role.STAFF, user)
    assert Attendance.objects.get().signed_by == SignedBy.CODE


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_a_correction_without_a_reason_is_refused(people, slot, reason):
    signs(people[0], slot)

    with pytest.raises(ReasonWanted):
        correct(slot, people[0], ABSENT, reason=reason, by=STAFF, now=ENDS)

    assert lines() == [("present", 210)]


def test_a_line_that_was_missing_is_the_correction_of_an_absence(people, slot):
    correct(slot, people[0], PRESENT, reason="Oubliée.", by=STAFF, now=ENDS)

    assert lines() == [("present", 210)]
    assert AttendanceCorrection.objects.get().old_presence == Presence.ABSENT


def test_nobody_is_said_to_be_there_before_it_is_over(people, slot):
    with pytest.raises(HalfDayToCome):
        correct(slot, people[0], PRESENT, reason="D’avance.", by=STAFF, now=ENDS - SECOND)


def test_a_correction_that_changes_nothing_is_refused(people, slot):
    signs(people[0], slot)

    with pytest.raises(NothingCorrected):
        correct(slot, people[0], PRESENT, reason="Motif.", by=STAFF, now=ENDS)


def test_nobody_is_added_who_was_not_expected(people, slot):
    Enrolment.objects.filter(pk=people[0].pk).update(state="withdrawn")

    with pytest.raises(NotExpected):
        correct(slot, people[0], PRESENT, reason="Motif.", by=STAFF, now=ENDS)


def test_a_trainer_does_not_correct_the_half_day_of_a_colleague(people, slot):
    other = TrainerFactory(name="Paul Roy")

    with pytest.raises(NotTheirHalfDay):
        correct(slot, people[0], PRESENT, reason="M.", by=PERSON, now=ENDS, trainer=other)


def test_a_correction_is_neither_changed_nor_erased(people, slot):
    correct(slot, people[0], PRESENT, reason="Oubliée.", by=STAFF, now=ENDS)
    kept = AttendanceCorrection.objects.get()

    with pytest.raises(TypeError):
        kept.save()
    with pytest.raises(TypeError):
        kept.delete()


# -- Paper --------------------------------------------------------------------------------------


def test_a_paper_sheet_keeps_its_scan_and_writes_what_it_says(people, slot):
    sheet = record_on_paper(
        slot, {people[0].pk: PRESENT, people[1].pk: ABSENT}, PNG, by=PERSON, now=ENDS
    )

    assert lines() == [("present", 210), ("absent", 0)]
    assert {line.signed_by for line in Attendance.objects.all()} == {SignedBy.PAPER}
    with sheet.scan.open("rb") as scan:
        assert scan.read() == PNG
    assert (sheet.scanned_at, sheet.countersigned_at) == (ENDS, None)
    assert not AttendanceCorrection.objects.exists()


def test_the_signature_of_the_trainer_on_the_paper_is_a_countersignature(people, slot, trainer):
    seen = {one.pk: PRESENT for one in people}

    with pytest.raises(StillUnsigned):
        record_on_paper(slot, {}, PNG, by=STAFF, now=ENDS, signed_by_trainer=trainer)
    record_on_paper(slot, seen, PNG, by=STAFF, now=ENDS, signed_by_trainer=trainer)

    assert AttendanceSheet.objects.get().countersigned_name == "Marc Delattre"


def test_a_paper_sheet_comes_with_its_scan(people, slot):
    with pytest.raises(ScanWanted):
        record_on_paper(slot, {people[0].pk: PRESENT}, None, by=STAFF, now=ENDS)

    assert lines() == []


def test_afterwards_a_paper_sheet_needs_a_reason(people, slot):
    seen, later = {people[0].pk: PRESENT}, ENDS + 30 * MINUTE
    before = files()

    with pytest.raises(ReasonWanted):
        record_on_paper(slot, seen, PNG, by=STAFF, now=later)
    assert (lines(), files()) == ([], before)
    record_on_paper(slot, seen, PNG, by=STAFF, now=later, reason="Reçue par la poste.")

    assert lines() == [("present", 210)]
    assert AttendanceCorrection.objects.get().reason == "Reçue par la poste."


def test_paper_that_says_otherwise_than_the_line_needs_a_reason(people, slot):
    signs(people[0], slot, STARTS + 60 * MINUTE)

    with pytest.raises(ReasonWanted):
        record_on_paper(slot, {people[0].pk: PRESENT}, PNG, by=STAFF, now=ENDS)
    record_on_paper(slot, {people[0].pk: Seen(Presence.LATE)}, PNG, by=STAFF, now=ENDS)

    assert lines() == [("late", 150)]


def test_another_scan_needs_a_reason_and_takes_the_place_of_the_first(
    people, slot, django_capture_on_commit_callbacks
):
    before = files()
    record_on_paper(slot, {people[0].pk: PRESENT}, PNG, by=STAFF, now=ENDS)

    with pytest.raises(ReasonWanted):
        record_on_paper(slot, {}, JPEG, by=STAFF, now=ENDS)
    with django_capture_on_commit_callbacks(execute=True):
        sheet = record_on_paper(slot, {}, JPEG, by=STAFF, now=ENDS, reason="Page illisible.")

    with sheet.scan.open("rb") as scan:
        assert scan.read() == JPEG
    assert len(files() - before) == 1


def test_nothing_is_recorded_before_the_half_day_nor_by_a_colleague(people, slot):
    other = TrainerFactory(name="Paul Roy")

    with pytest.raises(HalfDayToCome):
        record_on_paper(slot, {}, PNG, by=STAFF, now=STARTS - SECOND)
    with pytest.raises(NotTheirHalfDay):
        record_on_paper(slot, {}, PNG, by=PERSON, now=ENDS, trainer_writes=other)


def a_pdf():
    content, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"), [(PNG, "image/png"), (JPEG, "image/jpeg"), (a_pdf(), "application/pdf")]
)
def test_what_opens_is_a_scan(content, kind):
    assert refuse_unless_readable(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Bonjour",
        b"%PDF-1.7\nrien",
        PNG[:60],
        b"\xff\xd8\xff" + b"\x00" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"MZ" + b"\x00" * 200,
        b"GIF89a" + b"\x00" * 200,
    ],
)
def test_what_is_no_scan_is_refused_by_its_content(content):
    with pytest.raises(ScanRefused):
        refuse_unless_readable(content)


def test_a_scan_that_is_too_large_is_refused():
    with pytest.raises(ScanTooLarge):
        refuse_unless_readable(PNG + b"\x00" * LARGEST)
