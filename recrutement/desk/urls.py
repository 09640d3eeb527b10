"""The addresses of the recruitment desk, below that of the administration."""

from django.urls import URLPattern, path

from home.conformity import conformity_view
from recrutement.models import JobOfferPage, RecruitmentIndexPage
from recrutement.models.offer_conformity import conformity

from .copy_sheet import CopySheetView
from .documents import download

conformity_of_the_form = conformity_view(JobOfferPage, RecruitmentIndexPage, conformity)

urlpatterns: list[URLPattern] = [
    path("recrutement/pieces/<int:pk>/", download, name="recrutement_document"),
    path("recrutement/conformite/", conformity_of_the_form, name="recrutement_conformity"),
    path("recrutement/conformite/<int:pk>/", conformity_of_the_form, name="recrutement_conformity"),
    path(
        "recrutement/offres/<int:pk>/copier/",
        CopySheetView.as_view(),
        name="recrutement_copy_sheet",
    ),
]
