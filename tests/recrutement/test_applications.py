"""Receiving applications: rows, files, events and e-mails together or not at all."""

import re
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from recrutement.exceptions import OfferClosed, SpontaneousClosed
from recrutement.models import Application, ApplicationDocument
from recrutement.services.applications import Answers, apply
from recrutement.services.cv import check_cv
from recrutement.services.documents import delete_orphans, deposit
from site_enys.kept_files import names_under
from site_enys.private_storage import private_storage
from tests.factories.recrutement import (
    ApplicationFactory,
    DocumentFactory,
    IndexFactory,
    OfferFactory,
)
from tests.races import at_once
from tests.recrutement import pdfs

pytestmark = pytest.mark.usefixtures("quick_inspection")

INES = Answers("Inès", "Garnier", "Ines.Garnier@Exemple.test", message="Bonjour.")


def send(offer, answers=INES, *, pages=1, now=None, suspect=False):
    cv = check_cv(ContentFile(pdfs.pdf(pages), name="CV.pdf")) if pages else None
    with deposit() as store, transaction.atomic():
        return apply(answers, cv, offer, now=now or timezone.now(), store=store, suspect=suspect)


def stored() -> list[str]:
    return list(names_under(private_storage(), "recrutement"))


@pytest.mark.django_db
def test_an_application_is_recorded_with_its_file_its_event_and_two_messages():
    offer = OfferFactory(answer_by_days=14)
    now = timezone.now()

    application = send(offer, now=now)

    application.refresh_from_db()
    assert re.fullmatch(r"C-\d{4}-\d{4}", application.reference)
    assert application.email == "ines.garnier@exemple.test"
    assert application.state == "received"
    assert application.answer_by == timezone.localdate(now) + timedelta(days=14)
    assert application.notice_version
    assert [(event.transition, event.to_state) for event in application.events.all()] == [
        ("submit", "received")
    ]
    document = application.documents.get()
    with document.file.open() as file:
        assert file.read() == pdfs.pdf()
    assert stored() == [document.file.name]
    assert "CV" not in document.file.name
    assert set(OutgoingMessage.objects.values_list("kind", "to")) == {
        ("recrutement_accuse", "ines.garnier@exemple.test"),
        ("recrutement_nouvelle", "equipe@enys.test"),
    }


@pytest.mark.django_db(transaction=True)
def test_a_second_application_updates_the_first_and_replaces_its_file():
    offer = OfferFactory()
    first = send(offer)

    again = send(
        offer, Answers("Inès", "Garnier", "INES.garnier@exemple.test", message="Mieux."), pages=2
    )

    assert again.pk == first.pk
    application = Application.objects.get()
    assert (application.message, application.reference) == ("Mieux.", first.reference)
    document = application.documents.get()
    assert document.pages == 2
    assert stored() == [document.file.name]
    assert [event.transition for event in application.events.all()] == ["submit", "resubmit"]


@pytest.mark.django_db
def test_an_update_keeps_the_state_and_the_file_that_is_not_replaced():
    offer = OfferFactory(cv_required=False)
    first = send(offer)
    Application.objects.update(state="interview")

    send(offer, pages=0)

    application = Application.objects.get()
    assert application.state == "interview"
    assert application.documents.get() == first.documents.get()


@pytest.mark.django_db
def test_the_same_person_may_apply_to_another_offer_and_spontaneously():
    send(OfferFactory())
    send(OfferFactory())
    send(None)
    send(None)

    assert Application.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["hired", "rejected", "withdrawn", "closed"])
def test_after_the_end_of_a_process_a_new_application_is_a_new_one(state):
    offer = OfferFactory()
    send(offer)
    Application.objects.update(state=state, decided_at=timezone.now())

    send(offer)

    assert Application.objects.count() == 2


@pytest.mark.django_db
def test_a_suspect_application_is_set_aside_in_silence():
    application = send(OfferFactory(), suspect=True)

    assert application.state == "quarantine"
    assert application.documents.count() == 1
    assert not OutgoingMessage.objects.exists()


@pytest.mark.django_db
def test_a_suspect_application_never_touches_an_earlier_one():
    offer = OfferFactory()
    first = send(offer)

    send(offer, Answers("X", "Y", INES.email, message="Spam."), suspect=True)

    first.refresh_from_db()
    assert first.message == "Bonjour."
    assert Application.objects.count() == 2


