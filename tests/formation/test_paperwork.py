"""Documents are delivered once, told, replaced when they become false, and never lost."""

import os
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse

import pytest

from courrier.models import OutgoingMessage
from formation import jobs
from formation.enums import Assessment, DocumentKind, EnrolmentState, Presence, SessionState
from formation.exceptions import DocumentDamaged, DocumentIncomplete, DocumentReplaced
from formation.models import (
    Attendance,
    AttendanceCorrection,
    AttendanceSheet,
    Enrolment,
    IssuedDocument,
    Session,
    TimeSlot,
)
from formation.services import after_session, outdated, paperwork, stored_files
from formation.services.changes import correct, substitute, transfer
from formation.services.issue import in_force
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE, reschedule, settle_after_edit
from formation.services.timed import convoke
from home.models import OrganisationSettings
from site_enys.exceptions import StoreUnavailable
from site_enys.states import PERSON, SYSTEM, Actor, Role
from tests.factories.formation import (
    SessionFactory,
    VenueFactory,
    group,
    half_days,
    individual,
    trainee,
)
from tests.factories.paperwork import AFTER, BEFORE, STARTS, confirmed, session_to_hold, taught
from tests.harness.clock import paris
from tests.pdfs import text_of

pytestmark = pytest.mark.django_db

K = DocumentKind
STAFF = Actor(Role.STAFF)
MINUTE = timedelta(minutes=1)
TEN_DAYS_BEFORE = STARTS - timedelta(days=10)


@pytest.fixture
def session():
    return session_to_hold(capacity=6)


def deliver(kind, about, now=BEFORE):
    return paperwork.deliver(kind, about, by=SYSTEM, now=now)


def kinds():
    return list(OutgoingMessage.objects.order_by("pk").values_list("kind", flat=True))


def files():
    return {path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()}


def details(**changes):
    own = {"first_name": "Aïcha", "last_name": "Diop", "email": "stagiaire1@exemple.test"}
    return own | {"phone": ""} | changes


# -- One document, and those of everybody -------------------------------------------------------


def test_a_document_that_is_asked_for_twice_is_delivered_once(session):
    [enrolment] = confirmed(session)

    first, second = (deliver(K.CONVOCATION, enrolment) for _ in "12")

    assert first == second
    assert IssuedDocument.objects.count() == 1


def test_what_is_missing_leaves_no_row_no_number_and_no_file(session):
    [enrolment] = confirmed(session)
    OrganisationSettings.objects.all().delete()

    with pytest.raises(DocumentIncomplete):
        deliver(K.CONVOCATION, enrolment)

    assert not IssuedDocument.objects.exists()
    assert files() == set()


def test_everybody_has_one_and_who_cannot_is_named_with_the_reason(session):
    people = taught(session, group(1, 2, 3))
    Enrolment.objects.filter(pk=people[1].pk).update(assessment="")

    outcome = paperwork.deliver_all(K.ATTESTATION, session, by=STAFF, now=AFTER)

    assert [document.enrolment for document in outcome.issued] == [people[0], people[2]]
    [(about, refusal)] = outcome.refused
    assert about == people[1]
    assert "le résultat de l’évaluation des acquis" in str(refusal)


def test_everybody_again_delivers_only_to_who_has_none(session):
    taught(session, group(1, 2))
    paperwork.deliver_all(K.CERTIFICATE, session, by=STAFF, now=AFTER)
    paperwork.withdraw(IssuedDocument.objects.first(), now=AFTER, reason="Erreur.")

    again = paperwork.deliver_all(K.CERTIFICATE, session, by=STAFF, now=AFTER)

    assert [document.version for document in again.issued] == [2]
    assert IssuedDocument.objects.in_force().count() == 2


def test_a_document_of_the_end_delivered_by_staff_is_told_and_a_sheet_is_not(session):
    taught(session)
    OutgoingMessage.objects.all().delete()

    paperwork.deliver_all(K.CERTIFICATE, session, by=STAFF, now=AFTER)
    paperwork.deliver_all(K.ATTENDANCE_SHEET, session, by=STAFF, now=AFTER)

    assert kinds() == ["formation_documents_ready"]


