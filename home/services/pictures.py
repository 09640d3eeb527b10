"""Where pictures stand, in which sizes and formats, made before the first visitor asks for them."""

import hashlib
import logging
from dataclasses import dataclass

from wagtail.images.models import Picture, SourceImageIOError
from wagtail.images.shortcuts import get_renditions_or_not_found

from home.models import CustomImage
from site_enys.exceptions import StoreUnavailable

logger = logging.getLogger(__name__)

FORMATS = ("avif", "webp", "jpeg")
SOCIAL = "fill-1200x630|format-jpeg"
FEED = "width-960|format-webp"  # as in `blog/feed_content.html`
MOST_AT_ONCE = 20  # a large photograph takes a few seconds, and the next minute goes on


@dataclass(frozen=True)
class Place:
    """A place of a page: how wide a picture is shown there (`sizes`, as in HTML), its copies in
    pixels, and the height for one pixel of width when it is cut around its focal point."""

    sizes: str
    widths: tuple[int, ...]
    ratio: float = 0

    def specs(self, image: CustomImage) -> list[str]:
        """The copies that serve: none is larger than the picture but one, which is the picture."""
        whole = min(image.width, image.height / self.ratio) if self.ratio else image.width
        smaller = [width for width in self.widths if width < whole]
        widths = smaller + [width for width in self.widths if width >= whole][:1]
        return [f"{self._cut(width)}|format-{name}" for name in FORMATS for width in widths]

    def _cut(self, width: int) -> str:
        return f"fill-{width}x{round(width * self.ratio)}" if self.ratio else f"width-{width}"


PLACES = {
    "text": Place("(min-width: 50rem) 42rem, 92vw", (480, 800, 1200)),
    "page": Place("(min-width: 80rem) 74rem, 92vw", (480, 960, 1600)),
    "portrait": Place("10rem", (160, 320), ratio=1),
    "team": Place("7.5rem", (240, 480), ratio=1.25),
}
# What the copies of an image were made for; when a place changes, all are due again.
PLAN = hashlib.sha256(repr((PLACES, FORMATS, SOCIAL, FEED)).encode()).hexdigest()[:16]


def placed(image: CustomImage, place: str, **attributes: str) -> Picture:
    """The `<picture>` of an image in a place; a file that is lost shows as such, and no more."""
    where = PLACES[place]
    copies = get_renditions_or_not_found(image, where.specs(image))
    return Picture(copies, {"sizes": where.sizes, "decoding": "async"} | attributes)


def prepare(image: CustomImage) -> None:
    """Make every copy that a page may ask of this image. Raises what reading its file raises."""
    specs = {spec for place in PLACES.values() for spec in place.specs(image)}
    image.get_renditions(*sorted(specs | {SOCIAL, FEED}))


def prepare_due() -> int:
    """Prepare the images that are new or changed, a few at a time; return how many were.

    An image that cannot be read is not tried again until it changes: it would hold up the others.
    Raises StoreUnavailable when none can be read: the next minute will do.
    """
    due = CustomImage.objects.exclude(prepared_for=PLAN).order_by("-pk")[:MOST_AT_ONCE]
    for image in due:
        try:
            prepare(image)
        except Exception as error:
            _raise_if_away(error)
            logger.warning("L’image %s ne peut pas être préparée", image.pk, exc_info=True)
        # Not if it has just been replaced: the new one is due too.
        CustomImage.objects.filter(pk=image.pk, file=image.file.name).update(prepared_for=PLAN)
    return len(due)


def _raise_if_away(error: Exception) -> None:
    away = error.__cause__ if isinstance(error, SourceImageIOError) else error
    if isinstance(away, StoreUnavailable):
        raise away
