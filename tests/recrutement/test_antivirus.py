"""ClamAV, when a setting names its client."""

from django.core.files.base import ContentFile

import pytest

from recrutement.models import Application, ApplicationDocument
from recrutement.services.cv import check_cv
from site_enys.kept_files import names_under
from site_enys.private_storage import private_storage
from tests.factories.recrutement import OfferFactory
from tests.recrutement import pdfs
from tests.recrutement.posting import post


@pytest.fixture
def antivirus(settings, tmp_path):
    """A client of the antivirus that answers `code`, as clamdscan(1) does."""

    def answering(code: int) -> None:
        program = tmp_path / "clamdscan"
        program.write_text(f"#!/bin/sh\ncat > {tmp_path}/seen\nexit {code}\n")
        program.chmod(0o755)
        settings.CLAMDSCAN = str(program)

    return answering


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_inspection")
@pytest.mark.parametrize(("code", "state"), [(0, "sain"), (2, "non-analyse")])
def test_what_the_antivirus_says_is_kept_with_the_file(client, antivirus, tmp_path, code, state):
    antivirus(code)

    first = post(client, OfferFactory(), email="non")
    sent = post(client, OfferFactory())

    assert (first.status_code, sent.status_code) == (200, 303)
    assert ApplicationDocument.objects.get().scan_state == state
    assert (tmp_path / "seen").read_bytes() == pdfs.pdf()


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_inspection")
def test_an_infected_file_is_refused(client, antivirus):
    antivirus(1)

    response = post(client, OfferFactory())

    assert "antivirus" in response.context["form"].errors["cv"][0]
    assert not Application.objects.exists()
    assert list(names_under(private_storage(), ".")) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_inspection")
def test_an_antivirus_that_is_not_there_stops_nobody(settings):
    settings.CLAMDSCAN = "/nulle/part/clamdscan"

    assert check_cv(ContentFile(pdfs.pdf(), name="CV.pdf")).scan_state == "non-analyse"
