"""The site, plus the least that Django can answer: the floor of every ratio."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def floor(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Plancher</title>")


urlpatterns = [path("plancher/", floor), path("", include("site_enys.urls"))]
