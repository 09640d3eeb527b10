"""A site that breaks, in a process of its own: `python -m tests.site_enys.telemetry.broken_site`.

Reports of errors change the library of logs and Django itself for good: not in the tests' process.
"""

import logging

import django
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.site_enys.telemetry.somebody import EMAIL, NAME, PASSWORD, PHONE, QUERIED, TOKEN


def broken(request: HttpRequest, token: str) -> HttpResponse:
    local = request.POST["name"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", [QUERIED])
    raise RuntimeError(f"échec pour {request.GET['email']} {token} {PHONE}", len(local))


handler500 = "site_enys.views.server_error"
urlpatterns = [path("casse/<str:token>/", broken)]


def main() -> None:
    django.setup()
    import sentry_sdk  # noqa: PLC0415 - only to wait for it

    from site_enys.telemetry.context import speaking_of  # noqa: PLC0415 - as `django.setup` does

    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    client.cookies["suivi"] = TOKEN  # not the session: there is no table to look it up
    response = client.post(
        f"/casse/{TOKEN}/?email={EMAIL}",
        {"name": NAME, "password": PASSWORD, "phone": PHONE},
        REMOTE_ADDR="203.0.113.77",
        HTTP_USER_AGENT=NAME,
        HTTP_REFERER=f"https://ailleurs.test/{NAME}",
    )
    print(response.headers["X-Request-ID"])
    with speaking_of(job="essai"):
        logging.getLogger("essai").error("pas de réponse de %s", EMAIL)
    sentry_sdk.flush(5)


if __name__ == "__main__":
    main()
