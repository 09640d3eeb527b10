"""What is held and until when, counted: never whose."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from rgpd.enums import RunOutcome
from rgpd.models import PurgeRun
from rgpd.register import PersonalData, entries_in_order
from site_enys.french import plural

from .purge import name_of

SOON = timedelta(days=30)
#: A run that has said nothing of its end for so long was killed.
LONGEST_RUN = timedelta(hours=1)


@dataclass(frozen=True)
class Line:
    """One kind of rows: how many, how many end soon, how many should have gone already."""

    entry: PersonalData
    held: int
    soon: int
    past: int
    failed: int

    @property
    def kind(self) -> str:
        return str(self.entry.model._meta.verbose_name_plural)

    @property
    def why_still_there(self) -> str:
        if not self.past:
            return ""
        if self.failed:
            return (
                f"{plural(self.failed, 'échec')} au dernier passage\u00a0: "
                "le journal du serveur dit pourquoi"
            )
        return "le prochain passage les efface"


def lines(now: datetime) -> list[Line]:
    """Every kind of rows, counted in one statement."""
    failed, entries = failures(), entries_in_order()
    first, *others = [_counted(rank, entry, now) for rank, entry in enumerate(entries)]
    counts = first.union(*others, all=True).order_by("rank")
    return [
        Line(entry, held, soon, past, failed.get(name_of(entry), 0))
        for entry, (_rank, held, soon, past) in zip(entries, counts, strict=True)
    ]


def failures() -> dict[str, int]:
    """What the last real runs could not erase, by name; each kind of rows by its own last run."""
    found: dict[str, int] = {}
    for counts in PurgeRun.objects.filter(applied=True).values_list("counts", flat=True)[:20]:
        for name, (_erased, failed) in counts.items():
            found.setdefault(name, failed)
    return found


def runs() -> QuerySet[PurgeRun]:
    """The journal of the purge, the last first, each knowing whether another began after it."""
    later = PurgeRun.objects.filter(applied=True, started_at__gt=OuterRef("started_at"))
    return PurgeRun.objects.select_related("user").annotate(overtaken=Exists(later))


def how_it_went(run: PurgeRun, now: datetime) -> str:
    """« Terminée », « Incomplète », « En cours », « Interrompue »; for a row of `runs`."""
    if run.outcome != RunOutcome.RUNNING:
        return str(run.get_outcome_display())
    killed = run.overtaken or run.started_at < now - LONGEST_RUN  # type: ignore[attr-defined]
    return "Interrompue" if killed else "En cours"


def _counted(rank: int, entry: PersonalData, now: datetime) -> QuerySet[Any, Any]:
    """One row: which entry it is, how many are held, end soon, have ended by its own rule."""
    limit = now - entry.delay
    past = Q(pk__in=entry.ended(limit).order_by().values("pk"))
    soon = Q(pk__in=entry.ended(limit + SOON).order_by().values("pk"))
    rows = entry.model._base_manager.order_by()  # noqa: SLF001 - the documented way to all rows
    return (
        rows.values(rank=Value(rank))
        .annotate(
            held=Count("pk"), soon=Count("pk", filter=soon & ~past), past=Count("pk", filter=past)
        )
        .values_list("rank", "held", "soon", "past")
    )