def test_one_person_costs_the_same_in_a_session_of_two_and_of_twenty(count_queries):
    small, large = session_to_hold(), session_to_hold(first=paris(2027, 5, 3, 9), capacity=20)
    taught(small, group(1, 2))
    taught(large, group(*range(20)))

    def deliver_to_all(session):
        return paperwork.deliver_all(K.CERTIFICATE, session, by=SYSTEM, now=AFTER)

    few = count_queries(lambda: deliver_to_all(small))
    many = count_queries(lambda: deliver_to_all(large))

    assert (many - few) / 18 <= 15


def test_a_new_version_is_drawn_from_what_is_known_now_and_revokes_what_was_read(session):
    [enrolment] = confirmed(session)
    first = deliver(K.CONVOCATION, enrolment)
    Enrolment.objects.update(last_name="Diop")

    second = paperwork.issue_again(first, by=STAFF, now=BEFORE + MINUTE, reason="Nom corrigé.")

    first.refresh_from_db()
    assert (second.version, second.data["trainee"]) == (2, "Aïcha Diop")
    assert (first.is_in_force, first.revoked_reason) == (False, "Nom corrigé.")


def test_the_same_version_is_neither_replaced_nor_revoked_twice(session):
    [enrolment] = confirmed(session)
    first = deliver(K.CONVOCATION, enrolment)
    paperwork.issue_again(first, by=STAFF, now=BEFORE, reason="Une fois.")

    with pytest.raises(DocumentReplaced):
        paperwork.issue_again(first, by=STAFF, now=BEFORE, reason="Deux fois.")
    with pytest.raises(DocumentReplaced):
        paperwork.withdraw(first, now=BEFORE, reason="Trois fois.")
    assert IssuedDocument.objects.count() == 2


def test_a_reason_is_kept_as_far_as_it_fits(session):
    [enrolment] = confirmed(session)
    document = deliver(K.CONVOCATION, enrolment)

    paperwork.withdraw(document, now=BEFORE, reason="N" * 2000)

    assert document.revoked_reason == "N" * 200


# -- The convocation ----------------------------------------------------------------------------


def test_the_convocation_goes_with_its_document(session):
    [enrolment] = confirmed(session)

    convoke(TEN_DAYS_BEFORE)

    mail = OutgoingMessage.objects.get(kind="formation_convocation")
    document = in_force(K.CONVOCATION, enrolment)
    pdf = mail.attachments.get(content_type="application/pdf")
    assert (pdf.name, bytes(pdf.content)) == (document.filename, stored_files.read(document))
    assert "jointe aussi en PDF" in mail.text


def test_the_convocation_that_staff_has_delivered_is_the_one_that_goes(session):
    [enrolment] = confirmed(session)
    document = deliver(K.CONVOCATION, enrolment)

    convoke(TEN_DAYS_BEFORE)

    assert IssuedDocument.objects.get(kind=K.CONVOCATION) == document


def test_the_programme_of_the_session_is_delivered_once_with_the_first_convocation(session):
    confirmed(session, group(1, 2))

    convoke(TEN_DAYS_BEFORE)
    convoke(TEN_DAYS_BEFORE)

    assert IssuedDocument.objects.get(kind=K.PROGRAMME).version == 1


def test_a_convocation_that_has_become_false_is_replaced_before_it_goes(session):
    [enrolment] = confirmed(session)
    deliver(K.CONVOCATION, enrolment)
    TimeSlot.objects.update(subject="Autre module")

    convoke(TEN_DAYS_BEFORE)

    assert in_force(K.CONVOCATION, enrolment).version == 2


