"""What a picture keeps once it is ours: what it shows."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile

import pytest
from PIL import Image, ImageCms

from site_enys.uploads.pictures import MOST_FRAMES, PictureRefused, cleaned
from tests.site_enys.uploads import files

KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}


def upload(data, name="photo.jpg"):
    return SimpleUploadedFile(name, data)


def shown(data, name="photo.jpg"):
    return Image.open(io.BytesIO(cleaned(upload(data, name)).read()))


def refusal_of(data, name="photo.jpg"):
    with pytest.raises(PictureRefused) as refusal:
        cleaned(upload(data, name))
    return refusal.value.code


@pytest.mark.parametrize(("kind", "extension"), KINDS.items())
def test_place_author_comments_and_what_follows_the_picture_are_gone(kind, extension):
    sent = files.picture(kind) + b"<?php SECRET ?>"
    assert files.SECRET in sent

    kept = cleaned(upload(sent, f"a.{extension}")).read()

    assert files.SECRET not in kept
    assert b"<?php" not in kept
    assert not dict(Image.open(io.BytesIO(kept)).getexif())
    assert Image.open(io.BytesIO(kept)).size == (60, 40)


def test_the_block_of_the_press_is_gone_too():
    assert files.SECRET not in cleaned(upload(files.iptc_jpeg())).read()


def test_the_comment_of_an_animation_is_gone_and_it_still_moves():
    sent = files.picture("GIF", mode="L")

    assert files.SECRET in sent
    assert files.SECRET not in cleaned(upload(sent, "a.gif")).read()
    assert shown(files.animation(5), "a.gif").n_frames == 5
    assert shown(files.animation(5, kind="WEBP"), "a.webp").n_frames == 5
    assert shown(files.animation(5, kind="PNG"), "a.png").n_frames == 5


@pytest.mark.parametrize(("kind", "extension"), KINDS.items())
def test_a_photograph_taken_sideways_is_turned(kind, extension):
    image = shown(files.picture(kind, orientation=6), f"a.{extension}").convert("RGB")

    red, _, blue = image.getpixel((image.width - 3, 3))
    assert image.size == (40, 60)
    assert red - blue > 100


@pytest.mark.parametrize(("kind", "extension"), KINDS.items())
def test_colours_keep_their_profile(kind, extension):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    image = shown(files.picture(kind, icc_profile=profile), f"a.{extension}")

    assert image.info["icc_profile"] == profile


def test_colours_of_printers_become_those_of_screens():
    out = io.BytesIO()
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(out, "JPEG")

    image = shown(out.getvalue())

    assert image.mode == "RGB"
    assert image.getpixel((5, 5))[0] > 200


def test_transparency_stays():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")

    assert shown(out.getvalue(), "a.png").convert("RGBA").getpixel((2, 2))[3] == 0


def test_a_photograph_loses_next_to_nothing():
    gradient = Image.linear_gradient("L").convert("RGB")
    out = io.BytesIO()
    gradient.save(out, "JPEG", quality=80)
    before = Image.open(io.BytesIO(out.getvalue())).convert("L").tobytes()

    after = shown(out.getvalue()).convert("L").tobytes()

    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) <= 4


def test_a_clean_picture_is_not_drawn_twice():
    once = cleaned(upload(files.picture()))

    assert cleaned(once) is once


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.jpg", "empty"),
        (b"Bonjour", "a.jpg", "kind"),
        (b"<?xml version='1.0'?><svg onload='x()'/>", "a.svg", "svg"),
        (b"\n <SVG><script>alert(1)</script></SVG>", "a.png", "svg"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "a.heic", "heic"),
        (b"\x00\x00\x00\x18ftypmif1" + bytes(20), "a.jpg", "heic"),
        (b"BM" + bytes(60), "a.bmp", "kind"),
        (b"8BPS" + bytes(60), "a.png", "kind"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a.jpg", "kind"),
        (files.picture("PNG"), "a.jpg", "extension"),
        (files.picture("JPEG"), "a.php", "extension"),
        (files.picture("JPEG"), "a", "extension"),
        (files.picture("JPEG")[:200], "a.jpg", "broken"),
        (files.picture("PNG")[:-60], "a.png", "broken"),
        (files.picture("WEBP")[:80], "a.webp", "broken"),
        (files.picture("AVIF")[:200], "a.avif", "broken"),
        (files.animation(3)[:40], "a.gif", "broken"),
        (b"\xff\xd8\xff\xe0" + b"<html><script>", "a.jpg", "broken"),
        (files.png_announcing(0, 10), "a.png", "broken"),
        (files.png_announcing(8000, 5001), "a.png", "pixels"),
        (files.png_announcing(60_000, 60_000), "a.png", "pixels"),
        (files.png_announcing(2**31 - 1, 2**31 - 1), "a.png", "pixels"),
        (files.webp_announcing(16_000, 16_000), "a.webp", "pixels"),
        (files.animation(MOST_FRAMES + 1), "a.gif", "frames"),
        (files.animation(MOST_FRAMES + 1, kind="PNG"), "a.png", "frames"),
        (files.picture() + bytes(11 * 1024 * 1024), "a.jpg", "size"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_of_ours_is_refused_with_a_sentence(data, name, code):
    assert refusal_of(data, name) == code


def test_the_limit_of_frames_is_accepted():
    assert shown(files.animation(MOST_FRAMES), "a.gif").n_frames == MOST_FRAMES


def test_the_points_of_all_the_frames_count(monkeypatch):
    monkeypatch.setattr("site_enys.uploads.pictures.MOST_PIXELS", 16 * 10)

    assert shown(files.animation(10), "a.gif").n_frames == 10
    assert refusal_of(files.animation(11), "a.gif") == "pixels"


def test_a_bomb_is_refused_without_being_decoded(monkeypatch):
    monkeypatch.setattr(Image.Image, "copy", lambda *_: pytest.fail("décodée"))
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda *_: pytest.fail("décodée"))

    assert refusal_of(files.png_announcing(30_000, 30_000), "a.png") == "pixels"


def test_the_sentences_say_what_to_do():
    with pytest.raises(PictureRefused, match=r"«\u00a0\.jpg\u00a0».*PNG.*\.png"):
        cleaned(upload(files.picture("PNG"), "a.jpg"))
