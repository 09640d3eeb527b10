"""What staff sees and writes of the attendance of a session."""

import io
import re
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import pytest
from PIL import Image

from courrier.models import OutgoingMessage
from formation.enums import SessionState
from formation.models import (
    Attendance,
    AttendanceCorrection,
    AttendanceSheet,
    Session,
    TimeSlot,
    Trainer,
)
from formation.services.after_session import deliver_signed_sheets
from formation.services.attendance import open_sheet, room_code, sign
from formation.services.matrix import without_countersignature
from formation.services.sheets import Seen, countersign
from site_enys.admin import admin_url
from site_enys.models import PrivateFileAccess
from tests.desk import lines_waiting
from tests.factories.formation import SessionFactory, TrainerFactory, confirmed, known_firm
from tests.formation.test_admin import form_data, kept_slots
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

SIGNED_UP = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
ENDS = paris(2027, 3, 1, 12, 30)
OVER = paris(2027, 3, 2, 18)
A_MOMENT = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _when_it_is_over(time_machine):
    time_machine.move_to(OVER, tick=False)


@pytest.fixture
def session():
    return SessionFactory(first=STARTS, state=SessionState.CONFIRMED, code="RA-3")


@pytest.fixture
def slot(session):
    return session.slots.order_by("starts_at").first()


@pytest.fixture
def people(session):
    return confirmed(session, 1, 2, now=SIGNED_UP)


@pytest.fixture
def staff(log_in):
    return log_in("formation")


def url(name, session, *args):
    return reverse(f"formation_attendance{name}", args=[session.pk, *args])


def html(response):
    return re.sub(r"\s+", " ", response.content.decode()).replace("&nbsp;", " ")


def scan():
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(content, "PNG")
    return SimpleUploadedFile("n’importe quoi.exe", content.getvalue())


def signed(enrolment, slot):
    return sign(enrolment, room_code(open_sheet(slot, STARTS), STARTS), STARTS)


def test_the_matrix_shows_everybody_and_every_half_day(staff, session, slot, people):
    signed(people[0], slot)
    seen = {people[1].pk: Seen("late", 90)}
    countersign(slot, TrainerFactory(), seen, now=ENDS)

    page = html(staff.get(url("", session)))

    for words in ("Aïcha Moreau 1", "Aïcha Moreau 2", "210 min", "90 min", "Code de la salle"):
        assert words in page
    assert page.count("À contresigner") == 3
    assert "Marc Delattre, 01/03/2027 12:30" in page
    inspected = html(staff.get(admin_url(Session, "inspect", session.pk)))
    assert url("", session) in inspected
    assert "1 demi-journée contresignée sur 4" in inspected.replace("\u00a0", " ")


def test_a_correction_is_made_with_a_reason_and_read_afterwards(staff, session, slot, people):
    signed(people[0], slot)
    screen = url("_correct", session, slot.pk, people[0].pk)
    assert "La feuille dit : présent, 210" in html(staff.get(screen)).replace("\u00a0", " ")

    without = staff.post(screen, {"presence": "absent"})
    bad = staff.post(screen, {"presence": "late", "minutes": "900", "reason": "Motif."})
    done = staff.post(screen, {"presence": "late", "minutes": "60", "reason": "Partie tôt."})

    assert "Champ requis" in html(without)
    assert "de 1 à 209" in html(bad)
    assert done["Location"] == url("", session)
    kept = AttendanceCorrection.objects.get()
    assert (kept.role, kept.user, kept.old_minutes) == ("staff", staff.user, 210)
    page = html(staff.get(url("", session)))
    assert "présent, 210 min → en retard, 60 min" in page
    assert "Partie tôt." in page


def test_a_paper_sheet_is_recorded_and_its_scan_downloaded_with_a_trace(
    staff, session, slot, people
):
    trainer = Trainer.objects.get()
    screen = url("_paper", session, slot.pk)
    said = {f"presence_{people[0].pk}": "present", f"presence_{people[1].pk}": "absent"}
    said |= {"trainer": trainer.pk, "reason": "Reçue le lendemain."}

    without = staff.post(screen, said)
    done = staff.post(screen, said | {"scan": scan()})

    assert "Champ requis" in html(without)
    assert done["Location"] == url("", session)
    assert AttendanceSheet.objects.get(slot=slot).countersigned_by == trainer
    assert Attendance.objects.filter(signed_by="paper").count() == 2
    response = staff.get(url("_scan", session, slot.pk))
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("attachment")
    assert PrivateFileAccess.objects.get().user == staff.user
    response.close()