def test_something_missing_does_not_stop_the_message_and_staff_sees_it(session):
    confirmed(session)
    OrganisationSettings.objects.all().delete()

    convoke(TEN_DAYS_BEFORE)

    mail = OutgoingMessage.objects.get(kind="formation_convocation")
    assert [each.name for each in mail.attachments.all()] == ["formation.ics"]
    assert "PDF" not in mail.text
    assert after_session.without_documents(TEN_DAYS_BEFORE).count() == 1


def test_a_fault_of_ours_does_not_stop_the_message(session, caplog):
    confirmed(session)
    # A file stands where the folder of documents should be: nothing can be stored.
    settings.PRIVATE_ROOT.mkdir(parents=True, exist_ok=True)
    (settings.PRIVATE_ROOT / "documents").write_text("")

    convoke(TEN_DAYS_BEFORE)

    assert "formation_convocation" in kinds()
    assert not IssuedDocument.objects.exists()
    assert "Convocation non délivré" in caplog.text


# -- At the end ---------------------------------------------------------------------------------


def test_at_the_end_each_has_her_documents_and_the_employer_one_message(session):
    [alone] = confirmed(session, individual(3))
    people = taught(session, group(1, 2))
    Attendance.objects.create(
        enrolment=alone,
        slot=session.slots.order_by("starts_at").first(),
        presence=Presence.PRESENT,
        minutes=210,
        signed_by="code",
        signed_at=STARTS,
    )
    Enrolment.objects.filter(pk=alone.pk).update(
        state=EnrolmentState.PARTLY_ATTENDED, assessment=Assessment.PARTLY
    )
    OutgoingMessage.objects.all().delete()

    assert after_session.deliver_final_documents(AFTER) == 6

    assert sorted(kinds()) == [
        "formation_company_documents",
        *["formation_documents_ready"] * 3,
    ]
    for enrolment in people:
        assert in_force(K.CERTIFICATE, enrolment).data["hours"] == "14\u00a0heures"
        assert in_force(K.ATTESTATION, enrolment)


def test_the_job_delivers_once(session):
    taught(session)
    after_session.deliver_final_documents(AFTER)
    OutgoingMessage.objects.all().delete()

    assert after_session.deliver_final_documents(AFTER + MINUTE) == 0
    assert kinds() == []


def test_what_staff_has_revoked_is_not_delivered_again(session):
    taught(session)
    after_session.deliver_final_documents(AFTER)
    certificate = IssuedDocument.objects.get(kind=K.CERTIFICATE)
    paperwork.withdraw(certificate, now=AFTER, reason="Nom corrigé.")

    jobs.deliver_documents(AFTER + MINUTE)
    jobs.deliver_corrected_documents(AFTER + MINUTE)

    assert not IssuedDocument.objects.in_force().filter(kind=K.CERTIFICATE).exists()


def test_the_attestation_waits_for_the_assessment_and_the_certificate_does_not(session):
    taught(session, assessment="")
    OutgoingMessage.objects.all().delete()

    assert after_session.deliver_final_documents(AFTER) == 1
    assert after_session.deliver_final_documents(AFTER) == 0
    assert after_session.without_documents(AFTER + timedelta(days=1)).count() == 1
    Enrolment.objects.update(assessment=Assessment.ACQUIRED)
    assert after_session.deliver_final_documents(AFTER + MINUTE) == 1

    ready = OutgoingMessage.objects.filter(kind="formation_documents_ready").order_by("pk")
    assert [("Attestation" in mail.text, "Certificat" in mail.text) for mail in ready] == [
        (False, True),
        (True, False),
    ]
    assert after_session.without_documents(AFTER + timedelta(days=1)).count() == 0


@pytest.mark.parametrize(
    ("state", "closed"),
    [
        (EnrolmentState.NO_SHOW, SessionState.COMPLETED),
        (EnrolmentState.CONFIRMED, SessionState.COMPLETED),
        (EnrolmentState.ATTENDED, SessionState.CONFIRMED),
    ],
)
def test_nobody_has_a_document_of_the_end_before_it_or_without_coming(session, state, closed):
    taught(session)
    Enrolment.objects.update(state=state)
    Session.objects.update(state=closed)

    assert after_session.deliver_final_documents(AFTER) == 0


