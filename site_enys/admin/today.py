"""« Aujourd’hui » : the first thing that staff reads, what waits and a few drawn figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from wagtail.admin.ui.components import Component

from site_enys.charts import Chart

from .todo import waiting


@dataclass(frozen=True)
class Figure:
    """A drawing of the desk, and the screen where one goes on from it."""

    chart: Chart
    link: str
    url: str


FigureSource = Callable[[HttpRequest, datetime], Figure | None]
_FIGURES: list[tuple[str, FigureSource]] = []


def register_figure(permission: str) -> Callable[[FigureSource], FigureSource]:
    """Register a figure, drawn only for people who have the permission; None draws nothing."""

    def register(source: FigureSource) -> FigureSource:
        _FIGURES.append((permission, source))
        return source

    return register


def figures(request: HttpRequest, now: datetime) -> list[Figure]:
    """The figures of the person who asks."""
    drawn = (
        source(request, now) for permission, source in _FIGURES if request.user.has_perm(permission)
    )
    return [figure for figure in drawn if figure]


class TodayPanel(Component):
    name = "aujourd-hui"
    order = 50
    template_name = "site_enys/admin/today.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        request, now = parent_context["request"], timezone.now()
        return {"today": now, "groups": waiting(request, now), "figures": figures(request, now)}
