"""The card of an article: drawn right whatever its title, once, and for published articles only."""

from datetime import UTC, datetime
from io import BytesIO
from threading import Barrier, Thread
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import RequestFactory
from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest
import typst
import wagtail_factories
from PIL import Image, ImageChops

from blog.documents import social_card
from blog.models import PostPage
from blog.services.social_card import FOLDER, forget_hidden_cards, picture_of
from site_enys.kept_files import names_under
from tests.factories.blog import AuthorFactory, PostPageFactory

PAPER = (247, 242, 232)
#: Where nothing is ever drawn: the border, but for the band above.
LEFT, RIGHT, BAND, BOTTOM = 60, 1140, 14, 585
TITLES = {
    "short": "Lien.",
    "usual": "L’évaluation interne : pourquoi, et avec qui commencer demain ?",
    "long": "Ce que la loi du 2 janvier 2002 a changé dans les établissements : vingt ans après, "
    "ce qui tient, ce qui reste à faire et ce que l’on en dit",
    "longest": ("Accompagner les équipes dans la durée « sans se perdre » : méthodes, outils, "
    "rencontres et questions vives du travail social d’aujourd’hui. " * 2)[:255],
    "one word": "Anticonstitutionnellement" * 2 + "institution",
    "wide letters": "W" * 255,
    "emoji": "Les équipes 😀 et 👩‍👩‍👧 la fête 🎉 1️⃣ 👍🏽 🇫🇷",
    "only emoji": "🎉🎉",
    "enclosed": "a\u20dd e\u0301 x\u0336",
    "Arabic": "مرحبا بكم في المدونة",
    "no font": "漢字 한국어",
    "markup": "#set [page] $x^2$ *gras* _it_ `code` <nom> @ref \\ // ~ = Titre",
    "marks": "\u202eenvers\u202c \u200b",
}  # fmt: skip


def article(title, author="Sylvie Yonli"):
    return SimpleNamespace(title=title, author=author, date=datetime(2026, 3, 1, 9, tzinfo=UTC))


def open_card(content):
    with Image.open(BytesIO(content)) as picture:
        return picture.size, picture.convert("RGB")


def blank(picture, box):
    part = picture.crop(box)
    difference = ImageChops.difference(part, Image.new("RGB", part.size, PAPER))
    return max(high for _, high in difference.getextrema()) < 12


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_a_title_is_drawn_whole_whatever_it_is(title):
    content = social_card.draw(article(title))
    size, picture = open_card(content)

    assert size == (1200, 630)
    assert len(content) < 150_000
    assert blank(picture, (0, BAND + 2, LEFT, 630))
    assert blank(picture, (RIGHT + 25, BAND + 2, 1200, 630))
    assert blank(picture, (0, BOTTOM, 1200, 630))
    assert blank(picture, (LEFT, 500, RIGHT, 512))  # between the title and the line
    assert blank(picture, (0, BAND + 2, 700, 60))


def test_two_titles_give_two_pictures():
    first, second = (social_card.draw(article(title)) for title in ("Un", "Deux"))

    assert first != second
    assert social_card.draw(article("Un")) == first


def test_a_very_long_name_stays_on_its_line():
    _, picture = open_card(social_card.draw(article("Titre", "Marie-Antoinette " * 8)))

    assert blank(picture, (RIGHT, 540, 1200, 630))
    assert blank(picture, (0, BOTTOM, 1200, 630))


@pytest.fixture
def post(db):
    return PostPageFactory(title="Évaluer", slug="evaluer")


def path(post):
    return social_card.card_of(post).url.removeprefix("http://testserver")


def kept(post):
    return list(names_under(default_storage, f"{FOLDER}/{post.pk}"))


def head_of(client, post):
    return client.get(post.url).content.decode().partition("</head>")[0]


def test_the_page_names_the_card_and_does_not_draw_it(client, post):
    head = head_of(client, post)

    assert f'<meta property="og:image" content="http://testserver{path(post)}">' in head
    assert '<meta property="og:image:width" content="1200">' in head
    assert '<meta property="og:image:height" content="630">' in head
    assert '<meta property="og:image:alt" content="Évaluer — ENYS Conseil">' in head
    assert '<meta name="twitter:card" content="summary_large_image">' in head
    assert kept(post) == []


