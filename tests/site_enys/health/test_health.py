"""`/sante/` : one word for load balancers, everything for whoever watches."""

import json
from datetime import timedelta

from django.core.files.storage import storages
from django.db import connection, connections
from django.utils import timezone

import pytest

from courrier import health as mail_health
from courrier.models import OutgoingMessage
from courrier.services import heartbeat
from site_enys.backups.notes import BACKUP
from site_enys.health import Finding, State, checks, register_check, registry
from site_enys.health.registry import look, worst
from site_enys.models import CheckState, JobRun
from tests.factories.courrier import OutgoingMessageFactory
from tests.harness.clock import paris

NOW = paris(2027, 3, 8, 10)
MINUTE = timedelta(minutes=1)
TOKEN = "jeton-des-chiffres-assez-long-pour-l-essai"
DETAIL = "/sante/detail/"


def bearer(token):
    return {"HTTP_AUTHORIZATION": f"Bearer {token}"}


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = TOKEN
    return bearer(TOKEN)


@pytest.fixture
def registered(monkeypatch):
    """No check but those of the test."""
    monkeypatch.setattr(registry, "REGISTRY", {})


@pytest.fixture
def without_database(transactional_db):
    """The real connection leads nowhere."""
    name = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = "/nulle/part" if connection.vendor == "sqlite" else "absente"
    yield
    connections.close_all()
    connection.settings_dict["NAME"] = name


# -- One word -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_site_that_answers_says_so_in_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/sante/")

    assert (response.status_code, json.loads(response.content)) == (200, {"etat": "ok"})
    assert "no-store" in response["Cache-Control"]
    assert client.head("/sante/").status_code == 200
    assert client.post("/sante/").status_code == 405


def test_without_database_it_says_so_and_nothing_more(client, without_database):
    response = client.get("/sante/", HTTP_COOKIE="sessionid=abc")

    assert response.status_code == 503
    assert json.loads(response.content) == {"etat": "indisponible"}


@pytest.mark.django_db
def test_what_is_to_look_at_takes_no_machine_out_of_service(client, settings, token):
    settings.EMAIL_HOST = "smtp.exemple.test"
    old = timezone.now() - timedelta(days=2)
    OutgoingMessageFactory()
    OutgoingMessage.objects.update(created_at=old)
    JobRun.objects.create(name="publication", started_at=old)

    detail = client.get(DETAIL, **token)

    states = {one["nom"]: one["etat"] for one in detail.json()["controles"]}
    assert (states["courrier"], states["horloge"]) == ("en_panne", "en_panne")
    assert (detail.status_code, detail.json()["etat"]) == (200, "en_panne")
    assert client.get("/sante/").status_code == 200


# -- Everything ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_check_says_its_state_its_measure_since_when_and_a_sentence(client, token):
    answer = client.get(DETAIL, **token)

    by_name = {one["nom"]: one for one in answer.json()["controles"]}
    assert set(by_name) >= {
        *("base", "migrations", "fichiers-publics", "fichiers-prives", "disque"),
        *("horloge", "taches", "sauvegarde", "courrier"),
    }
    base = by_name["base"]
    assert (base["etat"], base["vital"], base["constat"]) == ("ok", True, "Elle répond.")
    assert base["mesure"].endswith("ms")
    assert base["depuis"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header",
    [
        {},
        bearer("autre"),
        bearer(""),
        bearer(TOKEN[:-1]),
        bearer(TOKEN + "é"),
        {"HTTP_AUTHORIZATION": f"Basic {TOKEN}"},
        {"HTTP_AUTHORIZATION": TOKEN},
    ],
)
def test_without_the_token_neither_exists(client, token, header):
    for url in (DETAIL, "/metrics"):
        assert client.get(url, **header).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("header", [{}, bearer(""), bearer(TOKEN)])
def test_without_a_token_in_the_settings_nothing_opens(client, settings, header):
    settings.METRICS_TOKEN = ""

    assert client.get(DETAIL, **header).status_code == 404


@pytest.mark.django_db
def test_the_direction_reads_it_and_the_others_do_not(log_in):
    assert log_in("direction").get(DETAIL).status_code == 200
    assert log_in("recrutement").get(DETAIL).status_code == 404


def test_the_token_reads_it_without_database(client, token, without_database):
    answer = client.get(DETAIL, HTTP_COOKIE="sessionid=abc", **token)

    assert (answer.status_code, answer.json()["etat"]) == (503, "en_panne")


