"""The applications under way, column by column, the most pressing first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber

from recrutement.enums import ENDED, ONGOING, UNDECIDED, ApplicationState
from recrutement.models import Application
from recrutement.models.applications import ApplicationQuerySet
from site_enys.states import Role, Transition

from . import access
from .lifecycle import LIFECYCLE
from .review import Summary, summaries

#: The cards that one column shows at most; the list has the others.
PER_COLUMN = 25


@dataclass(frozen=True)
class Card:
    application: Application
    overdue: bool
    review: Summary


@dataclass(frozen=True)
class Column:
    state: ApplicationState
    count: int
    cards: list[Card]

    @property
    def others(self) -> int:
        return self.count - len(self.cards)


@dataclass(frozen=True)
class Board:
    columns: list[Column]
    #: How many applications have ended in each way: no card is drawn for them.
    ended: list[tuple[ApplicationState, int]]


def board(rows: ApplicationQuerySet, user: Any, now: datetime) -> Board:
    """The board of these applications, in the same number of queries whatever their number."""
    counts: dict[str, int] = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    states = UNDECIDED if access.reads_all(user) else ONGOING
    first = _first(rows, states)
    review = summaries(first, user)
    return Board(
        [
            Column(
                state,
                counts.get(state, 0),
                [
                    Card(one, one.is_overdue(now), review[one.pk])
                    for one in first
                    if one.state == state
                ],
            )
            for state in states
        ],
        [(state, counts[state]) for state in ENDED if counts.get(state)],
    )


def acts_of(state: str) -> list[Transition]:
    """What staff may ask for from this state whatever the card; the rest is in its own page.

    A guard looks at other rows: asking it for each card would make the board slow. That of
    « Accepter » refuses so rarely that its screen may say so.
    """
    return [
        row
        for row in LIFECYCLE.transitions
        if state in row.sources
        and Role.STAFF in row.allowed_for
        and (row.guard is None or row.name == "accept")
    ]


def _first(rows: ApplicationQuerySet, states: Iterable[str]) -> list[Application]:
    """The most pressing ones of each state; only their keys are sorted, not their texts."""
    pressing = ("answer_by", "submitted_at", "pk")
    rank = Window(RowNumber(), partition_by="state", order_by=pressing)
    ranked = rows.filter(state__in=states).order_by().annotate(rank=rank)
    keys = ranked.filter(Q(rank__lte=PER_COLUMN)).values("pk")
    return list(rows.filter(pk__in=keys).select_related("offer").order_by(*pressing))