def test_a_sheet_is_delivered_when_its_trainer_has_signed(session):
    [enrolment] = confirmed(session)
    slot = session.slots.order_by("starts_at").first()
    blank = deliver(K.ATTENDANCE_SHEET, slot)
    sheet = AttendanceSheet.objects.create(slot=slot)
    assert after_session.deliver_signed_sheets(STARTS) == 0

    AttendanceSheet.objects.filter(pk=sheet.pk).update(
        countersigned_at=STARTS, countersigned_name="Marc Delattre"
    )

    assert after_session.deliver_signed_sheets(STARTS + MINUTE) == 1
    assert after_session.deliver_signed_sheets(STARTS + 2 * MINUTE) == 0
    signed = in_force(K.ATTENDANCE_SHEET, slot)
    assert (blank.version, signed.version) == (1, 2)
    assert "Contresigné par Marc Delattre" in text_of(stored_files.read(signed))
    assert enrolment.full_name in text_of(stored_files.read(signed))


# -- What a change makes false ------------------------------------------------------------------


def test_a_corrected_name_revokes_at_once_and_is_printed_a_minute_later(session):
    [enrolment] = confirmed(session)
    convocation = deliver(K.CONVOCATION, enrolment)
    sheet = deliver(K.ATTENDANCE_SHEET, session.slots.order_by("starts_at").first())

    correct(enrolment, details(), by=PERSON, now=BEFORE + MINUTE)

    convocation.refresh_from_db()
    sheet.refresh_from_db()
    assert (convocation.revoked_reason, sheet.revoked_reason) == (outdated.NAME,) * 2
    assert after_session.redo(BEFORE + 2 * MINUTE) == 2
    assert in_force(K.CONVOCATION, enrolment).data["trainee"] == "Aïcha Diop"
    assert after_session.redo(BEFORE + 3 * MINUTE) == 0


def test_another_telephone_changes_no_document(session):
    [enrolment] = confirmed(session)
    document = deliver(K.CONVOCATION, enrolment)

    same = {"last_name": enrolment.last_name, "phone": "06 00 00 00 00"}
    correct(enrolment, details(**same), by=PERSON, now=BEFORE)

    document.refresh_from_db()
    assert document.is_in_force


def test_the_documents_of_the_end_follow_a_corrected_name(session):
    [enrolment] = taught(session)
    after_session.deliver_final_documents(AFTER)

    correct(enrolment, details(), by=PERSON, now=AFTER + MINUTE)
    after_session.redo(AFTER + 2 * MINUTE)

    names = {
        document.kind: document.data["trainee"] for document in IssuedDocument.objects.in_force()
    }
    assert names == {K.CERTIFICATE: "Aïcha Diop", K.ATTESTATION: "Aïcha Diop"}


def leave_by_substitution(enrolment):
    substitute(enrolment, trainee(5), by=PERSON, now=BEFORE)


def leave_by_withdrawal(enrolment):
    ENROLMENT_LIFECYCLE.apply(enrolment, "withdraw", by=PERSON, now=BEFORE)


def leave_by_transfer(enrolment):
    course = enrolment.session.course
    other = SessionFactory(first=STARTS + timedelta(days=30), course=course)
    transfer(enrolment, other, by=STAFF, now=BEFORE)


def leave_with_the_session(enrolment):
    SESSION_LIFECYCLE.apply(enrolment.session, "cancel", by=STAFF, now=BEFORE, reason="Motif.")


def leave_for_study(enrolment):
    ENROLMENT_LIFECYCLE.apply(enrolment, "reopen", by=STAFF, now=BEFORE, reason="Motif.")


