"""Timed work: each app registers its jobs in its own `jobs.py`; `manage.py tick` runs what is due.

A job is claimed by one conditional UPDATE of its heartbeat row, so that two machines never run it
twice for the same instant. A job that fails is noted, and the next one runs.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from .models import FormSubmission, JobRun, RateWindow

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[datetime], str]


REGISTRY: dict[str, Job] = {}


def job(
    name: str, *, every: timedelta
) -> Callable[[Callable[[datetime], str]], Callable[[datetime], str]]:
    """Register a function of `now` that does the work and returns one line saying what it did."""

    def register(function: Callable[[datetime], str]) -> Callable[[datetime], str]:
        REGISTRY[name] = Job(name, every, function)
        return function

    return register


def run_due(now: datetime) -> dict[str, str]:
    """Run every job whose time has come; return one line per job that ran."""
    outcome = {}
    for entry in REGISTRY.values():
        if _claim(entry, now):
            outcome[entry.name] = _run(entry, now)
    return outcome


def _claim(entry: Job, now: datetime) -> bool:
    JobRun.objects.get_or_create(name=entry.name)
    due = Q(started_at=None) | Q(started_at__lte=now - entry.every)
    return JobRun.objects.filter(due, name=entry.name).update(started_at=now) == 1


def _run(entry: Job, now: datetime) -> str:
    heartbeat = JobRun.objects.filter(name=entry.name)
    try:
        line = entry.run(now)
    except Exception as error:
        logger.exception("La tâche « %s » a échoué.", entry.name)
        heartbeat.update(last_error=f"{type(error).__name__} : {error}"[:2000])
        return f"échec ({type(error).__name__})"
    heartbeat.update(succeeded_at=now, last_error="")
    return line


@job("menage-formulaires", every=timedelta(hours=1))
def forget_form_traces(now: datetime) -> str:
    """Delete used form tokens after two days and rate windows after one."""
    tokens, _ = FormSubmission.objects.filter(created_at__lt=now - timedelta(days=2)).delete()
    windows, _ = RateWindow.objects.filter(hour__lt=now - timedelta(days=1)).delete()
    return f"{tokens} jetons et {windows} fenêtres effacés"
