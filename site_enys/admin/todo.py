"""What waits today, each line one click away from the screen that deals with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest


@dataclass(frozen=True)
class Todo:
    """One line of the desk: how many, since when, and where to go."""

    count: int
    singular: str
    plural: str
    url: str
    since: datetime | None = None
    urgent: bool = False

    @classmethod
    def of(
        cls,
        rows: QuerySet[Any],
        since: str,
        *,
        singular: str,
        plural: str,
        url: str,
        urgent: bool = False,
    ) -> "Todo | None":
        """The line of rows that wait, the oldest first, since their column of that name."""
        first = rows.first()
        if first is None:
            return None
        return cls(rows.count(), singular, plural, url, getattr(first, since), urgent)

    @property
    def sentence(self) -> str:
        return f"{self.count}\u00a0{self.singular if self.count == 1 else self.plural}"


Source = Callable[[HttpRequest, datetime], Todo | None]
_SOURCES: list[tuple[str, Source]] = []


def register_todo(permission: str) -> Callable[[Source], Source]:
    """Register a source of the desk, asked only for people who have the permission."""

    def register(source: Source) -> Source:
        _SOURCES.append((permission, source))
        return source

    return register


@dataclass(frozen=True)
class Group:
    """The lines of one room; those that cannot wait stand together, whatever their room."""

    title: str
    lines: list[Todo]
    urgent: bool = False


def waiting(request: HttpRequest, now: datetime) -> list[Group]:
    """What waits for the person who asks: what comes first, then room by room."""
    rooms: dict[str, list[Todo]] = {}
    first: list[Todo] = []
    for permission, source in _SOURCES:
        line = source(request, now) if request.user.has_perm(permission) else None
        if line and line.count:
            home = first if line.urgent else rooms.setdefault(_room_of(source), [])
            home.append(line)
    urgent = [Group("À voir en premier", first, urgent=True)] if first else []
    return urgent + [Group(title, lines) for title, lines in rooms.items()]


def _room_of(source: Source) -> str:
    """The name of the app that registered it: `desk_name`, or else its verbose name."""
    config = apps.app_configs.get(source.__module__.partition(".")[0])
    name = str(getattr(config, "desk_name", "") or getattr(config, "verbose_name", "Autres"))
    return name[0].upper() + name[1:]
