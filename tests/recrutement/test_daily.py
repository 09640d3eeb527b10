"""The daily work: a dry run counts what the real one does, and a failure stops no other step."""

from datetime import timedelta
from io import StringIO

from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from recrutement.enums import ApplicationState
from recrutement.jobs import work_of_the_day
from recrutement.models import (
    AnonymizedApplication,
    Application,
    ApplicationEvent,
    DailyRun,
    FormCheck,
    PoolConsent,
)
from recrutement.services import daily
from recrutement.services.monthly import figures_of
from rgpd.jobs import erase_what_has_ended
from site_enys.private_storage import private_storage
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.recrutement import ApplicationFactory, OfferFactory
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MONTH = paris(2027, 2, 3, 8)


def aged(days: int, state: str = "rejected", **facts) -> Application:
    at = NOW - timedelta(days=days)
    return ApplicationFactory(**{"offer": None} | facts, state=state, submitted_at=at)


def consent(application: Application, days_left: int, **facts) -> PoolConsent:
    return PoolConsent.objects.create(
        application=application,
        given_at=NOW - timedelta(days=700),
        text_version="2026-11",
        expires_on=timezone.localdate(NOW) + timedelta(days=days_left),
        **facts,
    )


@pytest.fixture
def everything():
    """Something to do for each step, and as much again to leave alone."""
    for state in ApplicationState.values:
        aged(200, state)
        aged(1, state)
    for days_left in (-5, 5, 300):
        consent(aged(400), days_left)
        consent(aged(1), days_left)
        consent(aged(400, "hired"), days_left)
    consent(aged(30), 300, withdrawn_at=NOW - timedelta(days=3))
    aged(800, held_at=NOW, hold_reason="Litige")
    today = timezone.localdate(NOW)
    offer = OfferFactory(closing_date=today - timedelta(days=1))
    aged(9, "received", offer=offer, answer_by=today + timedelta(days=3))
    for application in Application.objects.all():
        for at in (NOW - timedelta(days=400), NOW):
            ApplicationEvent.objects.create(
                subject=application, at=at, transition="submit", role="person"
            )
    for at in (NOW - timedelta(days=400), NOW - timedelta(days=1)):
        FormCheck.objects.create(at=at, passed=True)
        DailyRun.objects.create(at=at, applied=True, counts={})
    sent = {"kind": "recrutement_efface", "state": "sent", "sent_at": NOW}
    OutgoingMessageFactory(**sent)
    OutgoingMessageFactory(kind="recrutement_efface")
    OutgoingMessageFactory(**sent | {"kind": "contact_receipt"})


def test_a_dry_run_counts_exactly_what_the_real_one_does(everything, time_machine):
    orphan = private_storage().save("recrutement/aa/orphelin", ContentFile(b"x"))
    now = NOW + timedelta(hours=2)
    rows = Application.objects.count()

    dry = daily.run_daily(now, apply=False)
    assert Application.objects.count() == rows
    assert private_storage().exists(orphan)
    real = daily.run_daily(now, apply=True)
    again = daily.run_daily(now + timedelta(minutes=1), apply=True)

    assert dry.counts == real.counts
    assert set(real.counts) == {label for label, _ in daily.STEPS}
    assert all(real.counts.values()), real.counts
    assert not any(again.counts.values()), again.counts
    assert not private_storage().exists(orphan)
    assert [run.applied for run in (dry, real)] == [False, True]


def test_the_command_is_a_dry_run_by_default(everything):
    out, rows = StringIO(), Application.objects.count()

    call_command("recrutement_daily", stdout=out)
    assert Application.objects.count() == rows
    assert "Rien n’a changé" in out.getvalue()
    call_command("recrutement_daily", "--apply", stdout=out)

    assert Application.objects.count() < rows
    assert list(DailyRun.objects.order_by("pk").values_list("applied", flat=True))[-2:] == [
        False,
        True,
    ]


def test_a_step_that_fails_is_noted_and_the_others_run(everything, monkeypatch, caplog):
    def fail(now, *, apply):
        raise OSError("disque plein")

    steps = (("Ce qui échoue", fail), *daily.STEPS)
    monkeypatch.setattr(daily, "STEPS", steps)

    with pytest.raises(CommandError, match="Ce qui échoue"):
        call_command("recrutement_daily", "--apply", stdout=StringIO())

    counts = DailyRun.objects.first().counts
    assert counts["Ce qui échoue"] == "échec\u00a0: OSError"
    assert counts["Candidatures effacées"] > 0
    with pytest.raises(daily.DailyWorkIncomplete):
        work_of_the_day(NOW)


def test_the_job_of_every_day_says_what_it_did(everything):
    line = work_of_the_day(NOW)

    assert "candidatures effacées" in line
    assert work_of_the_day(NOW) == "rien à faire"


def test_the_common_purge_leaves_applications_to_their_own_work(everything):
    rows = Application.objects.count()

    erase_what_has_ended(NOW)
    assert Application.objects.count() == rows
    call_command("rgpd_purge", "--apply", stdout=StringIO())

    erased = rows - Application.objects.count()
    assert erased == AnonymizedApplication.objects.count() > 0
    assert daily.run_daily(NOW, apply=True).counts["Candidatures effacées"] == 0


# -- The report of the month --------------------------------------------------------------------


def reports() -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(kind="recrutement_bilan"))


def test_the_report_leaves_on_the_first_run_of_the_month_and_once():
    daily.run_daily(paris(2027, 1, 31, 23), apply=True)
    OutgoingMessage.objects.all().delete()

    daily.run_daily(MONTH, apply=False)
    assert reports() == []
    daily.run_daily(MONTH, apply=True)
    daily.run_daily(MONTH + timedelta(days=1), apply=True)

    [report] = reports()
    assert report.to == "equipe@enys.test"
    assert "Bilan de janvier 2027" in report.subject
    daily.run_daily(paris(2027, 3, 1), apply=True)
    assert len(reports()) == 2


def test_without_anybody_to_tell_no_report_is_counted(settings):
    settings.STAFF_EMAIL = ""

    assert daily.run_daily(MONTH, apply=True).counts["Bilan du mois envoyé"] == 0


def test_the_figures_of_a_month_count_the_forgotten_too_and_name_nobody():
    january = paris(2027, 1, 10)
    offer = OfferFactory()
    facts = {"offer": offer, "submitted_at": january, "state_changed_at": paris(2027, 1, 20)}
    ApplicationFactory(**facts, state="rejected", first_answer_at=paris(2027, 1, 20))
    ApplicationFactory(**facts, state="interview", first_answer_at=paris(2027, 1, 13))
    ApplicationFactory(**facts, state="received", synthetic=True)
    ApplicationFactory(**facts, state="quarantine")
    held = {"held_at": january, "hold_reason": "Litige"}
    ApplicationFactory(offer=offer, submitted_at=paris(2026, 12, 1), **held)
    AnonymizedApplication.objects.create(
        submitted_month=january.date().replace(day=1),
        decided_month=january.date().replace(day=1),
        state="withdrawn",
    )
    DailyRun.objects.create(at=january, applied=True, counts={"Candidatures effacées": 4})
    DailyRun.objects.create(at=january, applied=False, counts={"Candidatures effacées": 9})

    figures = dict(figures_of(january.date().replace(day=1), MONTH))

    assert figures == {
        "Candidatures reçues": "3",
        "Décisions": "2",
        "Délai médian de première réponse": "6,5 j",
        "Candidatures effacées": "4",
        "Dans le vivier aujourd’hui": "0",
        "Gardées pour un litige aujourd’hui": "1",
        "Réponses en retard aujourd’hui": "2",
    }
