"""What a tab, a phone and a social network show of the site, drawn by us."""

from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

from django.contrib.staticfiles import finders
from django.core.management import call_command

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tests.factories.home import ImageFactory, ServicePageFactory

ICONS = Path(finders.find("icons/share.png") or "").parent


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def sizes_in(folder: Path) -> dict[str, tuple[int, int]]:
    pictures = [*folder.glob("*.png"), *folder.glob("*.ico")]
    return {path.name: size_of(path) for path in pictures}


def test_the_kept_pictures_are_those_that_the_command_draws(tmp_path) -> None:
    call_command("draw_identity", into=tmp_path, verbosity=0)

    assert sizes_in(tmp_path) == sizes_in(ICONS)


def test_the_kept_pictures_are_light() -> None:
    assert sum(path.stat().st_size for path in ICONS.iterdir()) < 50_000


def test_the_icon_of_a_tab_answers_at_its_old_address(client) -> None:
    response = client.get("/favicon.ico")

    assert response.headers["Content-Type"] == "image/x-icon"
    with Image.open(BytesIO(response.content)) as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


@pytest.mark.django_db
def test_the_icon_of_a_tab_comes_with_the_page(client) -> None:
    head = BeautifulSoup(client.get(ServicePageFactory().url).content, "html.parser").head

    drawn = head.find("link", rel="icon", type="image/svg+xml")["href"]
    with urlopen(drawn) as icon:  # noqa: S310 - an address that holds what it leads to
        assert icon.headers["Content-Type"] == "image/svg+xml"
        drawing = icon.read().decode()
    assert drawing.replace("'", '"') == (ICONS / "favicon.svg").read_text().strip()


@pytest.mark.django_db
def test_a_page_without_picture_is_shared_with_the_card_of_the_site(client) -> None:
    head = client.get(ServicePageFactory().url).text.partition("</head>")[0]

    assert '<meta property="og:image" content="http://testserver/static/icons/share.png">' in head
    assert '<meta property="og:image:width" content="1200">' in head
    assert size_of(ICONS / "share.png") == (1200, 630)


@pytest.mark.django_db
def test_a_page_whose_picture_was_lost_is_shared_with_the_card_of_the_site(client) -> None:
    page = ServicePageFactory(social_image=ImageFactory())
    page.social_image.file.delete(save=False)

    response = client.get(page.url)

    assert response.status_code == 200
    assert "http://testserver/static/icons/share.png" in response.text
