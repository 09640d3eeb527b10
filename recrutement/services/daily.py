"""The daily work of recruitment: one list of steps, each apart, and a line in the journal.

Without `apply`, every step counts exactly what it would do, and nothing changes but the journal.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from courrier.models import OutgoingMessage
from recrutement.enums import ENDED
from recrutement.models import (
    Application,
    ApplicationEvent,
    DailyRun,
    FormCheck,
    PoolConsent,
    RecruitmentSettings,
)
from rgpd.register import REGISTER
from rgpd.services.purge import purge

from . import retention
from .documents import delete_orphans
from .monthly import send_report
from .pool import ask_for_renewals, ended_consents
from .reminders import answer_as_last_resort, remind_of_promises, tell_of_closed_offers

logger = logging.getLogger(__name__)

#: Journals live one year, and never longer than what they are about.
JOURNALS_KEPT = timedelta(days=365)
#: A last message that cannot leave is not kept for ever.
LAST_MESSAGE_TRIED = timedelta(days=7)
FAILED = "échec"
#: Somebody should look when no run has come for so long.
RUN_IS_LATE = timedelta(days=2)

Step = Callable[..., int]  # (now, *, apply) -> how many


class DailyWorkIncomplete(RuntimeError):
    """Some steps have failed; the journal says which. `str()` names them."""


def erase_applications(now: datetime, *, apply: bool) -> int:
    """Files, rows, messages: what `services/retention.py` says is past its day."""
    return sum(purge(now, apply=apply, entries=[REGISTER[Application]]).values())


def erase_consents(now: datetime, *, apply: bool) -> int:
    """Consents that ended while their application stays for another reason."""
    if apply:
        return sum(purge(now, apply=True, entries=[REGISTER[PoolConsent]]).values())
    gone = retention.due(now, RecruitmentSettings.load()).values("pk")
    return ended_consents(now).exclude(application__in=gone).count()


def erase_last_messages(now: datetime, *, apply: bool) -> int:
    """The message that tells of an erasure, once it has left: it holds an address."""
    last = OutgoingMessage.objects.filter(kind="recrutement_efface")
    left = last.filter(state=OutgoingMessage.State.SENT)
    old = last.filter(created_at__lt=now - LAST_MESSAGE_TRIED)
    return _erase(left | old, apply=apply)


def erase_journals(now: datetime, *, apply: bool) -> int:
    """Events of what has ended, checks of the form and runs of this work, after one year."""
    limit = now - JOURNALS_KEPT
    gone = retention.due(now, RecruitmentSettings.load()).values("pk")
    events = ApplicationEvent.objects.filter(
        at__lt=limit, subject__state__in=ENDED, subject__held_at=None
    ).exclude(subject__in=gone)
    old = (events, FormCheck.objects.filter(at__lt=limit), DailyRun.objects.filter(at__lt=limit))
    return sum(_erase(rows, apply=apply) for rows in old)


#: In this order: one is told before anything is erased.
STEPS: tuple[tuple[str, Step], ...] = (
    ("Offres closes annoncées", tell_of_closed_offers),
    ("Réponses promises rappelées", remind_of_promises),
    ("Réponses de dernier recours", answer_as_last_resort),
    ("Renouvellements du vivier proposés", ask_for_renewals),
    ("Candidatures effacées", erase_applications),
    ("Accords du vivier échus ou retirés", erase_consents),
    ("Fichiers orphelins effacés", delete_orphans),
    ("Derniers messages effacés", erase_last_messages),
    ("Lignes de journal effacées", erase_journals),
    ("Bilan du mois envoyé", send_report),
)


def run_daily(now: datetime, *, apply: bool) -> DailyRun:
    """Run every step, note how many of each, and return the note; a failure stops no other."""
    counts = {label: _run(label, step, now, apply=apply) for label, step in STEPS}
    return DailyRun.objects.create(at=now, applied=apply, counts=counts)


def failures_of(run: DailyRun) -> list[str]:
    """The labels of the steps that have failed."""
    return [label for label, count in run.counts.items() if not isinstance(count, int)]


def daily_work(now: datetime) -> str:
    """Run it for good; the line for the journal of jobs. Raises DailyWorkIncomplete."""
    run = run_daily(now, apply=True)
    if failed := failures_of(run):
        raise DailyWorkIncomplete(", ".join(failed))
    done = [f"{label.lower()}\u00a0: {count}" for label, count in run.counts.items() if count]
    return ", ".join(done) or "rien à faire"


def _run(label: str, step: Step, now: datetime, *, apply: bool) -> int | str:
    try:
        return step(now, apply=apply)
    except Exception as error:
        logger.exception(
            ("Travail quotidien du recrutement\u00a0: «\u00a0%s\u202f» a échoué."), label
        )
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        return f"{FAILED}\u00a0: {type(error).__name__}"


@transaction.atomic
def _erase(rows: QuerySet[Any], *, apply: bool) -> int:
    count = rows.count()
    if apply:
        rows.delete()
    return count
