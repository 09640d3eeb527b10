"""A film of the library is given by parts to the players that ask for some."""

from django.core.files.base import ContentFile

from wagtail.models import Collection, CollectionViewRestriction

import pytest

from home.models import CustomDocument
from site_enys.byte_ranges import MOST

pytestmark = pytest.mark.django_db

FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(1000)
SIZE = len(FILM)


def stored(name: str = "film.mp4", content: bytes = FILM) -> CustomDocument:
    return CustomDocument.objects.create(title=name, file=ContentFile(content, name=name))


@pytest.mark.usefixtures("each_store")
@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("bytes=0-", (0, SIZE)),
        ("bytes=4-7", (4, 8)),
        ("bytes=1000-9999", (1000, SIZE)),
        ("bytes=-10", (SIZE - 10, SIZE)),
        ("bytes=-9999", (0, SIZE)),
    ],
)
def test_a_player_is_given_the_bytes_that_it_asks_for(client, asked, given) -> None:
    start, stop = given

    answer = client.get(stored().url, headers={"range": asked})

    assert answer.status_code == 206
    assert answer.content == FILM[start:stop]
    assert answer["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.usefixtures("each_store")
@pytest.mark.parametrize("asked", ["bytes=1-2,4-5", "octets=0-", "bytes=-", "bytes=a-b", ""])
def test_any_other_question_is_answered_with_the_whole_film(client, asked) -> None:
    answer = client.get(stored().url, headers={"range": asked})
    given = b"".join(answer.streaming_content)
    answer.close()

    assert answer.status_code == 200
    assert given == FILM


def test_a_changed_film_is_given_whole(client) -> None:
    answer = client.get(stored().url, headers={"range": "bytes=0-", "if-range": '"autre"'})
    answer.close()

    assert answer.status_code == 200


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=9-4", "bytes=-0"])
def test_bytes_that_are_not_there_are_refused(client, asked) -> None:
    answer = client.get(stored().url, headers={"range": asked})

    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{SIZE}"


def test_no_more_than_a_part_is_read_at_once(client) -> None:
    large = FILM + bytes(MOST)

    answer = client.get(stored(content=large).url, headers={"range": "bytes=0-"})

    assert len(answer.content) == MOST


def test_other_documents_are_always_given_whole(client) -> None:
    answer = client.get(stored("a.txt", b"Bonjour").url, headers={"range": "bytes=0-1"})
    answer.close()

    assert answer.status_code == 200


def test_a_reserved_film_is_not_given_by_parts_either(client) -> None:
    film = stored()
    film.collection = Collection.get_first_root_node().add_child(name="Réservé")
    film.save()
    CollectionViewRestriction.objects.create(collection=film.collection, restriction_type="login")

    answer = client.get(film.url, headers={"range": "bytes=0-"})

    assert answer.status_code == 302


@pytest.mark.parametrize("asked", [{}, {"range": "bytes=0-"}])
def test_a_document_whose_bucket_is_away_is_momentarily_unavailable(client, on_s3, asked) -> None:
    film = stored()

    with on_s3.relay.fail("503"):
        answer = client.get(film.url, headers=asked)

    assert answer.status_code == 503
    assert "Momentanément indisponible" in answer.content.decode()
