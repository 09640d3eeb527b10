"""The « Formation » menu, and the addresses of its screens."""

from collections.abc import Iterator

from django.urls import URLPattern, reverse

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from home.services import starters
from site_enys.admin.pages import DeskMenuItem
from site_enys.models import User

from .desk import (
    legal,  # noqa: F401 - registers what the catalogue knows of the legal pages
    today,  # noqa: F401 - registers the figure of the desk
    todo,  # noqa: F401 - registers the lines of the desk
    urls,
)
from .desk.agreements import AgreementViewSet
from .desk.audit_room import (
    AuditRoomView,
)
from .desk.board import BoardView
from .desk.bpf import BpfView
from .desk.complaints import ComplaintViewSet
from .desk.enrolments import EnrolmentRequestViewSet, EnrolmentViewSet
from .desk.figures import FiguresView
from .desk.improvement import ImprovementActionViewSet
from .desk.issued import IssuedDocumentViewSet
from .desk.results import AllResultsView
from .desk.sessions import SessionViewSet
from .desk.settings import CourseThemeViewSet, TrainerViewSet, VenueViewSet
from .desk.surveys import SurveyViewSet
from .desk.tailored import TailoredRequestViewSet
from .models import CatalogueIndexPage, CoursePage
from .services.starters import COURSE


class TrainingViewSetGroup(SnippetViewSetGroup):
    menu_label = "Formation"
    menu_icon = "calendar"
    menu_order = 210
    items = (
        SessionViewSet,
        EnrolmentViewSet,
        EnrolmentRequestViewSet,
        AgreementViewSet,
        TailoredRequestViewSet,
        IssuedDocumentViewSet,
        CourseThemeViewSet,
        TrainerViewSet,
        VenueViewSet,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        sessions, *others = super().get_submenu_items()
        return [sessions, DeskMenuItem(BoardView, "formation_board", sessions.order), *others]


class QualityViewSetGroup(SnippetViewSetGroup):
    menu_label = "Qualité"
    menu_icon = "tick-inverse"
    menu_order = 215
    items = (SurveyViewSet, ComplaintViewSet, ImprovementActionViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        lists = super().get_submenu_items()
        return [
            DeskMenuItem(AllResultsView, "formation_results", 1),
            *lists,
            DeskMenuItem(AuditRoomView, "formation_audit_room", 101),
            DeskMenuItem(BpfView, "formation_bpf", 102),
            DeskMenuItem(FiguresView, "formation_figures", 103),
        ]


register_snippet(TrainingViewSetGroup)
register_snippet(QualityViewSetGroup)
starters.register(CoursePage, *COURSE)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return urls.urlpatterns


@hooks.register("register_page_header_buttons")
def lead_to_the_screens_of_a_page(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """In the menu of a course and of the catalogue, for whoever may edit the page."""
    kind = page.specific_class
    if kind not in {CoursePage, CatalogueIndexPage}:
        return
    if not page.permissions_for_user(user).can_edit():
        return
    if kind is CoursePage:
        address = reverse("formation_proof", args=[page.pk])
        yield Button("Preuve datée", address, icon_name="history", priority=66)
    else:
        yield Button("Export LHEO", reverse("formation_offer"), icon_name="download", priority=66)
