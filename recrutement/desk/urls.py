"""The addresses of the recruitment desk, below that of the administration."""

from django.urls import URLPattern, path

from home.conformity import conformity_view
from recrutement.models import JobOfferPage, RecruitmentIndexPage
from recrutement.models.offer_conformity import conformity

from . import bulk, closing, decisions, interviews, review
from .board import BoardView
from .copy_sheet import CopySheetView
from .documents import download
from .pool import InviteScreen
from .retention import HoldScreen, LiftScreen, RetentionPage

conformity_of_the_form = conformity_view(JobOfferPage, RecruitmentIndexPage, conformity)

urlpatterns: list[URLPattern] = [
    path("recrutement/pieces/<int:pk>/", download, name="recrutement_document"),
    path("recrutement/tableau/", BoardView.as_view(), name="recrutement_board"),
    *review.urlpatterns,
    *decisions.urlpatterns,
    *interviews.urlpatterns,
    *bulk.urlpatterns,
    *closing.urlpatterns,
    path(
        "recrutement/vivier/<int:pk>/inviter/",
        InviteScreen.as_view(),
        name="recrutement_pool_invite",
    ),
    path("recrutement/conservation/", RetentionPage.as_view(), name="recrutement_retention"),
    path("recrutement/<uuid:pk>/garder/", HoldScreen.as_view(), name="recrutement_hold"),
    path("recrutement/<uuid:pk>/ne-plus-garder/", LiftScreen.as_view(), name="recrutement_lift"),
    path("recrutement/conformite/", conformity_of_the_form, name="recrutement_conformity"),
    path("recrutement/conformite/<int:pk>/", conformity_of_the_form, name="recrutement_conformity"),
    path(
        "recrutement/offres/<int:pk>/copier/",
        CopySheetView.as_view(),
        name="recrutement_copy_sheet",
    ),
]