@pytest.mark.filterwarnings(  # Wagtail leaves the buffer of a new rendition to the collector
    "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)
def test_the_picture_that_the_editor_chose_comes_first(client, post):
    post.social_image = wagtail_factories.ImageFactory()
    post.save()

    head = head_of(client, post)

    assert "/carte-" not in head
    assert head.count('property="og:image"') == 1
    assert "fill-1200x630" in head


def test_a_preview_shows_no_card(post):
    response = post.make_preview_request(RequestFactory().get("/"))

    assert "/carte-" not in response.render().content.decode()


def test_the_card_is_served_for_ever(client, post):
    response = client.get(path(post))
    again = client.get(path(post), headers={"If-None-Match": response.headers["ETag"]})
    head = client.head(path(post))

    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert open_card(response.content)[0] == (1200, 630)
    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content) == (200, b"")
    assert client.post(path(post)).status_code == 405


def test_a_card_is_drawn_once_and_kept(client, post):
    client.get(path(post))
    (name,) = kept(post)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"gardee" + b"IEND\xaeB`\x82"))

    assert client.get(path(post)).content.startswith(b"gardee")


def test_a_card_that_is_being_written_is_not_served(client, post):
    default_storage.save(
        f"{FOLDER}/{post.pk}/{social_card.digest(post)}.png", ContentFile(b"\x89P")
    )

    assert open_card(client.get(path(post)).content)[0] == (1200, 630)
    assert len(kept(post)) == 1


def test_a_new_title_has_a_new_card_and_the_former_address_leads_to_it(client, post):
    former = path(post)
    client.get(former)

    post.title = "Autrement"
    post.save()
    response = client.get(former)
    client.get(path(post))

    assert path(post) != former
    assert (response.status_code, response.headers["Location"]) == (
        302,
        social_card.card_of(post).url,
    )
    assert "immutable" not in response.headers["Cache-Control"]
    assert len(kept(post)) == 1


def test_an_author_who_changes_name_changes_the_card(post):
    before = social_card.digest(post)

    type(post.author).objects.update(name="Sylvie Y.")

    assert social_card.digest(PostPage.objects.get(pk=post.pk)) != before


def test_an_unknown_address_draws_nothing(client, post):
    response = client.get("/blog/evaluer/carte-0000000000000000.png")

    assert response.status_code == 302
    assert kept(post) == []
    assert client.get("/blog/inconnu/carte-0000000000000000.png").status_code == 404
    assert client.get("/blog/evaluer/carte-.png").status_code == 404


@pytest.mark.parametrize("more", [{"draft": True}, {"future": True}, {}])
def test_a_hidden_article_has_no_card(client, db, more):
    post = PostPageFactory(**more)
    if not more:
        PageViewRestriction.objects.create(page=post, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(path(post)).status_code == 404


def test_the_cards_of_withdrawn_articles_are_deleted(post):
    shown, gone = post, PostPageFactory()
    for one in (shown, gone):
        picture_of(one)

    gone.unpublish()

    assert forget_hidden_cards(timezone.now()) == 1
    assert (len(kept(shown)), kept(gone)) == (1, [])


@pytest.mark.django_db
def test_readers_who_come_together_make_one_drawing(monkeypatch):
    asked = PostPage(pk=1, title="Ensemble", slug="ensemble", author=AuthorFactory.build())
    together, passes, received = Barrier(8), [], []
    compile_ = typst.compile
    monkeypatch.setattr(
        typst, "compile", lambda *args, **more: passes.append(1) or compile_(*args, **more)
    )

    def read():
        together.wait()
        received.append(picture_of(asked))

    readers = [Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert len(passes) == 2  # the signs that can be printed, then the picture
    assert len(received) == 8
    assert len(set(received)) == 1


def test_robots_may_read_the_cards_and_the_feeds(client):
    refused = [
        line.partition(": ")[2]
        for line in client.get("/robots.txt").content.decode().splitlines()
        if line.startswith("Disallow")
    ]

    assert not any("/blog/evaluer/carte-0.png".startswith(path) for path in refused)
    assert not any("/blog/flux/".startswith(path) for path in refused)


def test_a_card_is_still_drawn_while_the_bucket_is_away(post, on_s3):
    with on_s3.relay.fail("503"):
        content = picture_of(post)

    assert open_card(content)[0] == (1200, 630)
    assert kept(post) == []
    assert picture_of(post) == content
    assert len(kept(post)) == 1
