"""Errors come in the site's clothes; the last one needs nothing at all."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from django.views import defaults

import pytest

from site_enys.views import bad_request, csrf_failure, server_error
from tests.harness.client import faults_of


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "status", "sentence"),
    [
        (lambda r: bad_request(r, SuspiciousOperation()), 400, "n’a pas été comprise"),
        (lambda r: defaults.permission_denied(r, PermissionDenied()), 403, "pas ouverte"),
        (lambda r: csrf_failure(r, "sans cookie"), 403, "n’a pas pu être vérifié"),
        (lambda r: defaults.page_not_found(r, Exception("?")), 404, "n’existe pas"),
    ],
)
def test_error_page_is_in_the_sites_clothes(answer, status, sentence) -> None:
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415

    request = RequestFactory().get("/quelque-part/")
    request.user = AnonymousUser()

    response = answer(request)

    html = response.content.decode()
    assert response.status_code == status
    assert sentence in html
    assert '<main id="contenu"' in html
    assert "noindex" in html
    assert faults_of(html) == []


@pytest.mark.django_db
def test_unknown_address_offers_a_search(client) -> None:
    response = client.get("/rien-de-tel/")

    assert response.status_code == 404
    assert 'action="/recherche/"' in response.content.decode()


@pytest.mark.django_db
def test_form_without_its_token_is_explained() -> None:
    from django.test import Client  # noqa: PLC0415

    from tests.factories.home import ContactPageFactory  # noqa: PLC0415

    response = Client(enforce_csrf_checks=True).post(ContactPageFactory().url, {})

    assert response.status_code == 403
    assert "n’a pas pu être vérifié" in response.content.decode()


def answer_to(error: Exception, *, underneath: Exception | None = None) -> HttpResponse:
    """What the site says while it handles the error; without a database, as this test has none."""
    try:
        raise error from underneath
    except type(error):
        return server_error(RequestFactory().get("/"))


def test_what_nothing_foresaw_is_an_error_of_ours() -> None:
    response = answer_to(ValueError("?"))

    assert response.status_code == 500
    assert "Une erreur de notre côté" in response.content.decode()
    assert faults_of(response.content.decode()) == []


@pytest.mark.parametrize(
    "error", [OperationalError("cut"), InterfaceError("closed"), DatabaseError("closed on us")]
)
def test_a_database_that_is_away_asks_to_come_back_soon(error: Exception) -> None:
    for response in (answer_to(error), answer_to(KeyError("page"), underneath=error)):
        assert response.status_code == 503
        assert response["Retry-After"] == "30"
        assert "momentanément indisponible" in response.content.decode()
        assert faults_of(response.content.decode()) == []


def test_a_refused_row_is_no_outage() -> None:
    assert answer_to(IntegrityError("double")).status_code == 500


@pytest.mark.django_db
def test_too_many_failed_sign_ins_show_our_page(client, settings) -> None:
    settings.AXES_FAILURE_LIMIT = 1
    wrong = {"username": "direction", "password": "pas-le-bon"}

    client.post("/admin/login/", wrong)
    response = client.post("/admin/login/", wrong)

    assert response.status_code == 429
    assert "Un peu de patience" in response.content.decode()
