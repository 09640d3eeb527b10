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
    agreement_screens,
    complaint_screens,
    documents,
    people,
    results,
    surveys,
    todo,  # noqa: F401 - registers the lines of the desk
)
from .desk.agreements import AgreementViewSet, ToSendView
from .desk.attendance import (
    AttendanceView,
    CorrectLineScreen,
    LateSheetsView,
    PaperScreen,
    scan_file,
)
from .desk.audit_room import (
    AuditRoomView,
    AuditRoomWorkbookView,
    DossierView,
    SessionAuditView,
)
from .desk.board import BoardView
from .desk.bpf import BpfLineView, BpfView, BpfWorkbookView
from .desk.calls import CallsView
from .desk.cloning import CopyView, WholeDaysView
from .desk.complaints import ComplaintViewSet
from .desk.conformity import conformity_of_the_form
from .desk.enrolments import EnrolmentRequestViewSet, EnrolmentViewSet
from .desk.figures import FiguresView, FiguresWorkbookView
from .desk.gathering import EnrolScreen, ImportScreen
from .desk.improvement import ImprovementActionViewSet
from .desk.issued import IssuedDocumentViewSet
from .desk.offer import OfferView
from .desk.pages import DeskMenuItem
from .desk.proof import ProofView, proof_document
from .desk.results import AllResultsView
from .desk.screens import SessionScreen
from .desk.sessions import SessionViewSet
from .desk.settings import CourseThemeViewSet, TrainerViewSet, VenueViewSet
from .desk.surveys import SurveyViewSet
from .desk.tailored import TailoredRequestViewSet
from .desk.together import ManyScreen, RescheduleScreen
from .desk.trainers import SendSpaceScreen
from .models import CatalogueIndexPage, CoursePage

#: The word of the address, the screen of a whole session.
SESSION_SCREENS: dict[str, type[SessionScreen]] = {
    "inscrire": EnrolScreen,
    "importer": ImportScreen,
    "dates": RescheduleScreen,
    "ensemble": ManyScreen,
    "documents": documents.DocumentsScreen,
}


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
        *documents.urlpatterns,
        path(
            "formation/sessions/<int:pk>/emargement/",
            AttendanceView.as_view(),
            name="formation_attendance",
        ),
        path(
            "formation/sessions/<int:pk>/emargement/<int:slot>/papier/",
            PaperScreen.as_view(),
            name="formation_attendance_paper",
        ),
        path(
            "formation/sessions/<int:pk>/emargement/<int:slot>/feuille/",
            scan_file,
            name="formation_attendance_scan",
        ),
        path(
            "formation/sessions/<int:pk>/emargement/<int:slot>/<int:who>/",
            CorrectLineScreen.as_view(),
            name="formation_attendance_correct",
        ),
        path("formation/emargements/", LateSheetsView.as_view(), name="formation_attendance_late"),
        path(
            "formation/formateurs/<int:pk>/espace/",
            SendSpaceScreen.as_view(),
            name="formation_trainer_space",
        ),
        *agreement_screens.urlpatterns,
        path(
            "formation/conventions/a-envoyer/",
            ToSendView.as_view(),
            name="formation_agreements_to_send",
        ),
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
        path("formation/audit/", AuditRoomView.as_view(), name="formation_audit_room"),
        path(
            "formation/audit/export/",
            AuditRoomWorkbookView.as_view(),
            name="formation_audit_workbook",
        ),
        path(
            "formation/sessions/<int:pk>/preuves/",
            SessionAuditView.as_view(),
            name="formation_session_audit",
        ),
        path(
            "formation/sessions/<int:pk>/dossier/",
            DossierView.as_view(),
            name="formation_dossier",
        ),
        path("formation/chiffres/", FiguresView.as_view(), name="formation_figures"),
        path(
            "formation/chiffres/export/",
            FiguresWorkbookView.as_view(),
            name="formation_figures_workbook",
        ),
        path("formation/bpf/", BpfView.as_view(), name="formation_bpf"),
        path("formation/bpf/export/", BpfWorkbookView.as_view(), name="formation_bpf_workbook"),
        path("formation/bpf/ligne/<str:code>/", BpfLineView.as_view(), name="formation_bpf_line"),
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
