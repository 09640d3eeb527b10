"""« Résultats » : what the questionnaires say, by course and by session, drawn and in figures."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from formation.models import CoursePage, EnrolmentRequest, Session, Survey
from formation.services import surveys
from formation.services.indicators import (
    ChoiceResult,
    KindResults,
    course_results,
    results_by_course,
    results_of,
    session_needs,
    session_results,
)
from formation.words import results_words
from site_enys.admin import admin_url
from site_enys.admin.pages import DeskPage
from site_enys.charts import Bar, Chart, horizontal_bars, stacked_scale

#: The sessions that the first screen shows, the last ones.
SESSIONS_SHOWN = 50


def charts_of(results: KindResults) -> list[Chart]:
    """The distribution of each group of questions that share their words, then the choices."""
    scales: dict[tuple[str, ...], list[tuple[str, tuple[int, ...]]]] = {}
    for scale in results.scales:
        average = f" (moyenne\u00a0{scale.average})".replace(".", ",") if scale.answers else ""
        scales.setdefault(scale.words, []).append((scale.label.rstrip(".") + average, scale.counts))
    title = results.kind.label
    drawn = [
        stacked_scale(f"{title}\u00a0: {_heading(number)}", words, lines)
        for number, (words, lines) in enumerate(scales.items())
    ]
    return drawn + [_choices(choice) for choice in results.choices]


def _heading(number: int) -> str:
    return "question générale" if number == 0 else "questions de détail"


def _choices(choice: ChoiceResult) -> Chart:
    bars = [Bar(label, number, str(number)) for label, number in choice.counts]
    return horizontal_bars(choice.label, bars, headings=("Réponse", "Nombre"))


class ResultsScreen(DeskPage):
    """A page of figures, for those who may read the surveys."""

    template_name = "formation/admin/results.html"
    page_title = "Résultats"
    header_icon = "doc-full-inverse"

    permission = "formation.view_survey"

    def above(self) -> list[dict[str, str]]:
        return [{"url": reverse("formation_results"), "label": "Résultats"}]

    @staticmethod
    def drawn(results: list[KindResults]) -> list[dict[str, Any]]:
        return [{"results": one, "charts": charts_of(one)} for one in results]


class AllResultsView(ResultsScreen):
    """Every course with its published figures, and the last sessions that were asked about."""

    template_name = "formation/admin/results_index.html"

    def above(self) -> list[dict[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        results = results_by_course(timezone.now())
        courses = CoursePage.objects.filter(pk__in=results).order_by("title_key")
        return super().get_context_data(
            courses=[(course, results[course.pk]) for course in courses],
            sessions=asked_sessions(),
            **kwargs,
        )


def asked_sessions() -> list[Session]:
    """The last sessions with questionnaires, each with `asked` and `answered`."""
    asked = Session.objects.annotate(
        asked=Count("surveys"),
        answered=Count("surveys", filter=Q(surveys__answered_at__isnull=False)),
    ).filter(asked__gt=0)
    return list(asked.select_related("course").order_by("-ends_at", "-pk")[:SESSIONS_SHOWN])


class CourseResultsView(ResultsScreen):
    """The sessions of one course together."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        course = get_object_or_404(CoursePage, pk=self.kwargs["pk"])
        self.page_title = course.title
        return super().get_context_data(
            course=course,
            published=results_words(course, results_of(course, now)),
            drawn=self.drawn(course_results(course, now)),
            export_url=admin_url(Survey, "list") + f"?session__course={course.pk}&export=xlsx",
            **kwargs,
        )


class SessionResultsView(ResultsScreen):
    """One session: its figures, its needs person by person, and whom to write to."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = get_object_or_404(Session.objects.select_related("course"), pk=self.kwargs["pk"])
        self.page_title = session.code
        list_url = f"{admin_url(Survey, 'list')}?session={session.pk}"
        return super().get_context_data(
            session=session,
            drawn=self.drawn(session_results(session)),
            needs=session_needs(session),
            list_url=list_url,
            export_url=f"{list_url}&export=xlsx",
            funders=self._funders(session, timezone.now()),
            **kwargs,
        )

    def _funders(self, session: Session, now: datetime) -> list[tuple[EnrolmentRequest, str]]:
        """The requests whose funder may be written to now."""
        if not self.request.user.has_perm("formation.change_enrolment"):
            return []
        return [
            (request, reverse("formation_ask_funder", args=[request.pk]))
            for request in surveys.fundable(session, now)
        ]


urlpatterns: list[URLPattern] = [
    path("formation/resultats/", AllResultsView.as_view(), name="formation_results"),
    path(
        "formation/resultats/formations/<int:pk>/",
        CourseResultsView.as_view(),
        name="formation_course_results",
    ),
    path(
        "formation/resultats/sessions/<int:pk>/",
        SessionResultsView.as_view(),
        name="formation_session_results",
    ),
]
