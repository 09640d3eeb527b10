"""An application whose CV lies in a bucket; and what people read when the bucket is away."""

import re
import urllib.request
from urllib.error import HTTPError

import pytest

from courrier.models import OutgoingMessage
from recrutement.models import Application
from site_enys.models import FormSubmission, PrivateFileAccess
from tests.factories.recrutement import OfferFactory
from tests.recrutement import pdfs
from tests.recrutement.posting import cv, post
from tests.servers.s3 import PRIVATE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_inspection")]

NOT_STORED = "Votre CV n’a pas pu être enregistré"


@pytest.fixture
def offer():
    return OfferFactory(title="Chargé·e d’études")


def download_of(application: Application) -> str:
    return f"/admin/recrutement/pieces/{application.documents.get().pk}/"


def kept_token(response) -> str:
    return re.search(r'name="cv_joint" value="([^"]+)"', response.content.decode())[1]


def errors(response) -> str:
    return response.context["form"].errors["cv"][0]


def test_a_cv_goes_to_the_bucket_and_comes_back_to_the_team_alone(client, offer, log_in, on_s3):
    assert post(client, offer, cv=cv(pdfs.pdf(3))).status_code == 303
    application = Application.objects.get()
    name = application.documents.get().file.name

    answer = log_in("recrutement").get(download_of(application))

    assert b"".join(answer.streaming_content) == pdfs.pdf(3)
    assert on_s3.names(PRIVATE) == [name]
    assert "no-store" in answer["Cache-Control"]
    assert PrivateFileAccess.objects.count() == 1
    assert client.get(download_of(application)).status_code == 302
    with pytest.raises(HTTPError) as caught:
        urllib.request.urlopen(f"{on_s3.endpoint}/{PRIVATE}/{name}")  # noqa: S310
    caught.value.close()
    assert caught.value.code == 403


def test_a_cv_accepted_before_another_mistake_waits_in_the_bucket(client, offer, on_s3):
    first = post(client, offer, email="pas-une-adresse", cv=cv(pdfs.pdf(2)))

    sent = post(client, offer, cv=None, cv_joint=kept_token(first))

    assert sent.status_code == 303
    with Application.objects.get().documents.get().file.open() as stored:
        assert stored.read() == pdfs.pdf(2)


@pytest.mark.parametrize("how", ["503", "silence", "reset"])
def test_a_bucket_that_is_away_loses_nothing_typed_and_writes_nothing(client, offer, on_s3, how):
    with on_s3.relay.fail(how):
        response = post(client, offer)

    text = response.content.decode()
    assert response.status_code == 200
    assert NOT_STORED in errors(response)
    assert 'value="Inès"' in text
    assert "Huit ans en foyer." in text
    assert not Application.objects.exists()
    assert not FormSubmission.objects.exists()
    assert not OutgoingMessage.objects.exists()
    assert on_s3.names(PRIVATE) == []


def test_the_same_form_is_accepted_once_the_bucket_is_back(client, offer, on_s3):
    with on_s3.relay.fail("503"):
        first = post(client, offer)

    again = post(client, offer, form_token=first.context["form"]["form_token"].value())

    assert again.status_code == 303
    assert Application.objects.count() == 1


def test_a_cv_that_waits_is_not_forgotten_while_the_bucket_is_away(client, offer, on_s3):
    kept = kept_token(post(client, offer, email="pas-une-adresse"))

    with on_s3.relay.fail("503"):
        response = post(client, offer, cv=None, cv_joint=kept)

    assert "n’a pas pu être relu" in errors(response)
    assert "est déjà joint" in response.content.decode()
    assert post(client, offer, cv=None, cv_joint=kept_token(response)).status_code == 303


def test_another_mistake_while_the_bucket_is_away_says_both(client, offer, on_s3):
    with on_s3.relay.fail("503"):
        response = post(client, offer, email="pas-une-adresse")

    assert NOT_STORED in errors(response)
    assert "email" in response.context["form"].errors


def test_the_team_reads_that_a_file_is_away_for_a_moment(client, offer, log_in, on_s3):
    post(client, offer)
    staff = log_in("recrutement")

    with on_s3.relay.fail("503"):
        answer = staff.get(download_of(Application.objects.get()))

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "Momentanément indisponible" in answer.content.decode()
    assert not PrivateFileAccess.objects.exists()


def test_a_file_that_is_gone_from_the_bucket_is_a_page_not_found(client, offer, log_in, on_s3):
    post(client, offer)
    on_s3.empty()

    assert log_in("recrutement").get(download_of(Application.objects.get())).status_code == 404
