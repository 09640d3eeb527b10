"""What waits at the recruitment desk."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse

from recrutement.models import Application, DailyRun, JobOfferPage
from recrutement.opening import day_in_paris
from recrutement.services.daily import RUN_IS_LATE, failures_of
from site_enys.admin import Todo, register_todo

SEE_APPLICATIONS = "recrutement.view_application"
SOON = timedelta(days=7)


def _list_url(query: str) -> str:
    return f"{reverse(Application.snippet_viewset.get_url_name('list'))}?{query}"


@register_todo(SEE_APPLICATIONS)
def to_read(request: HttpRequest, now: datetime) -> Todo | None:
    waiting = Application.objects.to_read().order_by("submitted_at")
    first = waiting.first()
    if first is None:
        return None
    return Todo(
        count=waiting.count(),
        singular="candidature à lire",
        plural="candidatures à lire",
        url=_list_url("state=received"),
        since=first.submitted_at,
    )


@register_todo(SEE_APPLICATIONS)
def overdue(request: HttpRequest, now: datetime) -> Todo:
    return Todo(
        count=Application.objects.overdue(now).count(),
        singular="réponse promise et en retard",
        plural="réponses promises et en retard",
        url=_list_url("overdue=oui"),
        urgent=True,
    )


@register_todo(SEE_APPLICATIONS)
def quarantined(request: HttpRequest, now: datetime) -> Todo:
    return Todo(
        count=Application.objects.quarantined().count(),
        singular="candidature à vérifier",
        plural="candidatures à vérifier",
        url=_list_url("state=quarantine"),
    )


@register_todo(SEE_APPLICATIONS)
def closing_soon(request: HttpRequest, now: datetime) -> Todo:
    today = day_in_paris(now)
    last = today + SOON
    return Todo(
        count=JobOfferPage.objects.open(now).filter(closing_date__lte=last).count(),
        singular="offre se ferme sous sept jours",
        plural="offres se ferment sous sept jours",
        url=f"{reverse('offres:index')}?status=open&closing_date__gte={today}"
        f"&closing_date__lte={last}",
    )


@register_todo("recrutement.hold_application")
def daily_work_to_look_at(request: HttpRequest, now: datetime) -> Todo:
    """The work that keeps the delays: late, or with a step that failed at its last run."""
    last = DailyRun.objects.filter(applied=True).first()
    wrong = last is not None and (last.at < now - RUN_IS_LATE or bool(failures_of(last)))
    return Todo(
        count=int(wrong),
        singular="passage quotidien du recrutement à vérifier",
        plural="passages quotidiens du recrutement à vérifier",
        url=reverse("recrutement_retention"),
        urgent=True,
    )