@pytest.mark.django_db
def test_a_closed_offer_is_refused_inside_the_transaction():
    offer = OfferFactory()
    type(offer).objects.filter(pk=offer.pk).update(status="filled")  # behind our back

    with pytest.raises(OfferClosed, match="pourvu"):
        send(offer)

    assert not Application.objects.exists()
    assert stored() == []


@pytest.mark.django_db
@pytest.mark.parametrize("index", [None, {"spontaneous_open": False}, {"live": False}])
def test_spontaneous_applications_can_be_closed(index):
    IndexFactory.the_one().delete()
    if index is not None:
        IndexFactory(**index)

    with pytest.raises(SpontaneousClosed):
        send(None)


@pytest.mark.django_db
def test_spontaneous_applications_end_with_their_last_day():
    last_day = timezone.localdate()
    index = IndexFactory.the_one()
    type(index).objects.update(spontaneous_until=last_day)

    assert send(None).offer is None
    type(index).objects.update(spontaneous_until=last_day - timedelta(days=1))
    with pytest.raises(SpontaneousClosed):
        send(None)


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_no_orphan_file():
    offer = OfferFactory()
    cv = check_cv(ContentFile(pdfs.pdf(), name="CV.pdf"))

    with pytest.raises(RuntimeError), deposit() as store, transaction.atomic():  # noqa: PT012
        apply(INES, cv, offer, now=timezone.now(), store=store)
        assert len(stored()) == 1
        raise RuntimeError("panne")

    assert stored() == []
    assert not ApplicationDocument.objects.exists()
    assert not OutgoingMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_is_rolled_back_keeps_the_file():
    document = DocumentFactory()

    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        document.application.delete()
        raise RuntimeError("panne")

    assert stored() == [document.file.name]


@pytest.mark.django_db(transaction=True)
def test_deleting_an_application_deletes_its_file():
    document = DocumentFactory()

    document.application.delete()

    assert stored() == []


@pytest.mark.django_db
def test_the_orphans_are_swept_and_the_others_spared():
    document = DocumentFactory()
    orphan = private_storage().save("recrutement/ab/orphelin", ContentFile(b"x"))

    assert delete_orphans(timezone.now()) == 0  # perhaps being written
    assert delete_orphans(timezone.now() + timedelta(hours=2)) == 1
    assert not private_storage().exists(orphan)
    assert stored() == [document.file.name]


@pytest.mark.django_db
@pytest.mark.parametrize("offer", [True, False])
def test_the_database_refuses_two_ongoing_applications_of_one_person(offer):
    offer = OfferFactory() if offer else None
    ApplicationFactory(email="a@exemple.test", offer=offer)
    ApplicationFactory(email="a@exemple.test", offer=offer, state="rejected")
    ApplicationFactory(email="a@exemple.test", offer=offer, state="quarantine")

    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationFactory(email="a@exemple.test", offer=offer, state="interview")


@pytest.mark.django_db
@pytest.mark.parametrize("facts", [{"state": "inconnu"}, {"email": "A@exemple.test"}])
def test_the_database_refuses_an_unknown_state_and_capitals(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationFactory(**facts)


@pytest.mark.django_db
def test_a_reference_that_is_taken_is_drawn_again(monkeypatch):
    drawn = iter([42, 42, 43])
    monkeypatch.setattr("secrets.randbelow", lambda limit: next(drawn))
    first = send(OfferFactory())

    second = send(OfferFactory())

    assert first.reference.endswith("-0042")
    assert second.reference.endswith("-0043")


@pytest.mark.django_db
def test_an_offer_with_applications_cannot_be_deleted():
    application = ApplicationFactory()

    with pytest.raises(IntegrityError):
        application.offer.delete()


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_eight_times_at_once_makes_one_application():
    offer = OfferFactory()

    outcomes = at_once(*[lambda: send(offer)] * 8)

    assert {type(outcome) for outcome in outcomes} == {Application}
    application = Application.objects.get()
    assert application.documents.count() == 1
    assert stored() == [application.documents.get().file.name]
    assert application.events.count() == 8
