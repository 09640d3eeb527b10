"""RFC 9116: where to write, until when, in which language."""

from datetime import datetime, timedelta

from django.utils import timezone

import pytest

URL = "/.well-known/security.txt"


def test_the_file_says_whom_to_write_to_and_until_when(client):
    response = client.get(URL)
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:equipe@enys.test"
    assert fields["Canonical"] == f"http://testserver{URL}"
    assert fields["Preferred-Languages"] == "fr, en"
    assert timedelta(days=30) < left < timedelta(days=365)


@pytest.mark.django_db
def test_without_a_contact_there_is_no_file(client, settings):
    settings.STAFF_EMAIL = ""

    assert client.get(URL).status_code == 404


def test_the_file_is_only_read(client):
    assert client.post(URL).status_code == 405
