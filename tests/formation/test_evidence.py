"""The audit room: what proves each indicator, what lacks, and the file of a session."""

import io
import zipfile
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.urls import reverse

import openpyxl
import pytest
import time_machine

from formation.documents.certificate import certificate
from formation.enums import (
    Assessment,
    ComplainantKind,
    ComplaintState,
    DeliveryMode,
    DocumentKind,
    EnrolmentState,
    SurveyKind,
)
from formation.models import (
    AttendanceSheet,
    Complaint,
    Enrolment,
    ImprovementAction,
    IssuedDocument,
    Session,
    Survey,
)
from formation.services.dossier import dossier_of
from formation.services.evidence import EVIDENCE, Standing, facts_of, room
from formation.services.evidence.table import line_of
from formation.services.issue import issue
from site_enys.models import PrivateFileAccess
from site_enys.states import SYSTEM
from tests.factories.formation import (
    CoursePageFactory,
    TrainerFactory,
    group,
    individual,
    known_firm,
    sign_up,
)
from tests.factories.running import close, confirmed, countersign, follow, held_session
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

STARTS = paris(2027, 3, 1, 9)
DURING = STARTS + timedelta(hours=1)
AFTER = paris(2027, 6, 1, 9)
S = Standing


@pytest.fixture
def session():
    return held_session(STARTS, trainer=TrainerFactory())


@pytest.fixture
def people(session):
    return confirmed(session, group(1, 2))


def standing(session, label, now=AFTER):
    session = Session.objects.get(pk=session.pk)
    [facts] = facts_of([session], now)
    [finding] = [one for one in line_of(facts, now).findings if one.evidence.label == label]
    return finding.standing, finding.missing


def survey(session, kind, number=1, *, answered=True, rating=None):
    return Survey.objects.create(
        kind=kind,
        session=session,
        respondent=f"essai:{number}",
        sent_at=STARTS,
        answered_at=STARTS if answered else None,
        rating=rating,
    )


def complaint(session, **fields):
    values = {
        "reference": "R-2027-0001",
        "author_kind": ComplainantKind.TRAINEE,
        "author_name": "Aïcha Moreau",
        "session": session,
        "subject": "Salle",
        "text": "Il faisait froid.",
        "state": ComplaintState.RECEIVED,
        "state_changed_at": STARTS,
        "received_at": STARTS,
    }
    return Complaint.objects.create(**values | fields)


def document(kind, session, enrolment=None, number="1"):
    return IssuedDocument.objects.create(
        kind=kind,
        number=f"X-{number}",
        subject=f"essai:{number}",
        session=session,
        enrolment=enrolment,
        template="documents/certificate.typ",
        template_version="essai",
        sha256="0" * 64,
        issued_at=STARTS,
    )


def test_a_proof_is_to_come_until_it_is_due(session, people):
    label = "Conventions et contrats signés"

    assert standing(session, label, STARTS - timedelta(seconds=1))[0] == S.TO_COME
    assert standing(session, label, STARTS)[0] == S.MISSING


def test_what_follows_the_session_is_due_a_month_later(session, people):
    label = "Acquis évalués et attestés"
    ends = Session.objects.get(pk=session.pk).ends_at

    assert standing(session, label, ends + timedelta(days=30, seconds=-1))[0] == S.TO_COME
    assert standing(session, label, ends + timedelta(days=30))[0] == S.MISSING


def test_a_page_that_is_no_longer_public_is_a_gap(session, people):
    type(session.course).objects.update(updated_on=date(2027, 1, 1))
    assert standing(session, "Page publique complète et datée")[0] == S.THERE

    session.course.unpublish()

    assert standing(session, "Page publique complète et datée")[0] == S.MISSING


def test_results_want_five_answers_or_a_new_course(session, people):
    label = "Indicateurs de résultats publiés"
    type(session.course).objects.update(first_session_on=None)
    for number in range(4):
        survey(session, SurveyKind.HOT, number, rating=4)
    assert standing(session, label)[1] == [
        "4\u00a0réponses pour cette formation\u00a0: pas encore de taux"
    ]

    survey(session, SurveyKind.HOT, 5, rating=1)

    assert standing(session, label)[0] == S.THERE


def test_needs_are_asked_of_everybody(session, people):
    survey(session, SurveyKind.NEEDS, 1)
    survey(session, SurveyKind.NEEDS, 2, answered=False)
    assert standing(session, "Besoins et niveau recueillis")[1] == [
        "1\u00a0recueil des besoins sans réponse"
    ]

    Survey.objects.update(answered_at=STARTS)

    assert standing(session, "Besoins et niveau recueillis")[0] == S.THERE


def test_a_programme_in_force_is_wanted(session, people):
    label = "Objectifs et programme remis"
    former = document(DocumentKind.PROGRAMME, session)
    assert standing(session, label)[0] == S.THERE

    IssuedDocument.objects.filter(pk=former.pk).update(revoked_at=AFTER)

    assert standing(session, label)[0] == S.MISSING


