"""A private file has no address, and leaves a line each time somebody opens it."""

import stat
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models.fields.files import FieldFile, FileField
from django.http import Http404
from django.test import RequestFactory

import pytest

from site_enys.models import PrivateFileAccess, random_name
from site_enys.private_storage import private_storage, serve_private_file
from tests.factories.people import UserFactory


@pytest.fixture
def stored(each_store):
    """A stored file, as a model would hold it, in each kind of store."""
    name = private_storage().save(random_name(None, "cv de Zoé.pdf"), ContentFile(b"%PDF-1.7"))
    return FieldFile(None, FileField(storage=private_storage), name)


@pytest.fixture
def request_(db):
    request = RequestFactory().get("/")
    request.user = UserFactory()
    return request


def serve(request, file, filename="CV.pdf"):
    return serve_private_file(
        request, file, filename=filename, content_type="application/pdf", subject="CV n° 1"
    )


def test_it_lies_outside_what_is_shown_and_only_the_site_reads_it():
    path = Path(private_storage().path(private_storage().save("cv/ab/cd", ContentFile(b"%PDF"))))

    assert path.is_relative_to(settings.PRIVATE_ROOT)
    assert not path.is_relative_to(settings.MEDIA_ROOT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(Path(settings.PRIVATE_ROOT).stat().st_mode) == 0o700


def test_its_name_tells_nothing(stored):
    assert "cv" not in stored.name
    assert random_name(None, "a") != random_name(None, "a")


def test_it_has_no_address(stored):
    with pytest.raises(ValueError, match="adresse publique"):
        _ = stored.url


@pytest.mark.usefixtures("each_store")
def test_it_cannot_be_named_out_of_its_folder():
    with pytest.raises(Exception, match=r"\.\."):
        private_storage().save("../media/x", ContentFile(b""))


def test_a_migration_does_not_hold_the_folder():
    assert FileField(storage=private_storage).deconstruct()[3]["storage"] is private_storage
    assert private_storage() is storages["private"]


def test_serving_it_is_a_download_that_nothing_keeps_or_runs(request_, stored):
    response = serve(request_, stored)

    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    response.file_to_stream.close()
    assert {name: response[name] for name in response.headers if name != "Content-Length"} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="CV.pdf"',
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


def test_who_opened_what_is_noted_without_the_name_of_the_person(request_, stored):
    serve(request_, stored).file_to_stream.close()

    access = PrivateFileAccess.objects.get()
    assert (access.user, access.subject) == (request_.user, "CV n° 1")
    assert str(access).startswith("CV n° 1 (")


@pytest.mark.parametrize("filename", ["a\r\nSet-Cookie: x=1.pdf", 'a"b.pdf', "été\x00.pdf"])
def test_a_hostile_file_name_makes_no_header(request_, stored, filename):
    response = serve(request_, stored, filename)
    response.file_to_stream.close()

    assert response["Content-Disposition"].startswith("attachment; filename")
    assert "Set-Cookie" not in response.headers


def test_a_file_that_is_gone_is_a_page_not_found_and_is_not_noted(request_, stored):
    stored.storage.delete(stored.name)

    with pytest.raises(Http404):
        serve(request_, stored)
    with pytest.raises(Http404):
        serve(request_, FieldFile(None, FileField(storage=private_storage), ""))
    assert not PrivateFileAccess.objects.exists()
