"""The admin's home page is a desk; the journals of the foundation are lists of the direction."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join

from wagtail import hooks
from wagtail.admin.ui.tables import DateColumn
from wagtail.snippets.models import register_snippet

from .admin import (
    PersonalDataViewSet,
    Todo,
    accounts,  # noqa: F401 - registers its hooks
    admin_url,
    guide,  # noqa: F401 - registers « Aide »
    register_todo,
)
from .admin.today import TodayPanel
from .admin.viewsets import YesColumn
from .health import desk as health_desk  # noqa: F401 - registers « État du site »
from .jobs import late_jobs
from .models import FormProtection, JobRun, PrivateFileAccess
from .sign_in import desk  # noqa: F401 - registers the screens of accounts


class PrivateFileAccessViewSet(PersonalDataViewSet):
    model = PrivateFileAccess
    icon = "view"
    menu_label = "Pièces consultées"
    add_to_settings_menu = True
    list_display = [
        "subject",
        "user",
        DateColumn("at", label="Le", sort_key="at"),
        YesColumn("refused", label="Refusée"),
    ]
    list_filter = ["user", "at", "refused"]
    search_fields = ["subject"]
    list_export = ["at", "user", "subject", "refused"]
    export_filename = "pieces-consultees"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user")


class JobRunViewSet(PersonalDataViewSet):
    model = JobRun
    icon = "time"
    menu_label = "Tâches programmées"
    add_to_settings_menu = True
    list_display = [
        "name",
        DateColumn("started_at", label="Dernier départ", sort_key="started_at"),
        DateColumn("succeeded_at", label="Dernière réussite", sort_key="succeeded_at"),
        YesColumn("running", label="En cours"),
        "failures",
        "last_error",
    ]
    ordering = ["name"]


register_snippet(PrivateFileAccessViewSet)
register_snippet(JobRunViewSet)


@hooks.register("insert_global_admin_css")
def style_our_screens() -> str:
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((static(f"css/{name}.css"),) for name in ("fonts", "admin", "desk", "guide", "charts")),
    )


@hooks.register("construct_homepage_panels")
def show_the_desk(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, TodayPanel())


@register_todo("site_enys.view_jobrun")
def jobs_that_do_not_run(request: HttpRequest, now: datetime) -> Todo | None:
    return Todo(
        count=len(late_jobs(now)),
        singular="tâche programmée n’a pas réussi depuis longtemps",
        plural="tâches programmées n’ont pas réussi depuis longtemps",
        url=admin_url(JobRun, "list"),
        urgent=True,
    )


@register_todo("site_enys.change_formprotection")
def protection_left_on(request: HttpRequest, now: datetime) -> Todo | None:
    """What an attack has switched on is not forgotten afterwards."""
    return Todo(
        count=FormProtection.objects.filter(proof_of_work=True).count(),
        singular="protection renforcée des formulaires est en marche",
        plural="protections renforcées des formulaires sont en marche",
        url=reverse("wagtailsettings:edit", args=["site_enys", "formprotection"]),
    )