def test_everybody_is_convoked(session, people):
    label = "Conditions de déroulement communiquées"
    Enrolment.objects.filter(pk=people[0].pk).update(convoked_at=STARTS)
    assert standing(session, label)[1] == ["1\u00a0personne sans convocation"]

    document(DocumentKind.CONVOCATION, session, people[1])

    assert standing(session, label)[0] == S.THERE


def test_each_half_day_has_a_line_for_everybody_and_its_countersign(session, people):
    label = "Assiduité suivie, demi-journée par demi-journée"
    follow(people[0])
    countersign(session)
    assert standing(session, label)[1] == ["2\u00a0demi-journées sans émargement complet"]

    follow(people[1])
    assert standing(session, label)[0] == S.THERE

    AttendanceSheet.objects.filter(slot=session.slots.first()).update(countersigned_at=None)
    assert standing(session, label)[1] == ["1\u00a0demi-journée sans émargement complet"]


def test_who_was_there_is_assessed_and_attested(session, people):
    label = "Acquis évalués et attestés"
    there, absent = people
    assert standing(session, label)[1] == ["la session n’est pas close"]
    close(session)
    Enrolment.objects.filter(pk=there.pk).update(state=EnrolmentState.ATTENDED)
    Enrolment.objects.filter(pk=absent.pk).update(state=EnrolmentState.NO_SHOW)
    assert len(standing(session, label)[1]) == 3

    Enrolment.objects.filter(pk=there.pk).update(assessment=Assessment.ACQUIRED)
    document(DocumentKind.ATTESTATION, session, there, "1")
    document(DocumentKind.CERTIFICATE, session, there, "2")

    assert standing(session, label)[0] == S.THERE


def test_a_remote_session_says_its_tool_and_one_in_a_room_its_place(people):
    remote = held_session(STARTS, delivery_mode=DeliveryMode.ONLINE, venue=None)
    confirmed(remote)

    assert standing(remote, "Moyens humains et techniques")[1] == ["outil à distance non précisé"]


def test_the_trainers_of_the_course_stand_for_those_that_no_half_day_names():
    session = held_session(STARTS)
    confirmed(session)

    [facts] = facts_of([session], AFTER)

    assert [trainer.name for trainer in facts.trainers] == ["Marc Delattre"]


def test_a_subcontractor_gives_a_declaration_number():
    label = "Sous-traitance encadrée"
    inside = held_session(STARTS, trainer=TrainerFactory())
    outside = TrainerFactory(name="Paul Roy", subcontractor=True)
    session = held_session(STARTS, trainer=outside)
    confirmed(inside)
    confirmed(session)

    assert standing(inside, label)[0] == S.NOT_CONCERNED
    assert standing(session, label)[1] == ["déclaration d’activité à demander\u00a0: Paul Roy"]


def test_somebody_to_call_is_a_gap_of_accessibility(session, people):
    Enrolment.objects.filter(pk=people[0].pk).update(wants_accommodation_call=True)

    assert standing(session, "Accueil des personnes handicapées")[1] == [
        "1\u00a0personne à contacter"
    ]


def test_only_an_employer_is_asked_for_its_opinion(session):
    confirmed(session, individual())
    survey(session, SurveyKind.HOT, rating=3)
    survey(session, SurveyKind.TRAINER)

    assert standing(session, "Avis des parties prenantes")[0] == S.THERE

    confirmed(session, sign_up(2))

    assert standing(session, "Avis des parties prenantes")[1] == [
        "avis non demandé\u00a0: l’entreprise"
    ]


def test_a_complaint_is_answered_and_leads_to_an_action(session, people):
    answered, improved = "Réclamations traitées", "Améliorations décidées"
    assert standing(session, answered)[0] == standing(session, improved)[0] == S.NOT_CONCERNED
    received = complaint(session)
    assert standing(session, answered)[0] == standing(session, improved)[0] == S.MISSING

    Complaint.objects.update(state=ComplaintState.ANSWERED, answered_at=AFTER)
    ImprovementAction.objects.create(title="Chauffer", complaint=received, responsible="Nadia")

    assert standing(session, answered)[0] == standing(session, improved)[0] == S.THERE


def test_a_certifying_course_describes_its_certification(session, people):
    label = "Certification décrite"
    assert standing(session, label)[0] == S.NOT_CONCERNED

    type(session.course).objects.update(is_certifying=True)

    assert len(standing(session, label)[1]) == 3


def test_the_room_holds_the_sessions_of_the_year_that_people_are_in(session, people):
    held_session(STARTS)  # nobody
    other = held_session(paris(2028, 1, 1, 0))
    confirmed(other)

    assert [line.facts.session for line in room(2027, AFTER)] == [session]
    assert [line.facts.session for line in room(2028, AFTER)] == [other]


def test_a_year_of_sessions_costs_no_more_queries_than_one(count_queries):
    course = CoursePageFactory()
    for number in range(30):
        if number == 1:
            with_one = count_queries(lambda: room(2027, AFTER))
        session = held_session(STARTS + timedelta(days=number), course=course)
        follow(confirmed(session, sign_up(number))[0])
        complaint(session, reference=f"R-2027-{number}")

    assert count_queries(lambda: room(2027, AFTER)) == with_one
    assert with_one <= 15


