"""Files in buckets: the same as in folders, closed to everybody else, and away without harm."""

import time
import urllib.request
from urllib.error import HTTPError

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.http import Http404
from django.test import RequestFactory

import pytest

from site_enys import views
from site_enys.checks import private_files_are_out_of_reach
from site_enys.exceptions import StoreUnavailable
from site_enys.kept_files import find, keep
from site_enys.private_storage import discard, private_storage
from site_enys.settings import env
from tests.servers.s3 import PATIENCE, PRIVATE, PUBLIC
from tests.site_enys.test_kept_files import NOW, kept

S3_VARIABLES = {
    "S3_ENDPOINT": "https://s3.enys.example",
    "S3_REGION": "fr-par",
    "S3_ACCESS_KEY": "cle",
    "S3_SECRET_KEY": "secret",
    "S3_PUBLIC_BUCKET": "public",
    "S3_PRIVATE_BUCKET": "prive",
}
FAULTS = ["503", "silence", "reset"]


def store(name: str = "recrutement/ab/cd", content: bytes = b"%PDF-1.7") -> str:
    return private_storage().save(name, ContentFile(content))


def test_each_kind_of_file_goes_to_its_bucket(on_s3):
    store("cv/ab/cd")
    default_storage.save("images/a.png", ContentFile(b"png"))

    assert on_s3.names(PRIVATE) == ["cv/ab/cd"]
    assert on_s3.names(PUBLIC) == ["images/a.png"]


def test_nobody_reads_a_private_file_without_a_key(on_s3):
    name = store()

    with pytest.raises(HTTPError) as caught:
        urllib.request.urlopen(f"{on_s3.endpoint}/{PRIVATE}/{name}")  # noqa: S310
    caught.value.close()

    assert caught.value.code == 403
    with pytest.raises(ValueError, match="adresse publique"):
        private_storage().url(name)


def test_a_picture_has_its_address_on_this_site(on_s3):
    assert default_storage.url("images/été a.png") == "/media/images/%C3%A9t%C3%A9%20a.png"


@pytest.mark.parametrize("ask", ["open", "size", "get_modified_time"])
def test_a_file_that_is_not_there_is_missing_as_in_a_folder(on_s3, ask):
    with pytest.raises(FileNotFoundError):
        getattr(private_storage(), ask)("recrutement/ab/perdu")


def test_a_file_can_be_opened_again(on_s3):
    with private_storage().open(store(), "rb") as opened:
        assert opened.read() == b"%PDF-1.7"

    assert opened.open("rb").read() == b"%PDF-1.7"
    opened.close()


def test_a_second_file_of_the_same_name_does_not_replace_the_first(on_s3):
    first, second = store(content=b"un"), store(content=b"deux")

    assert first != second
    assert private_storage().open(first).read() == b"un"


# -- Pictures, which the site shows itself -------------------------------------------------------


def media(path: str):
    return views.media(RequestFactory().get(f"/media/{path}"), path)


def test_a_picture_of_the_bucket_is_shown_and_kept_by_who_asks(on_s3):
    default_storage.save("images/a.png", ContentFile(b"png"))

    answer = media("images/a.png")

    assert b"".join(answer.streaming_content) == b"png"
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=2592000, immutable"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    answer.file_to_stream.close()


@pytest.mark.parametrize(
    "folder", ["documents", "original_images", "wagtail_uploads", "a/../documents"]
)
def test_documents_and_originals_of_the_bucket_have_no_address(on_s3, folder):
    default_storage.save(f"{folder.rpartition('/')[2]}/a.txt", ContentFile(b"x"))

    with pytest.raises(Http404):
        media(f"{folder}/a.txt")


@pytest.mark.parametrize("path", ["images/perdue.png", "../enys-prive/x", ""])
def test_a_picture_that_is_not_there_is_a_page_not_found(on_s3, path):
    with pytest.raises(Http404):
        media(path)


# -- The bucket is away --------------------------------------------------------------------------


@pytest.mark.parametrize("how", FAULTS)
def test_whatever_keeps_the_bucket_from_answering_has_one_name(on_s3, how):
    name = store()
    asks = [
        lambda: private_storage().open(name),
        lambda: private_storage().exists(name),
        lambda: private_storage().delete(name),
        lambda: private_storage().listdir("recrutement"),
        lambda: private_storage().size(name),
        lambda: private_storage().get_modified_time(name),
        lambda: private_storage().read_part(name, range(2)),
        lambda: store("recrutement/ab/autre"),
    ]

    with on_s3.relay.fail(how):
        for ask in asks:
            with pytest.raises(StoreUnavailable, match="momentanément indisponible"):
                ask()

    assert on_s3.names(PRIVATE) == [name]