# -- What is kept of a look --------------------------------------------------------------------


@pytest.mark.django_db
def test_since_is_the_instant_of_the_change(registered):
    states = iter([State.OK, State.OK, State.DOWN, State.DOWN, State.OK])
    register_check("essai", "Essai", advice="")(lambda now: Finding(next(states), "x"))

    sinces = [look(NOW + n * MINUTE)[0].since for n in range(5)]

    assert sinces == [NOW, NOW, NOW + 2 * MINUTE, NOW + 2 * MINUTE, NOW + 4 * MINUTE]


@pytest.mark.django_db
def test_what_is_costly_is_looked_at_once_a_minute_for_everybody(registered):
    times = []

    @register_check("essai", "Essai", advice="", every=MINUTE)
    def costly(now):
        times.append(now)
        return Finding(State.LOOK, "à voir", "3 ms")

    first = look(NOW)
    second = look(NOW + MINUTE - timedelta(seconds=1))
    look(NOW + MINUTE)

    assert times == [NOW, NOW + MINUTE]
    assert first == second


@pytest.mark.django_db
def test_a_clock_that_goes_back_does_not_keep_an_old_look(registered):
    times = []
    register_check("essai", "Essai", advice="", every=MINUTE)(
        lambda now: times.append(now) or Finding(State.OK, "x")
    )
    look(NOW)

    look(NOW - timedelta(hours=1))

    assert len(times) == 2


@pytest.mark.django_db
def test_nobody_looks_while_another_process_does(registered):
    def second(now):
        raise AssertionError("deux à la fois")

    @register_check("essai", "Essai", advice="", every=MINUTE)
    def first(now):
        if now > NOW:
            registry.REGISTRY["essai"] = registry.Check("essai", "", second, "", every=MINUTE)
            assert look(now)[0].state == State.OK  # what is known, while it is looked at anew
        return Finding(State.OK, "x")

    look(NOW)
    assert look(NOW + MINUTE)[0].state == State.OK


@pytest.mark.django_db
def test_a_check_that_breaks_is_down_and_the_others_are_looked_at(registered):
    register_check("casse", "Cassé", advice="")(lambda now: 1 / 0)
    register_check("suite", "Suite", advice="")(lambda now: Finding(State.OK, "x"))

    broken, following = look(NOW)

    assert (broken.state, following.state) == (State.DOWN, State.OK)
    assert broken.finding.sentence == "Le contrôle a échoué (ZeroDivisionError)."
    assert worst([broken, following]) == State.DOWN


# -- Each check ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_structure_of_the_base_is_up_to_date():
    assert checks.migrations(NOW).state == State.OK


@pytest.mark.django_db
def test_a_migration_that_is_missing_is_seen():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '0008_surveillance'")

    found = checks.migrations(NOW)

    assert (found.state, found.measure) == (State.DOWN, "1\u00a0migration à appliquer")


@pytest.mark.parametrize(
    ("check", "alias"), [(checks.public_files, "default"), (checks.private_files, "private")]
)
def test_a_store_is_written_read_and_left_as_it_was(check, alias):
    before = storages[alias].listdir("") if storages[alias].exists("") else ([], [])

    assert check(NOW).state == State.OK

    assert checks.PROBE not in storages[alias].listdir("")[1]
    assert set(before[1]) <= set(storages[alias].listdir("")[1])


def test_a_probe_that_was_left_by_a_dead_process_is_swept(settings):
    from django.core.files.base import ContentFile  # noqa: PLC0415

    storages["private"].save(checks.PROBE, ContentFile(b"vieux"))

    assert checks.private_files(NOW).state == State.OK
    assert not storages["private"].exists(checks.PROBE)


@pytest.mark.django_db
def test_a_store_that_cannot_be_written_is_down(settings, tmp_path, registered):
    file = tmp_path / "fichier"
    file.write_text("à la place du dossier")
    settings.STORAGES = settings.STORAGES | {
        "private": settings.STORAGES["private"] | {"OPTIONS": {"location": file / "dessous"}}
    }
    register_check("prive", "Privé", advice="")(checks.private_files)

    (found,) = look(NOW)

    assert found.state == State.DOWN