def test_each_indicator_that_concerns_a_session_has_its_evidence():
    """The 22 common indicators and 8, less those of the whole firm (18, 22 to 25)."""
    common = {1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 17, 19, 21, 26, 27, 30, 31, 32}

    assert {number for one in EVIDENCE for number in one.indicators} == common | {3, 7, 16}


# -- The file of a session ----------------------------------------------------------------------


@pytest.fixture
def full(session, people):
    """A session with a certificate in force, a former one, and a sheet signed on paper."""
    follow(people[0])
    draft = certificate(people[0], 420, known_firm())
    issue(draft, by=SYSTEM, now=AFTER)
    issue(draft, by=SYSTEM, now=AFTER)
    sheet = AttendanceSheet.objects.create(slot=session.slots.order_by("starts_at").first())
    sheet.scan.save("feuille.pdf", ContentFile(b"%PDF-1.7 essai"))
    return session


def opened(session):
    with dossier_of(session, AFTER) as archive:
        packed = zipfile.ZipFile(io.BytesIO(archive.read()))
    return {name.removeprefix(f"{session.code}/"): packed.read(name) for name in packed.namelist()}


def test_the_file_holds_documents_scans_a_workbook_and_their_list(full):
    files = opened(full)

    assert set(files) == {
        "LISEZ-MOI.txt",
        "documents/anciennes-versions/cert-2027-0001.pdf",
        "documents/cert-2027-0001-v2.pdf",
        "emargement/2027-03-01-09h00.pdf",
        "session.xlsx",
    }
    current = IssuedDocument.objects.get(revoked_at=None)
    assert (
        f"cert-2027-0001-v2.pdf\u00a0: SHA-256 {current.sha256}" in files["LISEZ-MOI.txt"].decode()
    )


def test_the_workbook_of_the_file_says_who_followed_what(full):
    book = openpyxl.load_workbook(io.BytesIO(opened(full)["session.xlsx"]))

    people = list(book["Personnes"].iter_rows(min_row=2, values_only=True))
    assert [(row[2], row[6]) for row in people] == [("Moreau 1", 420), ("Moreau 2", 0)]
    assert len(list(book["Émargements"].iter_rows(min_row=2))) == 2


def test_a_text_that_looks_like_a_formula_stays_a_text(session):
    confirmed(session, sign_up(first_name="=1+1"))

    book = openpyxl.load_workbook(io.BytesIO(opened(session)["session.xlsx"]))

    cell = book["Personnes"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_file_that_the_store_has_lost_is_named_and_the_rest_is_there(full):
    lost = IssuedDocument.objects.get(revoked_at=None)
    lost.file.storage.delete(lost.file.name)

    files = opened(full)

    assert (
        "documents/cert-2027-0001-v2.pdf\u00a0: abîmé ou absent" in files["LISEZ-MOI.txt"].decode()
    )
    assert "session.xlsx" in files


# -- The screens --------------------------------------------------------------------------------


@time_machine.travel(AFTER, tick=False)
def test_staff_reads_the_room_and_the_detail_of_a_session(log_in, full):
    client = log_in("formation")

    table = client.get(reverse("formation_audit_room"))
    detail = client.get(reverse("formation_session_audit", args=[full.pk]))

    assert full.code in table.text
    assert "Manque" in table.text
    assert "Programme non délivré" in detail.text
    assert reverse("formation_dossier", args=[full.pk]) in detail.text


@time_machine.travel(AFTER, tick=False)
def test_taking_the_file_is_written_down(log_in, full):
    client = log_in("formation")

    answer = client.get(reverse("formation_dossier", args=[full.pk]))

    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None
    logged = PrivateFileAccess.objects.get()
    assert (logged.user, logged.subject) == (client.user, f"Dossier de la session {full.code}")


@time_machine.travel(AFTER, tick=False)
def test_the_room_is_exported_as_a_workbook(log_in, full):
    answer = log_in("direction").get(reverse("formation_audit_workbook"))

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(list(book["Audit 2027"].iter_rows(min_row=2))) == len(EVIDENCE)


@pytest.mark.parametrize("role", ["redaction", "recrutement"])
@pytest.mark.parametrize("name", ["formation_audit_room", "formation_audit_workbook"])
def test_other_roles_do_not_enter_the_room(log_in, role, name):
    assert log_in(role).get(reverse(name)).status_code in {302, 403}


def test_the_file_of_a_session_is_not_for_everybody(client, log_in, full):
    address = reverse("formation_dossier", args=[full.pk])

    assert log_in("redaction").get(address).status_code in {302, 403}
    assert client.get(address).status_code == 302
    assert PrivateFileAccess.objects.count() == 0


def test_a_session_without_dates_has_no_evidence_yet(log_in, session):
    draft = Session.objects.create(course=session.course, code="SANS-DATE")

    assert (
        log_in("formation").get(reverse("formation_session_audit", args=[draft.pk])).status_code
        == 404
    )
