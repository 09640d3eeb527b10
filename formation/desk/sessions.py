"""« Sessions » : the list, the form, and the screen of one session with its people."""

from collections import Counter
from collections.abc import Iterator
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

from courrier.services.rehearsal import rehearse
from formation.enums import ENROLLING, WAITING, EnrolmentState, SessionState
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.models.enrolment import RANK
from formation.services import cloning, waiting_list
from formation.services.availability import availability, refuse_unless_decided_to_hold
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import (
    SESSION_LIFECYCLE,
    refuse_unless_dates_may_change,
    settle_after_edit,
)
from formation.services.trainers import trainers_of
from formation.words import session_dates
from site_enys.admin import PersonalDataViewSet, admin_url
from site_enys.admin.viewsets import SafeEditView, SafeIndexView, SafeInspectView
from site_enys.exceptions import refusal_of
from site_enys.states import staff

from .attendance import summary
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
                FieldRowPanel([FieldPanel("price_override"), FieldPanel("cofinanced")]),
            ],
            heading="Inscriptions",
        ),
    ],
    base_form_class=SessionForm,
)


class SessionEditView(SafeEditView):
    def save_instance(self) -> Session:
        session = super().save_instance()
        settle_after_edit(session, self.form.current, timezone.now())
        return session


class SessionIndexView(SafeIndexView):
    """The list, with a second way to begin a session."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        if self.request.user.has_perm("formation.add_session"):
            url = reverse("formation_whole_days")
            buttons.append(Button("Nouvelle session par journées", url=url, icon_name="calendar"))
        return buttons


#: The screens about a whole session: what each is called, its address, and who may open it.
SESSION_LINKS = (
    ("Émargement", "formation_attendance", "formation.view_attendancesheet"),
    ("Documents", "formation_session_documents", "formation.view_issueddocument"),
    ("Résultats des évaluations", "formation_session_results", "formation.view_survey"),
    ("Preuves et dossier", "formation_session_audit", "formation.view_enrolment"),
    ("Changer les dates", "formation_session_dates", "formation.change_session"),
    ("Dupliquer à d’autres dates", "formation_duplicate", "formation.add_session"),
)


class SessionInspectView(SafeInspectView):
    """One session: what may be decided, who is in it or waits, and what may be done for each."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = self.request.user
        context["links"] = list(self._links())
        if self.object.state in ENROLLING | {SessionState.DRAFT}:
            context["warned"] = [line for line in cloning.review(self.object) if line.warnings]
        if user.has_perm("formation.view_attendancesheet"):
            context["attendance"] = summary(self.object)
        if user.has_perm("formation.change_trainer"):
            context["trainers"] = trainers_of(self.object)
        if user.has_perm("formation.view_enrolment"):
            may_change = user.has_perm("formation.change_enrolment")
            lines = self._lines(may_change=may_change)
            context |= {
                "people": lines,
                "counts": self._counts(lines),
                "waiting_reasons": self._waiting_reasons(),
                "may_enrol": may_change
                and refusal_of(refuse_unless_decided_to_hold, self.object) is None,
                "acts": self._acts(lines),
            }
        return context

    def _links(self) -> Iterator[tuple[str, str]]:
        """The screens about the whole session that this person may open now."""
        fixed = refusal_of(refuse_unless_dates_may_change, self.object)
        for label, name, permission in SESSION_LINKS:
            if name == "formation_session_dates" and fixed:
                continue
            if self.request.user.has_perm(permission):
                yield label, reverse(name, args=[self.object.pk])

    def _lines(self, *, may_change: bool) -> list[dict[str, Any]]:
        by, now = staff(self.request.user), timezone.now()
        rows = self.object.enrolments.select_related("request").order_by(RANK, "pk")
        lines, ranks = [], count(1)
        for enrolment in rows:
            enrolment.session = self.object
            actions = ENROLMENT_LIFECYCLE.possible(enrolment, by, now) if may_change else []
            lines.append(
                {
                    "enrolment": enrolment,
                    "rank": next(ranks) if enrolment.state in WAITING else None,
                    "url": admin_url(Enrolment, "inspect", enrolment.pk),
                    "demand_url": admin_url(EnrolmentRequest, "inspect", enrolment.request_id),
                    "actions": actions,
                    "buttons": [
                        (row, admin_url(Enrolment, "transition", enrolment.pk, row.name))
                        for row in actions
                    ],
                }
            )
        return lines

    @staticmethod
    def _counts(lines: list[dict[str, Any]]) -> list[tuple[str, int]]:
        """How many in each state, in the order of the states."""
        found = Counter(line["enrolment"].state for line in lines)
        return [(state.label, found[state]) for state in EnrolmentState if found[state]]

    @staticmethod
    def _acts(lines: list[dict[str, Any]]) -> list[tuple[str, str]]:
        """What may be done for somebody at least, to be chosen for several at once."""
        possible = {row.name: row.label for line in lines for row in line["actions"]}
        order = ENROLMENT_LIFECYCLE.by_name
        return [(name, possible[name]) for name in order if name in possible]

    def _waiting_reasons(self) -> list[dict[str, Any]]:
        """Each entry of the list, with why it still waits."""
        now, listed = timezone.now(), waiting_list.entries(self.object)
        return [
            {
                "entry": entry,
                "why": waiting_list.why_waiting(entry, listed[:number], self.object, now),
            }
            for number, entry in enumerate(listed)
        ]


class SessionViewSet(PersonalDataViewSet):
    model = Session
    icon = "calendar"
    menu_label = "Sessions"
    offered_actions = ("add", "change", "delete", "view")
    lifecycle = SESSION_LIFECYCLE
    rehearse = staticmethod(rehearse)
    rehearsed_for = "formation.view_enrolment"  # the messages name the people
    edit_handler = PANELS
    edit_view_class = SessionEditView
    index_view_class = SessionIndexView
    inspect_view_class = SessionInspectView
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
