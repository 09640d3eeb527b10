"""The copies of a picture: which ones a place shows, and that they are made ahead of visits."""

import logging
import re
import time
from typing import Any

from django.core.files.storage import storages
from django.utils import timezone

from wagtail.images.models import Filter

import pytest

from home.jobs import make_the_copies_of_pictures
from home.models import CustomImage
from home.services import pictures
from home.services.pictures import FEED, PLACES, PLAN, SOCIAL, Place, prepare_due
from home.templatetags.pictures import picture_at
from site_enys.exceptions import StoreUnavailable
from tests.factories.home import ImageFactory

pytestmark = pytest.mark.django_db


def drawn(width: int, height: int) -> CustomImage:
    return ImageFactory(file__width=width, file__height=height)


@pytest.fixture(autouse=True)
def _small_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rules with small copies: encoding large ones is what takes time."""
    small = {"text": Place("92vw", (20, 40, 80)), "portrait": Place("2rem", (16, 32), ratio=1)}
    monkeypatch.setattr(pictures, "PLACES", small)


def specs_made(image: CustomImage) -> set[str]:
    return set(image.renditions.values_list("filter_spec", flat=True))


@pytest.mark.parametrize(
    ("width", "shown"),
    [(2000, [480, 800, 1200]), (1000, [480, 800, 1200]), (800, [480, 800]), (300, [480])],
)
def test_no_two_copies_are_as_wide_as_the_picture(width: int, shown: list[int]) -> None:
    specs = PLACES["text"].specs(CustomImage(width=width, height=100))

    assert specs[: len(shown)] == [f"width-{each}|format-avif" for each in shown]
    assert len(specs) == 3 * len(shown)


def test_copies_are_made_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    image, at_work, most = drawn(60, 30), [], []
    run = Filter.run

    def watched(*arguments: Any, **options: Any) -> Any:
        at_work.append(1)
        most.append(len(at_work))
        time.sleep(0.01)
        try:
            return run(*arguments, **options)
        finally:
            at_work.pop()

    monkeypatch.setattr(Filter, "run", watched)
    image.get_renditions(*(f"width-{width}" for width in (10, 20, 30, 40, 50)))

    assert most == [1] * 5


def test_a_portrait_is_cut_around_its_focal_point() -> None:
    specs = PLACES["portrait"].specs(CustomImage(width=4000, height=200))

    assert specs[:2] == ["fill-160x160|format-avif", "fill-320x320|format-avif"]
    assert (
        PLACES["portrait"]
        .specs(CustomImage(width=4000, height=160))[1]
        .startswith("fill-160x160|format-webp")
    )


def test_a_place_gives_three_formats_sizes_and_a_shape_known_in_advance() -> None:
    html = picture_at(drawn(60, 30), "text")

    assert re.findall(r'type="image/(\w+)"', html) == ["avif", "webp"]
    assert re.findall(r"(\d+)w", html) == ["20", "40", "60"] * 3
    assert 'sizes="92vw"' in html
    assert re.search(r'height="10"[^>]* width="20"', html)


def test_the_first_picture_of_a_page_comes_at_once_and_the_others_when_near() -> None:
    image = drawn(30, 30)

    assert 'fetchpriority="high"' in picture_at(image, "text", first=True)
    assert "lazy" not in picture_at(image, "text", first=True)
    assert 'loading="lazy"' in picture_at(image, "text")


def test_a_portrait_beside_its_name_says_nothing_more() -> None:
    html = picture_at(drawn(40, 40), "portrait", beside_its_name=True, css="photo")

    assert 'alt=""' in html
    assert 'class="photo"' in html


def test_without_a_picture_nothing_is_shown() -> None:
    assert picture_at(None, "text") == ""


@pytest.mark.usefixtures("each_store")
def test_a_lost_file_leaves_the_page_standing() -> None:
    image = drawn(40, 40)
    image.file.delete(save=False)

    assert "not-found" in picture_at(CustomImage.objects.get(pk=image.pk), "portrait")


@pytest.mark.usefixtures("each_store")
def test_every_copy_is_made_before_a_page_asks_for_it() -> None:
    image = drawn(60, 30)

    assert make_the_copies_of_pictures(timezone.now()) == "images préparées\xa0: 1"

    made = specs_made(image)
    assert {SOCIAL, FEED} < made
    picture_at(image, "text")
    picture_at(image, "portrait")
    assert specs_made(image) == made
    assert prepare_due() == 0


def test_a_moved_focal_point_makes_the_copies_due_again() -> None:
    image = drawn(60, 30)
    prepare_due()
    image = CustomImage.objects.get(pk=image.pk)
    image.focal_point_x, image.focal_point_y = 10, 10
    image.focal_point_width, image.focal_point_height = 4, 4
    image.save()

    assert prepare_due() == 1
    assert image.renditions.filter(filter_spec__startswith="fill-16x16|").count() == 6


def test_a_size_that_is_noted_does_not_make_them_due() -> None:
    image = drawn(30, 30)
    prepare_due()

    CustomImage.objects.get(pk=image.pk).save(update_fields=["file_size"])

    assert prepare_due() == 0


def test_a_change_of_plan_makes_all_due(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(30, 30)
    prepare_due()

    monkeypatch.setattr(pictures, "PLAN", "autre")

    assert prepare_due() == 1


def test_a_few_at_a_time_the_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = drawn(30, 30), drawn(30, 30)
    monkeypatch.setattr(pictures, "MOST_AT_ONCE", 1)

    assert prepare_due() == 1

    assert not specs_made(old)
    assert specs_made(new)


def test_an_image_that_cannot_be_read_does_not_hold_up_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken, sound = drawn(30, 30), drawn(30, 30)
    broken.file.storage.delete(broken.file.name)

    with caplog.at_level(logging.WARNING):
        assert prepare_due() == 2

    assert f"L’image {broken.pk} ne peut pas" in caplog.text
    assert specs_made(sound)
    assert CustomImage.objects.filter(prepared_for=PLAN).count() == 2
    assert prepare_due() == 0


def test_a_bucket_that_is_away_leaves_the_page_standing(on_s3) -> None:
    image = drawn(40, 40)

    with on_s3.relay.fail("503"):
        html = picture_at(CustomImage.objects.get(pk=image.pk), "portrait")

    assert "not-found" in html
    assert "not-found" not in picture_at(CustomImage.objects.get(pk=image.pk), "portrait")


def test_copies_that_could_not_be_made_while_the_bucket_was_away_are_made_after(on_s3) -> None:
    image = drawn(30, 30)

    with on_s3.relay.fail("503"), pytest.raises(StoreUnavailable):
        prepare_due()

    assert prepare_due() == 1
    assert {SOCIAL, FEED} < specs_made(image)


def test_a_copy_that_cannot_be_written_leaves_the_page_standing(
    on_s3, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picture was read before the bucket went away."""
    image = drawn(40, 40)

    def away(*_args: object) -> str:
        raise StoreUnavailable

    monkeypatch.setattr(storages["default"], "_save", away)

    assert "not-found" in picture_at(image, "portrait")
