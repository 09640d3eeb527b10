"""Once forgotten, nothing of a person is left anywhere: every table and every file is searched."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

import pytest

from courrier.models import Attachment, OutgoingMessage
from courrier.services.outbox import queue
from recrutement import emails
from recrutement.exceptions import HeldForADispute
from recrutement.models import AnonymizedApplication, Application, Interview
from recrutement.services import hold, pool
from recrutement.services.applications import Answers, apply
from recrutement.services.cv import check_cv
from recrutement.services.daily import run_daily
from recrutement.services.documents import deposit
from recrutement.services.erasure import erase_at_once, forget
from recrutement.services.lifecycle import LIFECYCLE
from recrutement.services.space import ask_for_accommodation
from site_enys.kept_files import names_under
from site_enys.models import FormSubmission
from site_enys.private_storage import private_storage
from site_enys.states import PERSON, TransitionRefused, staff
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, OfferFactory
from tests.harness.clock import paris
from tests.markers import files_that_say, traces
from tests.recrutement import pdfs

NOW = paris(2027, 1, 15, 10)
CANARIES = ("Zéphyrine", "Quillivic", "canari@exemple.test", "0699887766", "plume-jaune")


def somebody() -> Application:
    """A person who left a trace in every place where one can."""
    answers = Answers(
        "Zéphyrine", "Quillivic", "canari@exemple.test", "0699887766", "Une plume-jaune."
    )
    upload = SimpleUploadedFile("plume-jaune.pdf", pdfs.pdf())
    with deposit() as store, transaction.atomic():
        application = apply(
            answers,
            check_cv(upload),
            OfferFactory(closing_date=date(2027, 3, 1)),
            now=NOW,
            store=store,
        )
    user = UserFactory(role="recrutement")
    by = staff(user)
    application.answers.create(position=1, question="Pourquoi ?", answer="plume-jaune")
    application.notes.create(author=user, at=NOW, text="Zéphyrine Quillivic a rappelé.")
    application.ratings.create(reviewer=user, criterion="Écoute", score=3, at=NOW)
    application.reveals.create(user=user, at=NOW, reason="Rappeler Mme Quillivic")
    LIFECYCLE.apply(application, "invite", by=by, now=NOW)
    meeting = Interview.objects.create(
        application=application, kind="visio", starts_at=NOW, place="plume-jaune", created_at=NOW
    )
    ask_for_accommodation(application, "plume-jaune", now=NOW)
    pool.give(application, pool.Wishes(skills="plume-jaune", places="plume-jaune"), now=NOW)
    pool.withdraw(application, now=NOW)
    with transaction.atomic():
        emails.link_again(application)
        attached = [("plume-jaune.ics", "text/calendar", b"plume-jaune")]
        queue("recrutement_efface", application.email, {}, about=meeting, attachments=attached)
    FormSubmission.objects.create(
        nonce=application.link_nonce,
        purpose="candidature",
        result_url=reverse("recrutement_received", args=[application.pk]),
    )
    LIFECYCLE.apply(application, "reject", by=by, now=NOW, reason="Zéphyrine a mieux ailleurs.")
    return application


@pytest.fixture
def person(quick_inspection):
    return somebody()


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_person_is_left_after_the_purge(person):
    secrets = (*CANARIES, str(person.pk), person.pk.hex)
    assert {trace.partition(".")[2].partition(".")[0] for trace in traces(*secrets)} >= {
        "Application",
        "ApplicationAnswer",
        "ApplicationEvent",
        "ApplicationNote",
        "Attachment",
        "FormSubmission",
        "OutgoingMessage",
        "PoolConsent",
    }
    assert list(names_under(private_storage(), "recrutement")) != []

    run_daily(NOW + timedelta(days=91), apply=True)

    assert traces(*secrets) == []
    assert not OutgoingMessage.objects.filter(about__contains="recrutement").exists()
    assert not Attachment.objects.exists()
    assert list(names_under(private_storage(), "recrutement")) == []


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_person_is_left_once_she_has_erased_and_been_told(person):
    assert files_that_say("%PDF") != []

    erase_at_once(person, NOW)

    assert traces("canari@exemple.test") == ["courrier.OutgoingMessage.to"]
    assert files_that_say("%PDF") == []
    OutgoingMessage.objects.filter(kind="recrutement_efface").update(state="sent", sent_at=NOW)
    run_daily(NOW + timedelta(days=1), apply=True)
    assert traces(*CANARIES, str(person.pk)) == []


@pytest.mark.django_db
def test_what_stays_is_months_and_figures(person):
    forget(person, NOW)

    row = AnonymizedApplication.objects.get()
    assert (row.offer_reference, row.contract_type) == (person.offer.reference, "cdi")
    assert (row.submitted_month, row.decided_month) == (date(2027, 1, 1), date(2027, 1, 1))
    assert (row.state, row.days_to_answer, row.source) == ("rejected", 0, "")
    assert {field.name for field in AnonymizedApplication._meta.fields} == {
        "id",
        "offer_reference",
        "contract_type",
        "submitted_month",
        "decided_month",
        "state",
        "reject_reason",
        "source",
        "days_to_answer",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "outcome", "decided"),
    [
        ("received", "withdrawn", date(2027, 1, 1)),
        ("offered", "withdrawn", date(2027, 1, 1)),
        ("quarantine", "quarantine", None),
        ("hired", "hired", date(2026, 12, 1)),
    ],
)
def test_the_figures_of_each_outcome(state, outcome, decided):
    before = paris(2026, 12, 31, 23)

    forget(ApplicationFactory(state=state, submitted_at=before), NOW)

    row = AnonymizedApplication.objects.get()
    assert (row.state, row.decided_month) == (outcome, decided)
    assert row.submitted_month == date(2026, 12, 1)


@pytest.mark.django_db
def test_a_robot_is_no_candidate():
    robot = ApplicationFactory(state="quarantine", submitted_at=NOW)
    LIFECYCLE.apply(robot, "discard", by=staff(UserFactory()), now=NOW)

    forget(robot, NOW)

    assert AnonymizedApplication.objects.get().state == "quarantine"


@pytest.mark.django_db
def test_what_the_site_sends_itself_is_not_counted():
    forget(ApplicationFactory(synthetic=True), NOW)

    assert not AnonymizedApplication.objects.exists()
    assert not Application.objects.exists()


@pytest.mark.django_db
def test_a_dispute_stands_in_the_way(person):
    hold.hold(person, "Litige", by=staff(UserFactory()), now=NOW)

    with pytest.raises(HeldForADispute) as refusal:
        erase_at_once(person, NOW)

    assert "17.3.e" in str(refusal.value)
    assert Application.objects.filter(pk=person.pk).exists()


@pytest.mark.django_db
def test_erasing_twice_counts_once(person):
    erase_at_once(person, NOW)

    with pytest.raises(TransitionRefused):
        erase_at_once(Application(pk=person.pk or person.id), NOW)
    forget(person, NOW)

    assert AnonymizedApplication.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "told"), [("interview", True), ("rejected", False)])
def test_the_team_learns_that_somebody_goes_only_when_she_was_expected(state, told):
    application = ApplicationFactory(state=state)

    erase_at_once(application, NOW)

    kinds = set(OutgoingMessage.objects.values_list("kind", flat=True))
    assert kinds == {"recrutement_efface"} | ({"recrutement_efface_equipe"} if told else set())
    for message in OutgoingMessage.objects.all():
        assert message.about == ""
        assert "Garnier" not in message.text + message.html


@pytest.mark.django_db
def test_erasing_in_the_admin_is_the_same(log_in, person):
    url = f"/admin/snippets/recrutement/application/delete/{person.pk}/"

    log_in("direction").post(url)

    assert not Application.objects.exists()
    assert AnonymizedApplication.objects.count() == 1
    assert not OutgoingMessage.objects.exists()


@pytest.mark.django_db
def test_the_admin_does_not_erase_what_is_held(log_in, person):
    hold.hold(person, "Litige", by=PERSON, now=timezone.now())

    log_in("direction").post(f"/admin/snippets/recrutement/application/delete/{person.pk}/")

    assert Application.objects.exists()
