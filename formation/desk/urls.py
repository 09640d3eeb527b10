"""The addresses of the desk of the training module, below that of the administration."""

from django.urls import URLPattern, path

from formation.models import CatalogueIndexPage, CoursePage
from formation.models.conformity import conformity
from home.conformity import conformity_view

from . import (
    agreement_screens,
    complaint_screens,
    documents,
    people,
    results,
    surveys,
)
from .agreements import ToSendView
from .attendance import (
    AttendanceView,
    CorrectLineScreen,
    LateSheetsView,
    PaperScreen,
    scan_file,
)
from .audit_room import (
    AuditRoomView,
    AuditRoomWorkbookView,
    DossierView,
    SessionAuditView,
)
from .board import BoardView
from .bpf import BpfLineView, BpfView, BpfWorkbookView
from .calls import CallsView
from .cloning import CopyView, WholeDaysView
from .figures import FiguresView, FiguresWorkbookView
from .gathering import EnrolScreen, ImportScreen
from .offer import OfferView
from .proof import ProofView, proof_document
from .screens import SessionScreen
from .together import ManyScreen, RescheduleScreen
from .trainers import SendSpaceScreen

#: The word of the address, the screen of a whole session.
SESSION_SCREENS: dict[str, type[SessionScreen]] = {
    "inscrire": EnrolScreen,
    "importer": ImportScreen,
    "dates": RescheduleScreen,
    "ensemble": ManyScreen,
    "documents": documents.DocumentsScreen,
}


conformity_of_the_form = conformity_view(CoursePage, CatalogueIndexPage, conformity)

urlpatterns: list[URLPattern] = [
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
    path("formation/sessions/<int:pk>/dupliquer/", CopyView.as_view(), name="formation_duplicate"),
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
