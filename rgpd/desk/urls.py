"""The addresses of the desk of personal data, below that of the administration."""

from django.urls import URLPattern

from . import conservation, person, record, request_screens

urlpatterns: list[URLPattern] = [
    *record.urlpatterns,
    *conservation.urlpatterns,
    *request_screens.urlpatterns,
    *person.urlpatterns,
]
