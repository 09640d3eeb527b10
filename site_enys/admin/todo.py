"""« À traiter » : what waits today, each line one click away from the screen that deals with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from wagtail.admin.ui.components import Component


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


def waiting(request: HttpRequest, now: datetime) -> list[Todo]:
    """What waits for the person who asks, urgent lines first."""
    lines = [
        source(request, now) for permission, source in _SOURCES if request.user.has_perm(permission)
    ]
    return sorted((line for line in lines if line and line.count), key=lambda line: not line.urgent)


class TodoPanel(Component):
    name = "a-traiter"
    order = 50
    template_name = "site_enys/admin/todo_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"lines": waiting(parent_context["request"], timezone.now())}
