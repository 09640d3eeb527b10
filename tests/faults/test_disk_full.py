"""No room left for the files that people send: it is said to them, and nothing is half written."""

import os
import resource
from pathlib import Path

from django.conf import LazySettings

import pytest

from courrier.models import OutgoingMessage
from recrutement.models import Application
from recrutement.services.http_visitor import Visitor, filled_in, form_in
from site_enys.models import FormSubmission
from tests.factories.recrutement import OfferFactory
from tests.harness import databases
from tests.recrutement.pdfs import pdf
from tests.servers.site import Site, running_site

ROOM = 300_000  # bytes that a file may have: a log, a page of the database, and no heavy CV
PERSON = {"email": "awa@exemple.test", "phone": "01 99 00 00 00", "cv_joint": ""}


def no_more_room() -> None:
    """In the process of the server: writing a file beyond that fails, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))


def heavy_cv() -> bytes:
    words = os.urandom(ROOM).hex()
    return pdf(change=lambda writer: writer.add_metadata({"/Keywords": words}))


def apply(site: Site, offer) -> tuple[int, list[str], dict[str, str]]:
    """The status of the answer, the mistakes that it tells and what it kept of the answers."""
    visitor = Visitor(site.address)
    form = form_in(visitor.get(offer.apply_url).text)
    assert form
    sent = visitor.post(
        offer.apply_url, filled_in(form, PERSON), files={"cv": ("cv.pdf", heavy_cv())}
    )
    again = form_in(sent.text)
    return sent.status, again.errors if again else [], again.values if again else {}


@pytest.mark.only_on("postgresql")  # SQLite's own file would not have room either
@pytest.mark.django_db(transaction=True)
def test_an_application_without_room_for_its_cv_is_refused_whole_then_taken(
    tmp_path: Path, settings: LazySettings
) -> None:
    offer = OfferFactory()
    with running_site(tmp_path, DATABASE_URL=databases.address()) as site:
        settings.SITE_URL = site.address
        full = site.web(preexec_fn=no_more_room)

        status, errors, kept = apply(site, offer)

        assert status == 200
        assert any("stockage de fichiers" in error for error in errors), errors
        assert kept["email"] == PERSON["email"]
        assert not Application.objects.exists()
        assert not FormSubmission.objects.exists()
        assert not OutgoingMessage.objects.exists()
        assert site.health() == 200
        assert list((tmp_path / "private").rglob("*.pdf")) == []

        full.terminate()
        full.wait()
        site.web()
        assert apply(site, offer)[0] == 303
        assert Application.objects.count() == 1
