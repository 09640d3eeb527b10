"""What every answer carries, and what no request may break."""

from pathlib import Path

from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from wagtail.models import Page

import pytest

from site_enys import middleware, views
from tests.harness.client import SiteClient

pytestmark = pytest.mark.django_db


def policy(response):
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("url", ["/recherche/", "/inexistante/", "/robots.txt", "/sante/"])
def test_public_answers_run_only_what_the_site_serves(client, url):
    response = client.get(url)
    rules = policy(response)

    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == ["'self'"]
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
    is_document = response["Content-Type"].startswith("text/html")
    assert ("camera=()" in response.get("Permissions-Policy", "")) == is_document
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"


def test_only_the_admin_has_the_looser_policy(client, log_in):
    for response in (client.get("/admin/login/"), log_in("direction").get("/admin/")):
        assert policy(response)["script-src"] == ["'self'", "'unsafe-inline'"]
        assert policy(response)["frame-ancestors"] == ["'self'"]
        assert "no-store" in response["Cache-Control"]
    assert "unsafe-inline" not in client.get("/administration/")["Content-Security-Policy"]


def test_the_editor_may_frame_the_preview_of_a_page_which_runs_no_more_than_the_page(log_in):
    page = Page.objects.filter(depth=2).first()

    response = log_in("direction").get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert response.status_code == 200
    assert policy(response)["frame-ancestors"] == policy(response)["script-src"] == ["'self'"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_view_may_be_stricter():
    def view(_request):
        return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    response = middleware.security_headers(view)(RequestFactory().get("/"))

    assert response["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize("url", ["/recherche/", "/inexistante/", "/robots.txt", "/sitemap.xml"])
def test_an_anonymous_visitor_gets_no_cookie(client, url):
    assert not client.get(url).cookies


# -- NUL and other hostile requests -------------------------------------------------------------


@pytest.mark.parametrize("url", ["/a%00b/", "/formation/%00/", "/blog/%00", "/documents/1/%00.pdf"])
def test_an_address_with_a_nul_leads_nowhere(client, url):
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("query", ["q=a%00b", "q=%0%000", "q=%00%00", "%00=1", "q=a\x00b"])
@pytest.mark.parametrize("url", ["/recherche/", "/blog/", "/formation/", "/recrutement/"])
def test_a_query_with_a_nul_is_no_error(client, url, query):
    response = client.get(url, QUERY_STRING=query)

    assert response.status_code in {200, 404}
    assert not [
        text for pair in response.wsgi_request.GET.items() for text in pair if "\x00" in text
    ]


def test_the_admin_takes_a_nul_too(log_in):
    direction = log_in("direction")

    for url in ("/admin/pages/", "/admin/images/", "/admin/snippets/courrier/outgoingmessage/"):
        assert direction.get(url, QUERY_STRING="q=%00", follow=True).status_code == 200


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "autre"])
def test_a_cookie_that_decodes_to_a_nul_is_forgotten(client, name):
    response = client.get("/admin/", HTTP_COOKIE=f'{name}="aaaaaaaaaaaaaaaa\\000bbbb"', follow=True)

    assert response.status_code == 200


def test_a_sign_in_with_a_nul_is_refused(client):
    response = client.post("/admin/login/", {"username": "a\x00b", "password": "\x00"})

    assert response.status_code == 200
    assert "nul" in response.content.decode()


def test_an_enormous_post_is_a_bad_request(client):
    kind = "application/x-www-form-urlencoded"

    assert client.post("/admin/login/", "a" * 3_000_000, content_type=kind).status_code == 400


def test_a_broken_multipart_is_a_bad_request(client):
    kind = "multipart/form-data; boundary="

    assert client.post("/admin/login/", b"x", content_type=kind).status_code == 400


def test_a_form_without_its_security_token_says_how_to_go_on():
    response = SiteClient(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})

    assert response.status_code == 403
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("url", ["/", "/recherche/", "/admin/login/"])
def test_another_name_than_ours_is_a_bad_request_without_a_page(client, url):
    response = client.get(url, HTTP_HOST="mal.example")

    assert response.status_code == 400
    assert response.content.decode() == "Ce site ne répond pas à ce nom.\n"


# -- Robots, sitemap ----------------------------------------------------------------------------


def test_robots_leads_to_the_sitemap(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_the_sitemap_is_xml(client):
    response = client.get("/sitemap.xml")

    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")


# -- Media, which only the development server gives ----------------------------------------------


def test_a_picture_that_opens_on_its_own_runs_nothing(settings):
    folder = Path(settings.MEDIA_ROOT) / "images"
    folder.mkdir(parents=True)
    (folder / "a.png").write_bytes(b"x")

    response = views.media(RequestFactory().get("/media/images/a.png"), "images/a.png")

    assert b"".join(response.streaming_content) == b"x"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


@pytest.mark.parametrize(
    "folder", ["documents", "original_images", "wagtail_uploads", "./documents", "a/../documents"]
)
def test_what_has_its_own_address_or_none_is_not_among_the_media(settings, folder):
    path = Path(settings.MEDIA_ROOT) / Path(folder).name
    path.mkdir(parents=True)
    (path / "a.txt").write_bytes(b"x")

    with pytest.raises(Http404):
        views.media(RequestFactory().get("/media/"), f"{folder}/a.txt")
