"""What the foundation looks at: database, storage, disk, clock, backups."""

import secrets
import shutil
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from site_enys.backups.notes import BACKUP, how_backups_go
from site_enys.french import plural
from site_enys.jobs import REGISTRY as JOBS
from site_enys.jobs import job, last_tick, late_among
from site_enys.models import JobRun
from site_enys.page_cache.board import board
from site_enys.telemetry import counting
from site_enys.templatetags.typography import long_moment

from .measures import Measure, register_measures
from .registry import Finding, State, look, register_check

SLOW_DATABASE_MS = 500
SILENT_TICK = timedelta(minutes=3)
FAILURES_TO_LOOK_AT = 3
#: Parts of a disk that are left.
LITTLE_ROOM, NO_ROOM = 0.10, 0.02
#: How old the last backup may be.
BACKUP_LATE, BACKUP_LOST = timedelta(hours=26), timedelta(days=3)
PROBE = "sonde.txt"


@register_check(
    "base",
    "Base de données",
    vital=True,
    advice="Vérifiez que PostgreSQL tourne (ou que le disque de SQLite est lisible) et que "
    "DATABASE_URL est juste. Le site répond de lui-même dès qu’elle revient.",
)
def database(_now: datetime) -> Finding:
    began = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error as error:
        counting.database_failed()
        # Without the trace: asked every few seconds, and the message may name the account.
        return Finding(State.DOWN, f"Elle ne répond pas ({type(error).__name__}).")
    took = (time.perf_counter() - began) * 1000
    measure = f"{took:.1f}\u00a0ms".replace(".", ",")
    if took > SLOW_DATABASE_MS:
        return Finding(State.LOOK, "Elle répond lentement.", measure)
    return Finding(State.OK, "Elle répond.", measure)


@register_check(
    "migrations",
    "Structure de la base",
    every=timedelta(minutes=10),
    advice="Lancez manage.py migrate, puis redémarrez le serveur.",
)
def migrations(_now: datetime) -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return Finding(
            State.DOWN,
            "Elle n’est pas celle que ce code attend.",
            plural(len(missing), "migration") + " à appliquer",
        )
    return Finding(State.OK, "Elle est à jour.")


def _probe(alias: str) -> Finding:
    """Write, read again and delete a small file, whatever the store is."""
    storage = storages[alias]
    sent = secrets.token_bytes(16).hex().encode()
    began = time.perf_counter()
    storage.delete(PROBE)  # left by a process that died in the middle
    name = storage.save(PROBE, ContentFile(sent))
    try:
        with storage.open(name) as stored:
            same = stored.read() == sent
    finally:
        storage.delete(name)
    measure = f"{(time.perf_counter() - began) * 1000:.0f}\u00a0ms"
    if not same:
        return Finding(State.DOWN, "Ce qui est relu n’est pas ce qui a été écrit.", measure)
    return Finding(State.OK, "On y écrit, on y relit, on y efface.", measure)


_STORAGE_ADVICE = (
    "Vérifiez la place et les droits du dossier, ou la clé et l’adresse du stockage S3. "
    "Tant que cela dure, rien de nouveau ne peut être déposé."
)


@register_check(
    "fichiers-publics",
    "Images et documents",
    every=timedelta(minutes=1),
    advice=_STORAGE_ADVICE,
)
def public_files(_now: datetime) -> Finding:
    return _probe("default")


@register_check(
    "fichiers-prives", "Pièces privées", every=timedelta(minutes=1), advice=_STORAGE_ADVICE
)
def private_files(_now: datetime) -> Finding:
    return _probe("private")


@register_check(
    "disque",
    "Place sur le disque",
    advice="Libérez de la place (anciens journaux, anciennes sauvegardes) ou agrandissez le "
    "disque\u00a0; sans place, plus rien ne s’enregistre.",
)
def disk(_now: datetime) -> Finding:
    """The fullest disk, of this machine."""
    left, folder = min((usage.free / usage.total, folder) for folder, usage in _disks())
    measure = f"{left:.0%} libres".replace("%", "\u00a0%")
    where = folder.name or str(folder)
    if left < NO_ROOM:
        return Finding(State.DOWN, f"Le disque de «\u00a0{where}\u00a0» est plein.", measure)
    if left < LITTLE_ROOM:
        return Finding(State.LOOK, f"Le disque de «\u00a0{where}\u00a0» se remplit.", measure)
    return Finding(State.OK, "Il reste de la place.", measure)


def _disks() -> Iterator[tuple[Path, shutil._ntuple_diskusage]]:
    """Each disk once; what lies in a bucket has none."""
    folders = [settings.DATA_DIR, settings.MEDIA_ROOT, settings.PRIVATE_ROOT]
    seen = set()
    for folder in map(Path, folders):
        if folder.is_dir() and folder.stat().st_dev not in seen:
            seen.add(folder.stat().st_dev)
            yield folder, shutil.disk_usage(folder)


