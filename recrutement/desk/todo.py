"""What waits at the recruitment desk."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse

from recrutement.models import Application, DailyRun, JobOfferPage
from recrutement.opening import day_in_paris
from recrutement.services import access, review
from recrutement.services.daily import RUN_IS_LATE, failures_of
from recrutement.services.form_light import form_light
from site_enys.admin import Todo, register_todo

SOON = timedelta(days=7)


def _list_url(query: str) -> str:
    return f"{reverse(Application.snippet_viewset.get_url_name('list'))}?{query}"


@register_todo(access.READ_ALL)
def to_read(request: HttpRequest, now: datetime) -> Todo | None:
    return Todo.of(
        access.visible(request.user).to_read().order_by("submitted_at"),
        "submitted_at",
        singular="candidature à lire",
        plural="candidatures à lire",
        url=_list_url("state=received"),
    )


@register_todo(access.REVIEW)
def to_rate(request: HttpRequest, now: datetime) -> Todo | None:
    """What was given to this reviewer, and waits for her marks."""
    return Todo.of(
        review.to_rate(request.user).order_by("submitted_at"),
        "submitted_at",
        singular="candidature à évaluer",
        plural="candidatures à évaluer",
        url=_list_url("marks=a-donner"),
    )


@register_todo(access.READ_ALL)
def overdue(request: HttpRequest, now: datetime) -> Todo:
    return Todo(
        count=access.visible(request.user).overdue(now).count(),
        singular="réponse promise et en retard",
        plural="réponses promises et en retard",
        url=_list_url("overdue=oui"),
        urgent=True,
    )


@register_todo(access.READ_ALL)
def quarantined(request: HttpRequest, now: datetime) -> Todo:
    return Todo(
        count=access.visible(request.user).quarantined().count(),
        singular="candidature à vérifier",
        plural="candidatures à vérifier",
        url=_list_url("state=quarantine"),
    )


@register_todo(access.READ_ALL)
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


@register_todo(access.READ_ALL)
def form_is_down(request: HttpRequest, now: datetime) -> Todo:
    return Todo(
        count=int(form_light(now).works is False),
        singular="panne du formulaire de candidature",
        plural="pannes du formulaire de candidature",
        url=f"{reverse('wagtailadmin_home')}#formulaire-candidature",
        urgent=True,
    )


@register_todo(access.HOLD)
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