@pytest.mark.parametrize(
    "leave",
    [
        leave_by_substitution,
        leave_by_withdrawal,
        leave_by_transfer,
        leave_with_the_session,
        leave_for_study,
    ],
)
def test_who_does_not_come_any_more_is_no_longer_convoked(session, leave):
    [enrolment] = confirmed(session)
    convocation = deliver(K.CONVOCATION, enrolment)

    leave(enrolment)
    after_session.redo(BEFORE + MINUTE)

    convocation.refresh_from_db()
    assert not convocation.is_in_force
    assert in_force(K.CONVOCATION, enrolment) is None


def test_the_sheets_to_come_list_who_is_expected(session):
    people = confirmed(session, group(1, 2))
    sheet = deliver(K.ATTENDANCE_SHEET, session.slots.order_by("starts_at").first())

    substitute(people[0], trainee(5), by=PERSON, now=BEFORE + MINUTE)
    after_session.redo(BEFORE + 2 * MINUTE)

    names = [line["name"] for line in in_force(K.ATTENDANCE_SHEET, sheet.slot).data["lines"]]
    assert names == ["Aïcha Moreau 2", "Aïcha Moreau 5"]


def test_new_dates_revoke_what_says_the_former_ones(session):
    [enrolment] = confirmed(session)
    convocation = deliver(K.CONVOCATION, enrolment)
    sheet = deliver(K.ATTENDANCE_SHEET, session.slots.order_by("starts_at").first())
    programme = deliver(K.PROGRAMME, session)

    later = half_days(paris(2027, 4, 1, 9))
    reschedule(session, later, by=STAFF, now=BEFORE + MINUTE, reason="Motif.")
    after_session.redo(BEFORE + 2 * MINUTE)

    for document in (convocation, sheet, programme):
        document.refresh_from_db()
        assert not document.is_in_force
    assert in_force(K.PROGRAMME, session).data["dates"] == "Du 1er au 2\u00a0avril 2027"
    assert in_force(K.CONVOCATION, enrolment) is None


def test_another_place_prints_the_convocations_again(session):
    [enrolment] = confirmed(session)
    deliver(K.CONVOCATION, enrolment)
    before = Session.objects.get(pk=session.pk)
    session.venue = VenueFactory(name="Salle du Quai", address="3 quai Neuf", city="Lyon")
    session.save()

    settle_after_edit(session, before, BEFORE + MINUTE)
    after_session.redo(BEFORE + 2 * MINUTE)

    assert in_force(K.CONVOCATION, enrolment).data["place"] == ["Salle du Quai", "3 quai Neuf"]


def test_a_session_without_a_date_keeps_no_document_in_force(session):
    [enrolment] = confirmed(session)
    deliver(K.CONVOCATION, enrolment)
    deliver(K.PROGRAMME, session)

    SESSION_LIFECYCLE.apply(session, "postpone", by=STAFF, now=BEFORE + MINUTE, reason="Motif.")
    after_session.redo(BEFORE + 2 * MINUTE)

    assert not IssuedDocument.objects.in_force().exists()


def corrected_attendance(enrolment, minutes, now):
    line = Attendance.objects.filter(enrolment=enrolment).order_by("pk").first()
    presence = Presence.LATE if minutes else Presence.ABSENT
    AttendanceCorrection.objects.create(
        attendance=line,
        at=now,
        role=Role.STAFF,
        old_presence=line.presence,
        old_minutes=line.minutes,
        new_presence=presence,
        new_minutes=minutes,
        reason="Retard.",
    )
    Attendance.objects.filter(pk=line.pk).update(presence=presence, minutes=minutes)


def test_hours_corrected_after_the_issue_are_printed_again(session):
    [enrolment] = taught(session)
    after_session.deliver_final_documents(AFTER)
    sheet = deliver(K.ATTENDANCE_SHEET, session.slots.order_by("starts_at").first(), AFTER)
    corrected_attendance(enrolment, 150, AFTER + MINUTE)

    jobs.deliver_corrected_documents(AFTER + 2 * MINUTE)

    assert in_force(K.CERTIFICATE, enrolment).data["hours"] == "13\u00a0heures"
    assert in_force(K.ATTESTATION, enrolment).data["hours"] == "13\u00a0heures"
    assert in_force(K.ATTENDANCE_SHEET, sheet.slot).version == 2
    assert after_session.revoke_what_was_corrected(AFTER + 3 * MINUTE) == 0