@pytest.mark.parametrize(
    ("free", "state"),
    [(100, State.OK), (10, State.OK), (9, State.LOOK), (2, State.LOOK), (1, State.DOWN)],
)
def test_room_on_the_disk(monkeypatch, free, state, tmp_path):
    usage = checks.shutil._ntuple_diskusage(100, 100 - free, free)
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _folder: usage)

    assert checks.disk(NOW).state == state


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("silence", "state"),
    [(None, State.LOOK), (3, State.OK), (3.1, State.DOWN)],
)
def test_a_clock_that_stops_is_seen_within_three_minutes(silence, state):
    if silence:
        JobRun.objects.create(name="publication", started_at=NOW - silence * MINUTE)

    assert checks.clock(NOW).state == state


@pytest.mark.django_db
@pytest.mark.parametrize(("failures", "state"), [(2, State.OK), (3, State.LOOK)])
def test_a_task_that_fails_again_and_again_is_named(failures, state, monkeypatch):
    monkeypatch.setattr(checks, "JOBS", {"publication": None})
    monkeypatch.setattr(checks, "late_among", lambda rows, now: [])
    JobRun.objects.create(name="publication", failures=failures)

    found = checks.jobs(NOW)

    assert found.state == state
    assert ("publication" in found.sentence) is (state == State.LOOK)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "state"),
    [(None, State.LOOK), (26, State.OK), (26.1, State.LOOK), (72, State.LOOK), (73, State.DOWN)],
)
def test_the_age_of_the_last_backup(hours, state):
    if hours:
        JobRun.objects.create(name=BACKUP, succeeded_at=NOW - timedelta(hours=hours))

    assert checks.backup(NOW).state == state


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "state"),
    [(0, State.OK), (15, State.OK), (16, State.LOOK), (120, State.LOOK), (121, State.DOWN)],
)
def test_a_queue_that_does_not_move(settings, minutes, state):
    settings.EMAIL_HOST = "smtp.exemple.test"
    OutgoingMessageFactory()
    OutgoingMessage.objects.update(created_at=NOW - minutes * MINUTE)

    found = mail_health.mail(NOW)

    assert (found.state, found.measure) == (state, "1 en attente, 0 en échec")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seconds", "server", "waits", "state"),
    [
        (None, "smtp", True, State.LOOK),
        (300, "smtp", True, State.OK),
        (301, "smtp", False, State.LOOK),
        (301, "smtp", True, State.DOWN),
        (301, "", True, State.LOOK),  # nothing would leave anyway
    ],
)
def test_a_worker_that_is_silent_is_down_once_somebody_waits(
    settings, seconds, server, waits, state
):
    settings.EMAIL_HOST = server
    if seconds:
        JobRun.objects.create(name=heartbeat.NAME, succeeded_at=NOW - timedelta(seconds=seconds))
    if waits:
        OutgoingMessageFactory(next_try_at=NOW)

    found = mail_health.worker(NOW)

    assert found.state == state
    assert "manage.py worker" in found.sentence


@pytest.mark.django_db
def test_failed_mail_and_mail_without_server_are_to_look_at(settings):
    OutgoingMessageFactory(state=OutgoingMessage.State.FAILED)
    assert "EMAIL_HOST" in mail_health.mail(NOW).sentence
    settings.EMAIL_HOST = "smtp.exemple.test"

    found = mail_health.mail(NOW)

    assert (found.state, found.sentence) == (State.LOOK, "1\u00a0courriel en échec.")


@pytest.mark.django_db
def test_the_task_of_each_minute_notes_what_it_sees():
    JobRun.objects.create(name="publication", started_at=NOW - 10 * MINUTE)

    line = checks.look_at_everything(NOW)

    assert line == "en panne\u00a0: Travail programmé"
    assert CheckState.objects.get(name="horloge").since == NOW


def test_what_is_noted_each_minute_renews_no_public_page():
    from site_enys.page_cache import writes  # noqa: PLC0415

    assert not writes.shows(CheckState._meta.db_table)
    assert not writes.shows(JobRun._meta.db_table)


@pytest.mark.django_db
def test_a_backup_that_fails_is_told_with_its_reason() -> None:
    JobRun.objects.create(
        name=BACKUP, succeeded_at=NOW - timedelta(hours=20), last_error="Plus de place."
    )

    found = checks.backup(NOW)

    assert (found.state, "Plus de place." in found.sentence) == (State.LOOK, True)


@pytest.mark.django_db
def test_a_redis_that_is_away_is_to_look_at_and_takes_no_server_out(settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"

    assert checks.shared_pages(NOW).state == State.LOOK
