"""« État du site » : what is wrong and what to do about it, for whoever runs the firm."""

import platform
from datetime import datetime
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone

import wagtail
from wagtail import hooks

from site_enys.admin import DeskMenuItem, DeskPage, Todo, register_todo
from site_enys.jobs import REGISTRY as JOBS
from site_enys.jobs import last_tick
from site_enys.models import JobRun

from .checks import SILENT_TICK
from .registry import State, charts, down_on_desk, look, worst
from .views import PERMISSION

SUMMARY = {
    State.OK: "Tout est en ordre.",
    State.LOOK: "Le site fonctionne\u00a0; quelque chose est à regarder.",
    State.DOWN: "Quelque chose est en panne.",
}


class StatePage(DeskPage):
    template_name = "site_enys/admin/state.html"
    page_title = "État du site"
    header_icon = "circle-check"
    permission = PERMISSION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        results = look(now)
        own = {
            "summary": SUMMARY[worst(results)],
            "worst": worst(results),
            "results": sorted(results, key=lambda result: -result.state.rank),
            "jobs": JobRun.objects.filter(name__in=JOBS).order_by("-failures", "name"),
            "charts": charts(now),
            "versions": versions(),
            "staff_email": settings.STAFF_EMAIL,
        }
        return super().get_context_data(**own | kwargs)


def versions() -> list[tuple[str, str]]:
    """What runs, as one says it to whoever helps."""
    number = ".".join(map(str, connection.get_database_version()))
    return [
        ("Site", settings.RELEASE or "inconnue"),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        ("Wagtail", wagtail.__version__),
        (connection.display_name, number),
    ]


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("etat/", StatePage.as_view(), name="site_state")]


@hooks.register("register_settings_menu_item")
def menu_item() -> DeskMenuItem:
    return DeskMenuItem(StatePage, "site_state", 610)


@register_todo(PERMISSION)
def what_is_down(request: HttpRequest, now: datetime) -> Todo | None:
    """What the task of each minute has noted; and that task itself, when it does not come."""
    down = {row.name: row.since for row in down_on_desk()}
    seen = last_tick()
    if seen and now - seen > SILENT_TICK:
        down["horloge"] = seen
    else:
        down.pop("horloge", None)
    return Todo(
        count=len(down),
        singular="partie du site est en panne",
        plural="parties du site sont en panne",
        url=reverse("site_state"),
        since=min(down.values(), default=None),
        urgent=True,
    )