def test_who_turns_out_never_to_have_come_has_no_certificate(session):
    [enrolment] = taught(session, half_days=1)
    after_session.deliver_final_documents(AFTER)
    corrected_attendance(enrolment, 0, AFTER + MINUTE)
    Enrolment.objects.update(state=EnrolmentState.NO_SHOW)

    jobs.deliver_corrected_documents(AFTER + 2 * MINUTE)

    assert not IssuedDocument.objects.in_force().exists()


def test_another_result_of_the_assessment_prints_the_attestation_again(session):
    [enrolment] = taught(session)
    after_session.deliver_final_documents(AFTER)
    Enrolment.objects.update(assessment=Assessment.PARTLY)

    jobs.deliver_corrected_documents(AFTER + MINUTE)

    assert in_force(K.ATTESTATION, enrolment).data["assessment"] == "partly"
    assert in_force(K.CERTIFICATE, enrolment).version == 1


# -- The files ----------------------------------------------------------------------------------


@pytest.fixture
def document(session):
    return deliver(K.CONVOCATION, confirmed(session)[0])


def spoil(document):
    path = settings.PRIVATE_ROOT / document.file.name
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def lose(document):
    (settings.PRIVATE_ROOT / document.file.name).unlink()


@pytest.mark.parametrize("harm", [spoil, lose])
def test_a_file_that_has_changed_is_not_read_and_the_nightly_check_names_it(document, harm):
    assert jobs.check_the_files(AFTER) == "fichiers délivrés intacts"
    harm(document)

    with pytest.raises(DocumentDamaged):
        stored_files.read(document)
    with pytest.raises(AssertionError, match=document.number):
        jobs.check_the_files(AFTER)


def test_a_bucket_that_is_away_damages_no_document(session, on_s3):
    document = deliver(K.CONVOCATION, confirmed(session)[0])
    assert jobs.check_the_files(AFTER) == "fichiers délivrés intacts"

    with on_s3.relay.fail("503"):
        with pytest.raises(StoreUnavailable):
            stored_files.read(document)
        with pytest.raises(StoreUnavailable):
            jobs.check_the_files(AFTER)

    assert stored_files.read(document)


def test_a_document_that_cannot_be_stored_leaves_neither_row_nor_number(session, on_s3):
    enrolment = confirmed(session)[0]

    with on_s3.relay.fail("503"), pytest.raises(StoreUnavailable):
        deliver(K.CONVOCATION, enrolment)

    assert not IssuedDocument.objects.exists()
    assert deliver(K.CONVOCATION, enrolment).number.endswith("0001")


def test_files_that_no_row_names_are_swept_after_a_day(document):
    for folder in ("documents", "signatures", "emargement", "cv"):
        storages["private"].save(f"{folder}/ab/perdu", ContentFile(b"x"))
    now = paris(2027, 6, 1)
    for path in files():
        age = timedelta(hours=25).total_seconds()
        os.utime(path, (now.timestamp() - age,) * 2)
    storages["private"].save("documents/ab/neuf", ContentFile(b"x"))
    young = settings.PRIVATE_ROOT / "documents/ab/neuf"
    os.utime(young, (now.timestamp() - 3600,) * 2)

    swept = jobs.sweep_files(now)

    assert swept.endswith(": 3")
    assert stored_files.read(document)
    assert young.exists()
    assert (settings.PRIVATE_ROOT / "cv/ab/perdu").exists()


def test_the_screen_leads_to_what_is_missing(session, log_in):
    taught(session, assessment="")
    Enrolment.objects.update(state_changed_at=BEFORE)
    Session.objects.update(ends_at=AFTER)
    client = log_in("formation")

    address = reverse("formation_session_documents", args=[session.pk])

    assert "le résultat de l’évaluation des acquis" in client.get(address).text
