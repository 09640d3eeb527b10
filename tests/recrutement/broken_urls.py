"""The addresses of the site, where the form of an offer answers what a test wants."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from site_enys.urls import urlpatterns as site_urlpatterns


def broken(request: HttpRequest, reference: str) -> HttpResponse:
    status, page = settings.BROKEN_ANSWER
    return HttpResponse(page, status=status)


urlpatterns = [path("recrutement/postuler/<str:reference>/", broken), *site_urlpatterns]