def test_after_a_silence_nobody_waits_for_a_while_then_files_are_back(on_s3):
    name = store()

    with on_s3.relay.fail("silence"):
        with pytest.raises(StoreUnavailable):
            private_storage().open(name)
        begun = time.monotonic()
        with pytest.raises(StoreUnavailable):
            private_storage().open(name)
        assert time.monotonic() - begun < PATIENCE / 2
    time.sleep(PATIENCE)

    assert private_storage().open(name).read() == b"%PDF-1.7"


def test_a_key_that_is_refused_is_said_as_well(on_s3, settings):
    private = settings.STORAGES["private"]
    options = private["OPTIONS"] | {"bucket_name": "a-un-autre"}
    settings.STORAGES = settings.STORAGES | {"private": private | {"OPTIONS": options}}

    with pytest.raises(StoreUnavailable):
        private_storage().save("a/b", ContentFile(b"x"))
    private_storage().connection.meta.client.close()


def test_a_full_folder_is_said_in_the_same_words(settings):
    settings.PRIVATE_ROOT.mkdir(parents=True, exist_ok=True)
    (settings.PRIVATE_ROOT / "recrutement").write_text("un fichier à la place du dossier")

    with pytest.raises(StoreUnavailable, match="momentanément indisponible"):
        store()


def test_what_cannot_be_deleted_now_is_left_to_the_night(on_s3):
    name = store()

    with on_s3.relay.fail("503"):
        discard(private_storage(), name)

    assert on_s3.names(PRIVATE) == [name]


def test_a_kept_file_is_still_found_while_the_bucket_is_away(on_s3):
    token = kept().token

    with on_s3.relay.fail("503"):
        found = find(token, purpose="candidature", now=NOW)
        with pytest.raises(StoreUnavailable):
            found.content()
        with pytest.raises(StoreUnavailable):
            keep(ContentFile(b"x"), name="a.pdf", facts={}, purpose="candidature", now=NOW)

    assert find(token, purpose="candidature", now=NOW).content().read() == b"un fichier"


# -- What the environment says -------------------------------------------------------------------


def test_the_variables_are_given_together_or_not_at_all():
    assert env.all_or_none(**S3_VARIABLES) is True
    assert env.all_or_none(**dict.fromkeys(S3_VARIABLES, "")) is False


@pytest.mark.parametrize("left_out", S3_VARIABLES)
def test_one_that_is_missing_is_named_without_the_secrets(left_out):
    with pytest.raises(ImproperlyConfigured, match=f"Il manque {left_out} :") as caught:
        env.all_or_none(**S3_VARIABLES | {left_out: ""})

    assert "https://s3.enys.example" not in str(caught.value)


def test_one_bucket_for_both_is_refused(on_s3, settings):
    private = settings.STORAGES["private"]
    options = private["OPTIONS"] | {"bucket_name": PUBLIC}
    assert private_files_are_out_of_reach(None) == []
    settings.STORAGES = settings.STORAGES | {"private": private | {"OPTIONS": options}}

    [error] = private_files_are_out_of_reach(None)

    assert error.id == "enys.E020"
    assert "S3_PRIVATE_BUCKET" in error.msg


# -- manage.py check_storage ---------------------------------------------------------------------


@pytest.mark.usefixtures("each_store")
def test_the_command_says_that_both_stores_are_sound(capsys):
    call_command("check_storage")

    assert capsys.readouterr().out == (
        "fichiers publics : écrit, relu, fermé aux autres, effacé\n"
        "pièces privées : écrit, relu, fermé aux autres, effacé\n"
    )


def test_the_command_leaves_nothing_behind(on_s3):
    call_command("check_storage", verbosity=0)

    assert on_s3.names(PUBLIC) + on_s3.names(PRIVATE) == []


def test_the_command_refuses_a_bucket_that_everybody_reads(on_s3):
    policy = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", '
        f'"Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::{PRIVATE}/*"]}}]}}'
    )
    on_s3.client.put_bucket_policy(Bucket=PRIVATE, Policy=policy)
    try:
        with pytest.raises(CommandError, match="compartiment enys-prive répond à qui n’a pas"):
            call_command("check_storage")
    finally:
        on_s3.client.delete_bucket_policy(Bucket=PRIVATE)


def test_the_command_says_that_a_bucket_is_away(on_s3):
    with on_s3.relay.fail("503"), pytest.raises(CommandError, match="momentanément indisponible"):
        call_command("check_storage")
