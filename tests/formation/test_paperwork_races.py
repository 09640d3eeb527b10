"""Two people deliver the same document at the same instant."""

import pytest

from formation.enums import DocumentKind
from formation.exceptions import DocumentReplaced
from formation.models import Enrolment, IssuedDocument
from formation.services import after_session, paperwork
from formation.services.changes import correct
from site_enys.states import PERSON, SYSTEM
from tests.factories.formation import group
from tests.factories.paperwork import AFTER, BEFORE, confirmed, session_to_hold, taught
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

K = DocumentKind


def test_a_double_click_delivers_one_document():
    [enrolment] = confirmed(session_to_hold())

    def deliver():
        return paperwork.deliver(K.CONVOCATION, enrolment, by=SYSTEM, now=BEFORE)

    first, second = at_once(deliver, deliver)

    assert first == second == IssuedDocument.objects.get()


def test_two_new_versions_asked_for_together_make_one():
    [enrolment] = confirmed(session_to_hold())
    document = paperwork.deliver(K.CONVOCATION, enrolment, by=SYSTEM, now=BEFORE)

    def again():
        fresh = IssuedDocument.objects.get(pk=document.pk)
        return paperwork.issue_again(fresh, by=SYSTEM, now=BEFORE, reason="Motif.")

    outcomes = at_once(again, again)

    assert sum(isinstance(outcome, DocumentReplaced) for outcome in outcomes) == 1
    assert IssuedDocument.objects.in_force().count() == 1
    assert IssuedDocument.objects.count() == 2


def test_staff_and_the_clock_deliver_the_end_together_once():
    session = session_to_hold()
    taught(session, group(1, 2, 3))

    at_once(
        lambda: paperwork.deliver_all(K.CERTIFICATE, session, by=SYSTEM, now=AFTER),
        lambda: after_session.deliver_final_documents(AFTER),
    )

    certificates = IssuedDocument.objects.filter(kind=K.CERTIFICATE)
    assert sorted(certificates.values_list("version", flat=True)) == [1, 1, 1]
    numbers = set(certificates.values_list("number", flat=True))
    assert len(numbers) == 3


def test_a_name_corrected_while_a_document_is_delivered_is_never_left_false():
    [enrolment] = confirmed(session_to_hold())
    names = {"first_name": "Aïcha", "last_name": "Diop", "email": enrolment.email, "phone": ""}

    at_once(
        lambda: paperwork.deliver(K.CONVOCATION, enrolment, by=SYSTEM, now=BEFORE),
        lambda: correct(Enrolment.objects.get(), names, by=PERSON, now=BEFORE),
    )
    after_session.redo(BEFORE)

    [document] = IssuedDocument.objects.in_force()
    assert document.data["trainee"] == "Aïcha Diop"
