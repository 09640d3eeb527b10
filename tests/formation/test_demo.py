"""The demonstration shows a training module that has lived, and is loaded twice without harm."""

from collections import Counter

from django.apps import apps
from django.test import RequestFactory

import pytest

from courrier.models import OutgoingMessage
from formation import demo
from formation.demo.lived import organisation
from formation.desk import todo
from formation.enums import AgreementState, DocumentKind, EnrolmentState, SessionState
from formation.models import (
    Agreement,
    AttendanceCorrection,
    Complaint,
    CoursePage,
    Enrolment,
    IssuedDocument,
    Session,
    TimeSlot,
)
from formation.models.results import results_of
from formation.services.bpf.report import report
from formation.services.evidence.table import Standing, room
from home import demo as home_demo
from home.demo import pictures
from tests.factories.standing import remove_standing_pages
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

#: A Sunday after the holidays: the session in progress began before them.
NOW = paris(2027, 1, 3, 10)
YEAR = 2026


@pytest.fixture(scope="module")
def loaded(module_rows):
    """The firm and the catalogue, loaded once."""
    remove_standing_pages()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "WIDTH", 320)
        patch.setattr(pictures, "HEIGHT", 180)
        home_demo.load(NOW)
        demo.load(NOW)


@pytest.fixture(autouse=True)
def _with_the_demonstration(loaded, db) -> None:
    """Every test reads the same rows."""


def past() -> Session:
    return Session.objects.get(course__code="RECHACTION", starts_at__lt=NOW)


def running() -> Session:
    return Session.objects.get(course__code="ECRITS", starts_at__lt=NOW)


def rows() -> Counter[str]:
    models = [*apps.get_app_config("formation").get_models(), OutgoingMessage]
    return Counter({model.__name__: model._default_manager.count() for model in models})


def lacking(session: Session) -> dict[str, list[str]]:
    [line] = [line for line in room(YEAR, NOW) if line.facts.session == session]
    return {
        finding.evidence.numbers: list(finding.missing)
        for finding in line.findings
        if finding.standing == Standing.MISSING
    }


def count(panel) -> int:
    line = panel(RequestFactory().get("/"), NOW)
    return line.count if line else 0


def test_loading_twice_changes_nothing() -> None:
    before = rows()

    said = demo.load(NOW)

    assert said == "0 formations créées"
    assert rows() == before


def test_every_half_day_says_what_is_taught_and_by_whom() -> None:
    assert not TimeSlot.objects.filter(subject="").exists()
    assert not TimeSlot.objects.filter(trainer=None).exists()
    assert not TimeSlot.objects.exclude(trainer__email__endswith="@exemple.example").exists()


def test_the_past_session_is_closed_and_lacks_no_proof() -> None:
    session = past()

    assert session.state == SessionState.COMPLETED
    assert lacking(session) == {}


def test_somebody_missed_a_half_day_and_the_sheet_was_corrected() -> None:
    correction = AttendanceCorrection.objects.get()
    sheet = IssuedDocument.objects.filter(slot=correction.attendance.slot_id)

    assert correction.reason
    assert sheet.count() == 2
    assert Enrolment.objects.get(session=past(), state=EnrolmentState.PARTLY_ATTENDED)


def test_everybody_taught_has_a_certificate_and_an_attestation() -> None:
    issued = IssuedDocument.objects.in_force().filter(session=past())
    kinds = Counter(issued.values_list("kind", flat=True))

    assert kinds[DocumentKind.CERTIFICATE] == kinds[DocumentKind.ATTESTATION] == 6


def test_the_session_in_progress_lacks_only_the_answer_of_who_is_silent() -> None:
    assert lacking(running()) == {"4, 8": ["1\u00a0recueil des besoins sans réponse"]}


def test_the_first_half_days_of_the_session_in_progress_are_countersigned() -> None:
    signed = running().slots.filter(sheet__countersigned_at__isnull=False)

    assert signed.count() == 2


def test_the_course_shows_a_counted_rate() -> None:
    results = results_of(CoursePage.objects.get(code="RECHACTION"), NOW)

    assert (results.asked, results.answers, str(results.rate)) == (6, 5, "80.0")


def test_the_yearly_report_has_figures_and_lacks_nothing() -> None:
    found = report(YEAR, organisation(), NOW)

    assert found.line("C").amount == 6 * 480
    assert found.line("E-2").hours == 14
    assert found.gaps == []


def test_the_desk_has_something_to_do() -> None:
    assert count(todo.requests_to_accept) > 5
    assert count(todo.agreements_to_send) == 1
    assert count(todo.agreements_without_signature) == 1
    assert count(todo.complaints_to_answer) == 1
    assert count(todo.documents_that_lack_something) == 0
    assert count(todo.late_complaints) == 0


def test_the_signatory_who_waits_was_reminded_twice() -> None:
    agreement = Agreement.objects.get(state=AgreementState.SENT)

    assert agreement.reminders == 2


def test_an_answered_complaint_led_to_something_done() -> None:
    answered = Complaint.objects.get(answered_at__isnull=False)

    assert answered.session == past()
    assert answered.actions.get().done_on


def test_the_invented_number_says_that_it_is_invented(client) -> None:
    page = client.get("/infos-administratives/mentions-legales/").content.decode()

    assert "00 00 00000 00, auprès du préfet de région de démonstration" in page
    assert "00000 Démonstration" in page
