"""The purge keeps a journal, works by slices, and stands interruptions and doubles."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

import pytest
import time_machine

from courrier.models import OutgoingMessage
from rgpd import register as registry
from rgpd.deletions import KEPT, forget_before, journal
from rgpd.enums import RunOutcome
from rgpd.models import PurgeRun
from rgpd.register import REGISTER, PersonalData
from rgpd.services import purge as purging
from rgpd.services.conservation import how_it_went, lines, runs
from rgpd.services.purge import PurgeIncomplete, purge
from rgpd.services.replay import replay
from site_enys.models import JobRun
from site_enys.states import staff
from site_enys.templatetags.typography import moment
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.people import UserFactory
from tests.races import at_once

NOW = timezone.now()
YEAR = timedelta(days=365)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
MESSAGES = "Courriels envoyés par le site (courriels)"


@pytest.fixture
def only(monkeypatch):
    """The register reduced to one entry, changed as the test wants."""

    def only(model=OutgoingMessage, **changes):
        entry = REGISTER[model]
        values = {name: getattr(entry, name) for name in entry.__dataclass_fields__} | changes
        reduced = PersonalData(**values)
        monkeypatch.setattr(registry, "REGISTER", {model: reduced})
        return reduced

    return only


def old_messages(count):
    rows = OutgoingMessageFactory.create_batch(count)
    OutgoingMessage.objects.update(created_at=NOW - YEAR - SECOND)
    return rows


# -- The journal --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_run_is_noted_with_what_it_erased_and_who_started_it(only):
    only()
    old_messages(2)
    user = UserFactory(role="direction")

    purge(NOW, apply=True, by=staff(user))

    run = PurgeRun.objects.get()
    assert (run.applied, run.user, run.outcome) == (True, user, RunOutcome.DONE)
    assert run.counts == {MESSAGES: [2, 0]}
    assert run.started_at == NOW
    assert run.ended_at >= NOW


@pytest.mark.django_db
def test_a_dry_run_is_noted_as_such(only):
    only()
    old_messages(1)

    purge(NOW, apply=False)

    assert PurgeRun.objects.values_list("applied", "user", "counts", "outcome").get() == (
        False,
        None,
        {MESSAGES: [1, 0]},
        RunOutcome.DONE,
    )


@pytest.mark.django_db
def test_the_journal_counts_failures_and_names_nobody(only):
    first, _second = old_messages(2)
    OutgoingMessage.objects.filter(pk=first.pk).update(to="zoe@exemple.test")
    only(erase=lambda row: 1 / 0 if row.pk == first.pk else row.delete())

    with pytest.raises(PurgeIncomplete):
        purge(NOW, apply=True)

    run = PurgeRun.objects.get()
    assert (run.outcome, run.counts) == (RunOutcome.INCOMPLETE, {MESSAGES: [1, 1]})
    assert "zoe" not in str(PurgeRun.objects.values())


@pytest.mark.django_db
def test_the_server_log_says_where_and_not_what(only, caplog):
    old_messages(1)
    OutgoingMessage.objects.update(to="zoe@exemple.test")

    def erase(row):
        raise ValueError(row.to)

    only(erase=erase)
    with pytest.raises(PurgeIncomplete):
        purge(NOW, apply=True)

    assert "ValueError" in caplog.text
    assert "in erase" in caplog.text
    assert "zoe" not in caplog.text


@pytest.mark.django_db
def test_a_killed_run_is_said_to_be_interrupted_and_the_next_goes_on(only):
    old_messages(3)
    done = []

    def erase_one_then_die(row):
        if done:
            raise KeyboardInterrupt
        done.append(row.delete())

    only(erase=erase_one_then_die)
    with pytest.raises(KeyboardInterrupt):
        purge(NOW, apply=True)
    killed = runs().get()
    assert killed.outcome == RunOutcome.RUNNING
    assert how_it_went(killed, NOW + HOUR) == "En cours"
    assert how_it_went(killed, NOW + HOUR + SECOND) == "Interrompue"

    only()
    assert purge(NOW + SECOND, apply=True) == {MESSAGES: 2}

    later, killed = runs()
    assert how_it_went(killed, NOW + SECOND) == "Interrompue"
    assert how_it_went(later, NOW + SECOND) == "Terminée"


@pytest.mark.django_db
def test_a_dry_run_does_not_make_a_real_one_look_interrupted(only):
    only()
    PurgeRun.objects.create(started_at=NOW, applied=True)

    purge(NOW + SECOND, apply=False)

    assert how_it_went(runs().get(applied=True), NOW + SECOND) == "En cours"


@pytest.mark.django_db
def test_the_journal_itself_ends_after_a_year(only):
    only(PurgeRun)
    for age in (YEAR, YEAR + SECOND):
        PurgeRun.objects.create(started_at=NOW - age, applied=False)

    purge(NOW, apply=True)

    assert list(PurgeRun.objects.values_list("started_at", flat=True)) == [NOW, NOW - YEAR]


@pytest.mark.django_db
def test_what_an_app_erases_in_its_own_work_is_in_the_journal_too():
    from recrutement.services.daily import run_daily  # noqa: PLC0415 - one test needs it

    run_daily(NOW, apply=True)

    names = {
        name for counts in PurgeRun.objects.values_list("counts", flat=True) for name in counts
    }
    assert {name.split(" (")[0] for name in names} == {"Candidatures", "Vivier de candidats"}


# -- Slices -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_identifiers_are_read_by_slices(only, monkeypatch):
    monkeypatch.setattr(purging, "SLICE", 2)
    read = []
    entry = only(erase=lambda row: (read.append(row.pk), row.delete()))
    pks = [row.pk for row in old_messages(5)]

    assert purge(NOW, apply=True, entries=[entry]) == {MESSAGES: 5}

    assert read == sorted(pks)


@pytest.mark.django_db
def test_rows_that_cannot_be_erased_are_met_once(only, monkeypatch):
    monkeypatch.setattr(purging, "SLICE", 2)
    tried = []

    def refuse(row):
        tried.append(row.pk)
        raise RuntimeError

    only(erase=refuse)
    pks = [row.pk for row in old_messages(5)]

    with pytest.raises(PurgeIncomplete):
        purge(NOW, apply=True)

    assert tried == sorted(pks)


# -- Two runs at the same time ------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_time_erase_each_row_once():
    old_messages(6)
    erased = []

    def erase(row):
        row.delete()
        erased.append(row.message_id)

    values = {
        name: getattr(REGISTER[OutgoingMessage], name)
        for name in REGISTER[OutgoingMessage].__dataclass_fields__
    }
    entry = PersonalData(**values | {"erase": erase})

    first, second = at_once(*[lambda: purge(NOW, apply=True, entries=[entry])] * 2)

    assert first[MESSAGES] + second[MESSAGES] == 6
    assert len(erased) == len(set(erased)) == 6
    assert not OutgoingMessage.objects.exists()
    assert set(PurgeRun.objects.values_list("outcome", flat=True)) == {RunOutcome.DONE}


# -- « Conservation » ---------------------------------------------------------------------------


@pytest.fixture
def direction(log_in):
    return log_in("direction")


URL = "/admin/rgpd/conservation/"


def test_what_is_held_ends_soon_or_should_have_gone_is_counted(db, only):
    only()
    ages = [timedelta(0), YEAR - timedelta(days=29), YEAR - timedelta(days=30), YEAR + SECOND]
    for row, age in zip(OutgoingMessageFactory.create_batch(4), ages, strict=True):
        OutgoingMessage.objects.filter(pk=row.pk).update(created_at=NOW - age)

    [line] = lines(NOW)

    assert (line.held, line.soon, line.past) == (4, 1, 1)
    assert line.why_still_there == "le prochain passage les efface"


def test_what_could_not_be_erased_says_why_it_is_still_there(db, only):
    old_messages(1)
    only(erase=lambda row: 1 / 0)
    with pytest.raises(PurgeIncomplete):
        purge(NOW, apply=True)

    [line] = lines(NOW)

    assert line.why_still_there == (
        "1\u00a0échec au dernier passage\u00a0: le journal du serveur dit pourquoi"
    )


def test_the_screen_shows_the_counts_and_the_runs(direction, only):
    only()
    old_messages(1)
    purge(NOW, apply=True)

    html = direction.get(URL).content.decode()

    assert "Courriels envoyés par le site" in html
    assert "1\u00a0fiche" in html
    assert "Terminée" in html


def test_a_rehearsal_counts_is_noted_and_erases_nothing(direction, only):
    only()
    old_messages(2)

    answer = direction.post(URL, follow=True)

    assert (
        "Purge à blanc\u00a0: 2\u00a0fiches à effacer, rien ne l’a été." in answer.content.decode()
    )
    assert OutgoingMessage.objects.count() == 2
    assert PurgeRun.objects.values_list("applied", "user").get() == (False, direction.user.pk)


@pytest.mark.parametrize("role", ["redaction", "formation", "recrutement", "evaluation"])
def test_only_the_direction_and_the_referent_see_it(log_in, role):
    client = log_in(role)

    for answer in (client.get(URL), client.post(URL), client.get(reverse("rgpd_record"))):
        assert answer.status_code == 302
        assert answer.url == "/admin/"
    assert not PurgeRun.objects.exists()


def test_the_referent_sees_it(log_in):
    assert log_in("referent").get(URL).status_code == 200


def test_a_long_journal_costs_no_more(direction, count_queries, only):
    only()
    PurgeRun.objects.create(started_at=NOW, applied=True, user=direction.user)
    few = count_queries(lambda: direction.get(URL))
    for _ in range(30):
        PurgeRun.objects.create(
            started_at=NOW, applied=True, user=direction.user, counts={"a": [1, 0]}
        )

    assert count_queries(lambda: direction.get(URL)) == few


def test_an_absurd_page_is_the_last_one(direction):
    for page in ("0", "-1", "x", "9" * 50):
        assert direction.get(URL, {"p": page}).status_code == 200


# -- After a restore ----------------------------------------------------------------------------


@pytest.fixture
def backup(transactional_db, tmp_path, settings):
    """A database whose last sign of life is a minute old."""
    settings.DATA_DIR = tmp_path
    JobRun.objects.create(name="essai", started_at=timezone.now() - timedelta(minutes=1))


def bring_back(row, pk):
    row.pk = pk
    row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_since_the_backup_is_erased_again(backup):
    message, kept = OutgoingMessageFactory.create_batch(2)
    pk = message.pk
    message.delete()
    bring_back(message, pk)

    assert replay(apply=False) == 1
    assert OutgoingMessage.objects.count() == 2
    said = StringIO()
    call_command("rgpd_purge", "--replay", "--apply", stdout=said)

    alive = JobRun.objects.get(name="essai").started_at
    assert f"signe de vie de la base\u00a0: {moment(alive)}\n" in said.getvalue()
    assert list(OutgoingMessage.objects.all()) == [kept]
    assert "@" not in journal().read_text()


@pytest.mark.django_db(transaction=True)
def test_once_the_site_has_started_again_nothing_is_replayed(backup):
    message = OutgoingMessageFactory()
    pk = message.pk
    message.delete()
    bring_back(message, pk)
    JobRun.objects.update(started_at=timezone.now() + 2 * HOUR)

    assert replay(apply=True) == 0
    assert OutgoingMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_is_undone_leaves_no_line(backup):
    message = OutgoingMessageFactory()
    with transaction.atomic():
        message.delete()
        transaction.set_rollback(True)

    assert not journal().exists()


@pytest.mark.django_db(transaction=True)
def test_the_lines_end_when_no_backup_is_left_to_bring_anything_back(backup):
    first, second = OutgoingMessageFactory.create_batch(2)
    with time_machine.travel(NOW - timedelta(days=61), tick=False):
        first.delete()
    second.delete()

    forget_before(NOW - KEPT)

    assert len(journal().read_text().splitlines()) == 1
