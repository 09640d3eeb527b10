"""« Sessions » : the list, the form, and the screen of one session with its people."""

from itertools import count
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button

from formation.enums import ENROLLING, WAITING, SessionState
from formation.models import Enrolment, Session
from formation.services import cloning
from formation.services.availability import availability
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE
from formation.templatetags.formation_tags import session_dates
from site_enys.admin import PersonalDataViewSet, admin_url
from site_enys.admin.viewsets import SafeIndexView, SafeInspectView
from site_enys.states import staff

from .board import SessionTransitionView
from .forms import SessionForm

PANELS = ObjectList(
    [
        FieldRowPanel([FieldPanel("course"), FieldPanel("code")]),
        MultiFieldPanel(
            [
                FieldPanel("delivery_mode"),
                FieldPanel("venue"),
                FieldPanel("remote_details"),
            ],
            heading="Où",
        ),
        InlinePanel(
            "slots",
            heading="Demi-journées",
            label="Demi-journée",
            panels=[
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("subject"), FieldPanel("trainer")]),
            ],
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("min_participants")]),
                FieldPanel("decision_on"),
                FieldPanel("accepts_waiting_list"),
            ],
            heading="Places",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("enrol_opens_at"), FieldPanel("enrol_closes_at")]),
                FieldPanel("visibility"),
                FieldPanel("price_override"),
            ],
            heading="Inscriptions",
        ),
    ],
    base_form_class=SessionForm,
)


class SessionIndexView(SafeIndexView):
    """The list, with a second way to begin a session."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        if self.request.user.has_perm("formation.add_session"):
            url = reverse("formation_whole_days")
            buttons.append(Button("Nouvelle session par journées", url=url, icon_name="calendar"))
        return buttons


class SessionInspectView(SafeInspectView):
    """One session: what may be decided, who is in it, and what may be done for each."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.request.user.has_perm("formation.view_enrolment"):
            context["people"] = self._people()
        if self.request.user.has_perm("formation.add_session"):
            context["duplicate_url"] = reverse("formation_duplicate", args=[self.object.pk])
        if self.object.state in ENROLLING | {SessionState.DRAFT}:
            context["warned"] = [line for line in cloning.review(self.object) if line.warnings]
        return context

    def _people(self) -> list[dict[str, Any]]:
        by, now = staff(self.request.user), timezone.now()
        may_change = self.request.user.has_perm("formation.change_enrolment")
        rows = self.object.enrolments.select_related("request").order_by("pk")
        people, ranks = [], count(1)
        for enrolment in rows:
            enrolment.session = self.object
            possible = ENROLMENT_LIFECYCLE.possible(enrolment, by, now) if may_change else []
            people.append(
                {
                    "enrolment": enrolment,
                    "rank": next(ranks) if enrolment.state in WAITING else None,
                    "url": admin_url(Enrolment, "inspect", enrolment.pk),
                    "actions": [
                        {
                            "label": row.label,
                            "url": admin_url(Enrolment, "transition", enrolment.pk, row.name),
                        }
                        for row in possible
                    ],
                }
            )
        return people


class SessionViewSet(PersonalDataViewSet):
    model = Session
    icon = "calendar"
    menu_label = "Sessions"
    offered_actions = ("add", "change", "delete", "view")
    lifecycle = SESSION_LIFECYCLE
    edit_handler = PANELS
    index_view_class = SessionIndexView
    inspect_view_class = SessionInspectView
    transition_view_class = SessionTransitionView
    inspect_template_name = "formation/admin/session_inspect.html"
    ordering = ["-starts_at"]
    list_display = [
        "__str__",
        Column("course", label="Formation", accessor="course.title"),
        Column("dates", label="Dates", accessor=session_dates, sort_key="starts_at"),
        TitleColumn(
            "seats",
            label="Places prises",
            accessor=lambda session: f"{session.seats_taken} sur {session.capacity}",
            get_url=lambda session: admin_url(Session, "inspect", session.pk),
            sort_key="seats_taken",
        ),
        Column("waiting", label="En attente", accessor="waiting_count", sort_key="waiting_count"),
        Column("state", label="État", accessor="get_state_display", sort_key="state"),
        Column(
            "situation",
            label="Vu du public",
            accessor=lambda session: availability(session, timezone.now()).label,
        ),
    ]
    list_filter = ["state", "delivery_mode", "visibility", "venue", "starts_at"]
    search_fields = ["code", "course__title"]
    list_export = [
        "code",
        "course.title",
        "starts_at",
        "ends_at",
        "place",
        "capacity",
        "seats_taken",
        "waiting_count",
        "min_participants",
        "state",
    ]
    export_headings = {
        "course.title": "Formation",
        "place": "Lieu",
    }
    export_filename = "sessions"
    inspect_view_fields = [
        "course",
        "code",
        "delivery_mode",
        "venue",
        "starts_at",
        "ends_at",
        "capacity",
        "seats_taken",
        "waiting_count",
        "min_participants",
        "decision_on",
        "enrol_opens_at",
        "enrol_closes_at",
        "visibility",
        "state",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).select_related("course", "venue")
