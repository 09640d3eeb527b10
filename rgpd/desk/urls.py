"""The addresses of the desk of personal data, below that of the administration."""

from django.urls import URLPattern, path

from . import conservation, record, request_screens

urlpatterns: list[URLPattern] = [
    *record.urlpatterns,
    *conservation.urlpatterns,
    path("rgpd/personne/<int:pk>/", lambda request, pk: None, name="rgpd_person"),
    *request_screens.urlpatterns,
]
