"""A questionnaire opened by its personal link."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from formation.enums import SurveyKind
from formation.forms.survey import QUOTE, SurveyForm
from formation.links import SURVEY
from formation.models import Survey
from formation.questionnaires import COMMENT, QUESTIONNAIRES
from formation.services import surveys
from site_enys.links import LinkRefused, private
from site_enys.public_forms import submit


@private
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the link for a grant, and lead to an address that does not give it away."""
    try:
        survey = SURVEY.open(token)
    except LinkRefused:
        return _lost(request)
    SURVEY.grant(request, survey, timezone.now())
    page = reverse("formation_survey", args=[survey.public_id])
    return HttpResponseRedirect(page, status=303, headers={"Referrer-Policy": "no-referrer"})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The questions, or the answers to correct as long as it is open."""
    survey = _reach(request, public_id)
    if survey is None:
        return _lost(request)
    asked = QUESTIONNAIRES[survey.kind]
    given = survey.answers | {COMMENT: survey.comment, QUOTE: survey.may_publish}
    form = SurveyForm(request.POST or None, asked=asked, initial=given)
    if request.method == "POST":
        address = submit(request, form, partial(_save, survey, form))
        if address:
            return HttpResponseRedirect(address, status=303)
    context = _context(survey) | {"form": form}
    return render(request, "formation/survey.html", context, status=422 if form.errors else 200)


@private
@require_safe
def thanks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What becomes of the answers, and until when they may be corrected."""
    survey = _reach(request, public_id)
    if survey is None:
        return _lost(request)
    return render(request, "formation/survey_thanks.html", _context(survey))


def _save(survey: Survey, form: SurveyForm) -> str:
    surveys.answer(
        survey, form.answers(), now=form.now, may_publish=form.may_publish, shown=form.shown
    )
    return reverse("formation_survey_thanks", args=[survey.public_id])


def _context(survey: Survey) -> dict[str, object]:
    return {
        "survey": survey,
        "asked": QUESTIONNAIRES[survey.kind],
        "session": survey.session,
        "is_open": surveys.is_open(survey, timezone.now()),
        "closes_at": surveys.closes_at(survey),
        "counted": survey.kind == SurveyKind.HOT,
    }


def _reach(request: HttpRequest, public_id: UUID) -> Survey | None:
    """The survey, or None when this browser has opened no link to it."""
    rows = Survey.objects.select_related("session__course", "session__venue", "enrolment")
    survey = get_object_or_404(rows, public_id=public_id)
    return survey if SURVEY.is_granted(request, survey, timezone.now()) else None


def _lost(request: HttpRequest) -> HttpResponse:
    """The same page for a link that is altered, too old, revoked, or was never opened here."""
    return render(
        request, "formation/survey_lost.html", {"refusal": str(LinkRefused())}, status=403
    )
