"""The least that Django can answer: the bytes of a page, from memory, through no middleware.

`FLOOR_FOLDER` holds one file for each page, compressed as the site sends it.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGES = {page.name: page.read_bytes() for page in Path(os.environ["FLOOR_FOLDER"]).iterdir()}


def page(_request: HttpRequest, name: str) -> HttpResponse:
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"}
    return HttpResponse(PAGES[name], headers=headers)


urlpatterns = [path("<str:name>", page)]

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
application = get_wsgi_application()
