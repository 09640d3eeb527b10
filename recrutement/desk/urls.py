"""The addresses of the recruitment desk, below that of the administration."""

from django.urls import URLPattern, path

from . import review
from .board import BoardView
from .documents import download

urlpatterns: list[URLPattern] = [
    path("recrutement/pieces/<int:pk>/", download, name="recrutement_document"),
    path("recrutement/tableau/", BoardView.as_view(), name="recrutement_board"),
    *review.urlpatterns,
]