def test_a_half_day_without_a_scan_has_none_to_download(staff, session, slot, people):
    assert staff.get(url("_scan", session, slot.pk)).status_code == 404
    open_sheet(slot, STARTS)
    assert staff.get(url("_scan", session, slot.pk)).status_code == 404


def test_the_screens_are_for_those_who_may(log_in, session, slot, people):
    others = log_in("recrutement")
    screens = [
        url("", session),
        url("_correct", session, slot.pk, people[0].pk),
        url("_paper", session, slot.pk),
        url("_scan", session, slot.pk),
        reverse("formation_attendance_late"),
        reverse("formation_trainer_space", args=[Trainer.objects.get().pk]),
    ]

    refused = [others.get(screen) for screen in screens]

    assert {answer.status_code for answer in refused} <= {302, 403}
    assert not any("Aïcha" in answer.content.decode() for answer in refused)


def test_who_may_only_read_corrects_nothing(log_in, session, slot, people):
    reader = log_in("formation")
    reader.user.groups.get().permissions.remove(
        *Permission.objects.filter(codename="change_attendancesheet")
    )

    page = html(reader.get(url("", session)))

    assert "Aïcha Moreau 1" in page
    assert "Corriger" not in page
    screen = url("_correct", session, slot.pk, people[0].pk)
    assert reader.post(screen, {"presence": "present", "reason": "M."}).status_code in {302, 403}
    assert not Attendance.objects.exists()


def test_a_half_day_of_another_session_is_not_found_here(staff, session, people):
    other = SessionFactory(first=STARTS)

    for name, args in (("_paper", ()), ("_correct", (people[0].pk,))):
        answer = staff.get(url(name, session, other.slots.first().pk, *args))
        assert answer.status_code == 404


def test_the_screens_cost_the_same_for_one_person_and_for_thirty(
    staff, session, slot, count_queries
):
    Session.objects.update(capacity=60)
    first = confirmed(session, 1, now=SIGNED_UP)
    signed(first[0], slot)
    screens = [url("", session), url("_paper", session, slot.pk)]
    one = [count_queries(lambda screen=screen: staff.get(screen)) for screen in screens]
    for enrolment in confirmed(session, *range(2, 32), now=SIGNED_UP):
        signed(enrolment, slot)

    many = [count_queries(lambda screen=screen: staff.get(screen)) for screen in screens]

    assert many == one


# -- À traiter ----------------------------------------------------------------------------------


def line_of_the_desk(staff, rf, words="contreseing", now=OVER):
    request = rf.get("/")
    request.user = staff.user
    lines = [one for one in lines_waiting(request, now) if words in one.plural]
    return lines[0] if lines else None


def test_the_desk_says_which_session_is_over_and_not_closed(staff, rf, session, people):
    assert line_of_the_desk(staff, rf, "à marquer terminées", session.ends_at - A_MOMENT) is None

    line = line_of_the_desk(staff, rf, "à marquer terminées", session.ends_at)

    assert (line.count, line.since) == (1, session.ends_at)
    assert "Marquer terminée" in html(staff.get(line.url))
    Session.objects.update(state=SessionState.COMPLETED)
    assert line_of_the_desk(staff, rf, "à marquer terminées") is None


def test_a_session_without_anybody_has_not_to_be_closed(staff, rf, session):
    assert line_of_the_desk(staff, rf, "à marquer terminées") is None


def test_the_desk_says_which_countersigned_sheet_could_not_be_delivered(
    staff, rf, session, slot, people
):
    known_firm()
    countersign(slot, Trainer.objects.get(), {one.pk: Seen("absent") for one in people}, now=ENDS)
    assert deliver_signed_sheets(ENDS) == 0

    line = line_of_the_desk(staff, rf, "feuilles contresignées")

    assert (line.count, line.since) == (1, ENDS)
    assert "le contenu de la demi-journée" in html(staff.get(line.url))
    TimeSlot.objects.update(subject="Préparer", trainer=Trainer.objects.get())
    assert deliver_signed_sheets(OVER) == 1
    assert line_of_the_desk(staff, rf, "feuilles contresignées") is None


def test_the_desk_counts_the_half_days_without_a_countersignature(staff, rf, session, slot, people):
    line = line_of_the_desk(staff, rf)
    assert (line.count, line.since) == (4, ENDS)
    assert "RA-3" in html(staff.get(line.url))

    countersign(slot, Trainer.objects.get(), {one.pk: Seen("absent") for one in people}, now=ENDS)

    assert line_of_the_desk(staff, rf).count == 3


