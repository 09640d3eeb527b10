"""The addresses of the recruitment desk, below that of the administration."""

from django.urls import URLPattern, path

from . import bulk, closing, decisions, interviews, review
from .board import BoardView
from .documents import download

urlpatterns: list[URLPattern] = [
    path("recrutement/pieces/<int:pk>/", download, name="recrutement_document"),
    path("recrutement/tableau/", BoardView.as_view(), name="recrutement_board"),
    *review.urlpatterns,
    *decisions.urlpatterns,
    *interviews.urlpatterns,
    *bulk.urlpatterns,
    *closing.urlpatterns,
]
