"""The « Formation » menu, and the addresses of its screens."""

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from site_enys.models import User

from .desk import (
    complaint_screens,
    people,
    results,
    surveys,
    todo,  # noqa: F401 - registers the lines of the desk
)
from .desk.board import BoardView, board_menu_item
from .desk.calls import CallsView
from .desk.cloning import CopyView, WholeDaysView
from .desk.complaints import ComplaintViewSet
from .desk.conformity import conformity_of_the_form
from .desk.enrolments import EnrolmentRequestViewSet, EnrolmentViewSet
from .desk.gathering import EnrolScreen, ImportScreen
from .desk.improvement import ImprovementActionViewSet
from .desk.offer import OfferView
from .desk.proof import ProofView, proof_document
from .desk.results import results_menu_item
from .desk.screens import SessionScreen
from .desk.sessions import SessionViewSet
from .desk.settings import CourseThemeViewSet, TrainerViewSet, VenueViewSet
from .desk.surveys import SurveyViewSet
from .desk.tailored import TailoredRequestViewSet
from .desk.together import ManyScreen, RescheduleScreen
from .models import CatalogueIndexPage, CoursePage

#: The word of the address, the screen of a whole session.
SESSION_SCREENS: dict[str, type[SessionScreen]] = {
    "inscrire": EnrolScreen,
    "importer": ImportScreen,
    "dates": RescheduleScreen,
    "ensemble": ManyScreen,
}


class TrainingViewSetGroup(SnippetViewSetGroup):
    menu_label = "Formation"
    menu_icon = "calendar"
    menu_order = 210
    items = (
        SessionViewSet,
        EnrolmentViewSet,
        EnrolmentRequestViewSet,
        TailoredRequestViewSet,
        SurveyViewSet,
        ComplaintViewSet,
        ImprovementActionViewSet,
        CourseThemeViewSet,
        TrainerViewSet,
        VenueViewSet,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        sessions, *others = super().get_submenu_items()
        board = board_menu_item(order=sessions.order)
        return [sessions, board, results_menu_item(order=sessions.order), *others]


register_snippet(TrainingViewSetGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        *(
            path(
                f"formation/sessions/<int:pk>/{word}/",
                screen.as_view(),
                name=f"formation_session_{word}",
            )
            for word, screen in SESSION_SCREENS.items()
        ),
        *people.urlpatterns,
        *surveys.urlpatterns,
        *results.urlpatterns,
        *complaint_screens.urlpatterns,
        path("formation/amenagements/", CallsView.as_view(), name="formation_calls"),
        path("formation/conformite/", conformity_of_the_form, name="formation_conformity"),
        path("formation/conformite/<int:pk>/", conformity_of_the_form, name="formation_conformity"),
        path(
            "formation/sessions/<int:pk>/dupliquer/", CopyView.as_view(), name="formation_duplicate"
        ),
        path("formation/maintien/", BoardView.as_view(), name="formation_board"),
        path("formation/sessions/journees/", WholeDaysView.as_view(), name="formation_whole_days"),
        path("formation/preuve/<int:pk>/", ProofView.as_view(), name="formation_proof"),
        path(
            "formation/preuve/<int:pk>/<int:publication>.pdf",
            proof_document,
            name="formation_proof_document",
        ),
        path("formation/export-lheo/", OfferView.as_view(), name="formation_offer"),
    ]


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