def shared_pages(_now: datetime) -> Finding:
    """Whether the machines can tell each other that pages have changed."""
    try:
        board().generation()
    except OSError as error:
        sentence = "Redis ne répond pas\u00a0: chaque page est faite à chaque visite."
        return Finding(State.LOOK, sentence, type(error).__name__)
    return Finding(State.OK, "Redis répond.")


if settings.REDIS_URL:
    register_check(
        "redis",
        "Pages partagées",
        advice="Vérifiez que Redis tourne et que REDIS_URL est juste. Rien d’ancien ne se montre "
        "en attendant, ni à son retour.",
    )(shared_pages)


@register_check(
    "horloge",
    "Travail programmé",
    advice="Vérifiez que la minuterie (cron, systemd ou conteneur) lance manage.py tick chaque "
    "minute, et lisez son journal.",
)
def clock(now: datetime) -> Finding:
    seen = last_tick()
    if seen is None:
        return Finding(State.LOOK, "manage.py tick n’est encore jamais passé.")
    silence = now - seen
    if silence > SILENT_TICK:
        return Finding(
            State.DOWN,
            "manage.py tick ne passe plus\u00a0: ni publication, ni rappel, ni effacement.",
            f"dernier passage le {long_moment(seen)}",
        )
    seconds = max(0, round(silence.total_seconds()))
    return Finding(State.OK, "manage.py tick passe chaque minute.", f"il y a {seconds}\u00a0s")


@register_check(
    "taches",
    "Tâches programmées",
    on_desk=False,  # « tâches programmées n’ont pas réussi » is a line of the desk already
    advice="La dernière erreur de chacune est dans le tableau des tâches\u00a0; le journal en dit "
    "plus. Transmettez-la à la personne qui tient le site.",
)
def jobs(now: datetime) -> Finding:
    rows = list(JobRun.objects.filter(name__in=JOBS))
    failing = {row.name for row in rows if row.failures >= FAILURES_TO_LOOK_AT}
    began = any(row.started_at for row in rows)
    late = sorted(failing | set(late_among(rows, now) if began else ()))
    if late:
        return Finding(
            State.LOOK, f"Ne réussissent plus\u00a0: {', '.join(late)}.", plural(len(late), "tâche")
        )
    return Finding(State.OK, "Toutes réussissent.", plural(len(JOBS), "tâche"))


@register_check(
    "sauvegarde",
    "Sauvegarde",
    advice="Lancez manage.py backup à la main et lisez ce qu’il répond\u00a0; vérifiez aussi que "
    "la minuterie de la nuit existe.",
)
def backup(now: datetime) -> Finding:
    last, failure = how_backups_go()
    if last is None:
        return Finding(State.LOOK, failure or "Aucune sauvegarde n’est notée.")
    measure = f"la dernière le {long_moment(last)}"
    if now - last > BACKUP_LOST:
        return Finding(State.DOWN, "Il n’y a plus de sauvegarde depuis plusieurs jours.", measure)
    if failure:
        return Finding(State.LOOK, f"La dernière tentative a échoué\u00a0: {failure}", measure)
    if now - last > BACKUP_LATE:
        return Finding(State.LOOK, "La sauvegarde de la nuit n’a pas été faite.", measure)
    return Finding(State.OK, "Elle est récente.", measure)


@job("surveillance", every=timedelta(minutes=1))
def look_at_everything(now: datetime) -> str:
    """Look even when nobody asks, so that « depuis quand » is true and the desk says it."""
    down = [result.check.label for result in look(now) if result.state == State.DOWN]
    return f"en panne\u00a0: {', '.join(down)}" if down else "rien en panne"


@register_measures
def own_measures(now: datetime) -> Iterator[Measure]:
    ranks = "État de chaque contrôle\u00a0: 0 en ordre, 1 à regarder, 2 en panne."
    for result in look(now):
        labels = {"check": result.check.name}
        yield Measure("check_state", ranks, result.state.rank, labels)
    for row in JobRun.objects.filter(name__in=[*JOBS, BACKUP]):
        labels = {"job": row.name}
        yield Measure("job_failures", "Échecs de suite d’une tâche.", row.failures, labels)
        if row.succeeded_at:
            age = (now - row.succeeded_at).total_seconds()
            yield Measure("job_success_age_seconds", "Âge de la dernière réussite.", age, labels)
        if row.took_ms is not None:
            took = row.took_ms / 1000
            yield Measure("job_duration_seconds", "Durée du dernier passage.", took, labels)
    for folder, usage in _disks():
        labels = {"folder": folder.name}
        yield Measure("disk_free_bytes", "Place libre.", usage.free, labels)
        yield Measure("disk_size_bytes", "Taille du disque.", usage.total, labels)
