from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

import pytest

from site_enys.kept_files import find, keep, sweep
from site_enys.private_storage import private_storage

NOW = timezone.now()


def kept(purpose: str = "candidature"):
    content = ContentFile(b"un fichier", name="CV.pdf")
    return keep(content, name="CV.pdf", facts={"pages": 3}, purpose=purpose, now=NOW)


@pytest.mark.usefixtures("each_store")
def test_an_accepted_file_is_found_again_with_what_was_found_in_it():
    token = kept().token

    found = find(token, purpose="candidature", now=NOW + timedelta(minutes=59))

    assert (found.name, found.facts, found.token) == ("CV.pdf", {"pages": 3}, token)
    assert found.content().read() == b"un fichier"


def test_the_file_waits_outside_everything_a_web_server_shows():
    stored = Path(private_storage().path(kept().stored))

    assert stored.is_relative_to(settings.PRIVATE_ROOT)
    assert not stored.is_relative_to(settings.MEDIA_ROOT)
    assert "CV" not in stored.name


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\u202e", "é" * 500])
def test_a_forged_token_finds_nothing(token):
    assert find(token, purpose="candidature", now=NOW) is None


def test_a_token_changed_by_one_letter_finds_nothing():
    token = kept().token

    assert (
        find(token[:-1] + ("a" if token[-1] != "a" else "b"), purpose="candidature", now=NOW)
        is None
    )


def test_the_token_of_another_form_finds_nothing():
    assert find(kept("contact").token, purpose="candidature", now=NOW) is None


def test_a_file_is_kept_one_hour():
    token = kept().token

    assert find(token, purpose="candidature", now=NOW + timedelta(minutes=61)) is None


@pytest.mark.usefixtures("each_store")
def test_a_file_that_was_swept_is_not_found():
    file = kept()
    private_storage().delete(file.stored)

    assert find(file.token, purpose="candidature", now=NOW) is None


@pytest.mark.usefixtures("each_store")
def test_the_sweep_deletes_old_files_and_spares_the_young():
    file = kept()

    assert sweep(timezone.now() + timedelta(minutes=59)) == "fichiers en attente effacés\u00a0: 0"
    assert private_storage().exists(file.stored)
    assert sweep(timezone.now() + timedelta(minutes=61)) == "fichiers en attente effacés\u00a0: 1"
    assert not private_storage().exists(file.stored)


@pytest.mark.usefixtures("each_store")
def test_the_sweep_leaves_the_rest_of_the_store_alone():
    other = private_storage().save("ailleurs/fichier", ContentFile(b"x"))

    sweep(timezone.now() + timedelta(days=1))

    assert private_storage().exists(other)


@pytest.mark.usefixtures("each_store")
def test_the_sweep_of_an_empty_store_does_nothing():
    assert sweep(NOW) == "fichiers en attente effacés\u00a0: 0"


def test_a_very_long_name_still_fits_in_the_form_and_keeps_its_kind():
    file = keep(
        ContentFile(b"%PDF-1.7"),
        name="é" * 240 + ".pdf",
        facts={"pages": 2, "sha256": "a" * 64},
        purpose="candidature",
        now=NOW,
    )

    assert len(file.token) < 1000
    assert file.name.endswith("é.pdf")
    assert find(file.token, purpose="candidature", now=NOW).name == file.name