@pytest.mark.parametrize("state", ["draft", "completed", "cancelled", "postponed"])
def test_nothing_is_waited_for_of_a_session_that_is_closed_or_not_held(session, people, state):
    Session.objects.update(state=state)

    assert not without_countersignature(OVER).exists()


def test_a_half_day_without_anybody_or_to_come_is_not_waited_for(session, people):
    SessionFactory(first=STARTS, state=SessionState.CONFIRMED)

    assert without_countersignature(ENDS - timedelta(seconds=1)).count() == 0
    assert without_countersignature(ENDS).count() == 1


# -- Closing, and dates that are proofs ---------------------------------------------------------


def test_the_closing_screen_names_what_is_missing_and_asks_for_a_reason(
    staff, session, slot, people
):
    screen = admin_url(Session, "transition", session.pk, "complete")

    page = html(staff.get(screen)).replace("\u00a0", " ")
    without = staff.post(screen, {})
    done = staff.post(screen, {"reason": "Feuilles perdues dans l’inondation."})

    assert "Il manque l’émargement de : lundi 1er mars, 9 h – 12 h 30 (Aïcha Moreau 1" in page
    assert "direction@deux-rives.test" in page  # the message to the employer, before it leaves
    assert "le motif manque" in html(without)
    assert done.status_code == 302
    session.refresh_from_db()
    assert session.state == SessionState.COMPLETED


def test_the_dates_of_a_signed_half_day_are_not_offered_and_are_refused_in_words(
    staff, session, slot, people
):
    signed(people[0], slot)

    dates = reverse("formation_session_dates", args=[session.pk])

    assert "leurs dates font preuve" in html(staff.get(dates))
    assert dates not in html(staff.get(admin_url(Session, "inspect", session.pk)))


@pytest.mark.parametrize(
    ("state", "change", "saved"),
    [
        (SessionState.COMPLETED, {"starts_at": "2027-03-01 08:30"}, False),
        (SessionState.COMPLETED, {"DELETE": "on"}, False),
        (SessionState.CONFIRMED, {"ends_at": "2027-03-01 12:00"}, False),
        (SessionState.CONFIRMED, {"subject": "La commande"}, True),
    ],
)
def test_the_form_refuses_other_dates_for_a_signed_half_day(staff, people, state, change, saved):
    session = people[0].session
    slot = session.slots.order_by("starts_at").first()
    signed(people[0], slot)
    Session.objects.update(state=state)
    data = form_data(session.course, code=session.code) | kept_slots(session, **change)

    response = staff.post(admin_url(Session, "edit", session.pk), data)

    assert response.status_code == (302 if saved else 200)
    assert ("leurs dates font preuve" in html(response)) is not saved
    assert session.slots.filter(pk=slot.pk, starts_at=STARTS, ends_at=ENDS).exists()


def test_a_session_with_signatures_is_not_deleted(log_in, slot, people):
    signed(people[0], slot)

    log_in("direction").post(admin_url(Session, "delete", slot.session_id))

    assert Attendance.objects.count() == Session.objects.count() == 1


# -- The space of a trainer ---------------------------------------------------------------------


def test_staff_sends_a_trainer_her_space_and_may_close_the_former_links(staff, session):
    trainer = Trainer.objects.get()
    screen = reverse("formation_trainer_space", args=[trainer.pk])
    assert "n’a pas d’adresse électronique" in html(staff.get(screen))
    Trainer.objects.update(email="marc@enys.test")
    trainer.refresh_from_db()
    nonce = trainer.link_nonce

    from_session = staff.post(f"{screen}?session={session.pk}", {})
    trainer.refresh_from_db()
    assert trainer.link_nonce == nonce
    from_record = staff.post(screen, {"close_former": "on"})

    trainer.refresh_from_db()
    assert trainer.link_nonce != nonce
    assert from_session["Location"] == admin_url(Session, "inspect", session.pk)
    assert from_record["Location"] == admin_url(Trainer, "inspect", trainer.pk)
    assert OutgoingMessage.objects.filter(kind="formation_trainer_link").count() == 2
    assert screen in html(staff.get(admin_url(Session, "inspect", session.pk)))
    assert screen in html(staff.get(admin_url(Trainer, "inspect", trainer.pk)))
