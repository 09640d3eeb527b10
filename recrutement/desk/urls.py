"""The addresses of the recruitment desk, below that of the administration."""

from django.urls import URLPattern, path

from . import bulk, closing, decisions, interviews
from .documents import download

urlpatterns: list[URLPattern] = [
    path("recrutement/pieces/<int:pk>/", download, name="recrutement_document"),
    *decisions.urlpatterns,
    *interviews.urlpatterns,
    *bulk.urlpatterns,
    *closing.urlpatterns,
]
