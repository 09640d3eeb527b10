"""What is looked at, how it is found, and since when."""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import Error

from site_enys.charts import Chart
from site_enys.models import CheckState

logger = logging.getLogger(__name__)


class State(StrEnum):
    """From the best to the worst."""

    OK = "ok"
    LOOK = "a_regarder"
    DOWN = "en_panne"

    @property
    def label(self) -> str:
        return {"ok": "en ordre", "a_regarder": "à regarder", "en_panne": "en panne"}[self.value]

    @property
    def rank(self) -> int:
        return list(State).index(self)


@dataclass(frozen=True)
class Finding:
    """What a check found: a French sentence that says what is so, and the figure it read."""

    state: State
    sentence: str
    measure: str = ""


@dataclass(frozen=True)
class Check:
    """`run(now)` returns what it found; an exception is a failure too.

    `advice` says what to do when it is not in order. Only a `vital` one makes a load balancer send
    visitors elsewhere: it must be cheap. What is found `every` so long is shared by all processes.
    `on_desk`: « Aujourd’hui » says so when it is down, unless another line says it already.
    """

    name: str
    label: str
    run: Callable[[datetime], Finding]
    advice: str
    vital: bool = False
    every: timedelta = timedelta(0)
    on_desk: bool = True


@dataclass(frozen=True)
class Result:
    check: Check
    finding: Finding
    since: datetime

    @property
    def state(self) -> State:
        return self.finding.state


REGISTRY: dict[str, Check] = {}
Run = Callable[[datetime], Finding]


def register_check(
    name: str,
    label: str,
    *,
    advice: str,
    vital: bool = False,
    every: timedelta = timedelta(0),
    on_desk: bool = True,
) -> Callable[[Run], Run]:
    """Register a function of `now` as a check: see `Check`."""

    def register(run: Run) -> Run:
        REGISTRY[name] = Check(name, label, run, advice, vital, every, on_desk)
        return run

    return register


_CHARTS: list[Callable[[datetime], Chart | None]] = []


def register_chart(
    source: Callable[[datetime], Chart | None],
) -> Callable[[datetime], Chart | None]:
    """Register a drawing of the last days, for « État du site »; None when there is nothing."""
    _CHARTS.append(source)
    return source


def charts(now: datetime) -> list[Chart]:
    return [chart for source in _CHARTS if (chart := source(now))]


def can_answer(now: datetime) -> bool:
    """Whether this machine can serve visitors: what a load balancer asks."""
    vital = [check for check in REGISTRY.values() if check.vital]
    return all(_found(check, now).state != State.DOWN for check in vital)


def look(now: datetime) -> list[Result]:
    """Every check, with the instant since which it has been as it is."""
    try:
        kept = {row.name: row for row in CheckState.objects.all()}
    except Error:
        kept = {}
    return [_result(check, kept.get(check.name), now) for check in REGISTRY.values()]


def worst(results: Iterable[Result]) -> State:
    return max((result.state for result in results), key=lambda state: state.rank, default=State.OK)


def down_on_desk() -> list[CheckState]:
    """What the last look found down, and that no other line of the desk says."""
    names = [check.name for check in REGISTRY.values() if check.on_desk]
    return list(CheckState.objects.filter(state=State.DOWN, name__in=names).order_by("since"))


def _result(check: Check, kept: CheckState | None, now: datetime) -> Result:
    if kept and check.every and not _our_turn(check, kept, now):
        return Result(check, Finding(State(kept.state), kept.sentence, kept.measure), kept.since)
    finding = _found(check, now)
    since = kept.since if kept and kept.state == finding.state else now
    if kept is None or check.every or kept.state != finding.state:
        with suppress(Error):  # the database is away: it is said, and not written
            CheckState.objects.update_or_create(
                name=check.name,
                defaults={
                    "state": finding.state,
                    "since": since,
                    "checked_at": now,
                    "measure": finding.measure[:120],
                    "sentence": finding.sentence,
                },
            )
    return Result(check, finding, since)


def _our_turn(check: Check, kept: CheckState, now: datetime) -> bool:
    """Whether what is known is too old, and nobody else is looking."""
    if now - check.every < kept.checked_at <= now:  # later than now: the clock was put right
        return False
    mine = CheckState.objects.filter(name=check.name, checked_at=kept.checked_at)
    with suppress(Error):
        return bool(mine.update(checked_at=now))
    return True


def _found(check: Check, now: datetime) -> Finding:
    try:
        return check.run(now)
    except Exception as error:
        away = isinstance(error, Error)  # said by its own check: one trace each would hide the rest
        logger.warning("Le contrôle «\u00a0%s\u00a0» a échoué.", check.name, exc_info=not away)
        return Finding(State.DOWN, f"Le contrôle a échoué ({type(error).__name__}).")
