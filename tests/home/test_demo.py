import shutil

from django.conf import settings
from django.utils import timezone

from wagtail.models import Page

import pytest

from home import demo
from home.demo import pictures
from home.demo.load import MENU
from home.models import CustomImage, HomePage, ServicePage
from tests.factories.standing import remove_standing_pages

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/",
    "/a-propos/",
    "/conseil/",
    "/strategie/",
    "/evaluations/",
    "/references/",
    "/les-valeurs/",
    "/l-ingenieur-social/",
    "/infos-administratives/",
    "/infos-administratives/contact/",
    "/infos-administratives/mentions-legales/",
    "/infos-administratives/confidentialite/",
    "/infos-administratives/accessibilite/",
    "/sitemap.xml",
)


@pytest.fixture(scope="module")
def demonstration(module_rows, tmp_path_factory):
    """Loaded once; the folder with its files."""
    remove_standing_pages()
    with pytest.MonkeyPatch.context() as patch:
        # Smaller sheets: the drawing is the same, its resizing is not what is tested here.
        patch.setattr(pictures, "WIDTH", 320)
        patch.setattr(pictures, "HEIGHT", 180)
        now = timezone.now()
        demo.load(now)
        demo.finish(now)
    return shutil.copytree(settings.MEDIA_ROOT, tmp_path_factory.mktemp("media") / "files")


@pytest.fixture
def loaded(demonstration, db):
    shutil.copytree(demonstration, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return HomePage.objects.get()


def test_every_old_address_answers(client, loaded) -> None:
    answers = {address: client.get(address).status_code for address in ADDRESSES}

    assert answers == dict.fromkeys(ADDRESSES, 200)


def test_loading_again_makes_nothing_and_keeps_what_staff_wrote(loaded) -> None:
    about = ServicePage.objects.get(slug="a-propos")
    about.title = "Qui sommes-nous"
    about.save_revision().publish()
    pages, images = Page.objects.count(), CustomImage.objects.count()

    assert demo.load(timezone.now()) == "0 pages créées"
    assert "laissées" in demo.finish(timezone.now())

    about.refresh_from_db()
    assert about.title == "Qui sommes-nous"
    assert (Page.objects.count(), CustomImage.objects.count()) == (pages, images)


def test_menu_has_the_order_of_the_old_site(loaded) -> None:
    slugs = list(loaded.get_children().in_menu().values_list("slug", flat=True))

    assert slugs == [slug for slug in MENU if slug in slugs]


def test_home_page_opens_the_social_engineer(client, loaded) -> None:
    assert loaded.opened_page.slug == "l-ingenieur-social"


def test_demonstration_pages_are_publishable(loaded) -> None:
    for page in loaded.get_descendants(inclusive=True).specific():
        page.full_clean()
        page.full_stream_clean()


def test_every_page_stays_within_fifteen_queries(client, count_queries, loaded) -> None:
    for address in ADDRESSES:
        client.get(address)

    counts = {address: count_queries(lambda: client.get(address)) for address in ADDRESSES}  # noqa: B023

    assert {address: count for address, count in counts.items() if count > 15} == {}
